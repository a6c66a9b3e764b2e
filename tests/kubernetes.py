#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each field of the post-renderer over the objects of real charts, as TAP: what Kubernetes accepted before, it accepts after.

WBRENDER names the program, SHARED the folder with the large test data: manifests, and the schemas of four Kubernetes versions. Without it,
or without jsonschema, the parts are skipped. Every field goes over some objects of each kind, all of them together over every distinct object."""
import hashlib
import importlib.util
import json
import os
import pathlib
import re
import sys
import time

import fields
import oracle

VERSIONS = ('1.16', '1.22', '1.28', '1.32')
EACH = 8            # objects of a kind for the fields one by one
FIELDS = {
    'remove': {'labels': ['chart', 'heritage', 'helm.sh/chart'], 'annotations': ['checksum/config']},
    'labels': {'acme.example/tier': 'gold'}, 'annotations': {'acme.example/owner': 'ml'},
    'podLabels': {'acme.example/pod': 'on'}, 'podAnnotations': {'acme.example/text': 'one\ntwo\n'},
    'nodeSelector': {'disk': 'ssd'}, 'tolerations': ['pool', 'dedicated=ml:NoExecute'], 'affinity': 'disk=ssd,!old',
    'topologySpreadConstraints': [{'maxSkew': 1, 'topologyKey': 'zone', 'whenUnsatisfiable': 'ScheduleAnyway'}],
    'imagePullSecrets': ['regcred'], 'podSecurityContext': {'fsGroup': 1000, 'runAsUser': 1000}, 'serviceAccountName': 'workbench',
    'priorityClassName': 'high', 'runtimeClassName': 'nvidia', 'schedulerName': 'volcano', 'dnsPolicy': 'Default',
    'dnsConfig': {'searches': ['acme.example'], 'options': [{'name': 'ndots', 'value': '2'}]},
    'storage': {'pvc': 'rel-prometheus-server', 'accessMode': 'ReadWriteOnce'}, 'gpu': {'count': 2, 'product': 'A100-SXM4-40GB', 'runtimeClassName': 'nvidia'},
    'imageRegistry': {'from': 'docker.io', 'to': 'registry.acme.example/hub'},
    'resources': {'limits': {'memory': '8Gi'}, 'requests': {'cpu': '500m', 'memory': '1Gi'}}, 'env': {'ACME_ONE': 'on', 'ACME_TWO': '2'},
    'securityContext': {'allowPrivilegeEscalation': False, 'capabilities': {'drop': ['ALL']}}, 'imagePullPolicy': 'IfNotPresent',
    'set': {'/metadata/annotations/acme.example~1set': 'yes'},
}
SECURITY = {'scc': {'name': 'restricted-v2', 'strip': True}, 'podSecurity': {'name': 'restricted', 'strip': True}}


class Kubernetes:
    """The schemas of one version, with a quick judge; the slow one of the shared folder says why."""

    def __init__(self, check, version):
        self.set = check.Set(version, True)
        self.definitions, self.kinds, self.seen = self.set.doc['definitions'], self.set.kinds, {}

    def fits(self, schema, value):
        while '$ref' in schema:
            schema = self.definitions[schema['$ref'].removeprefix('#/definitions/')]
        for word in ('anyOf', 'oneOf'):
            if word in schema and not any(self.fits(part, value) for part in schema[word]):
                return False
        if not all(self.fits(part, value) for part in schema.get('allOf', ())):
            return False
        kind = schema.get('type')
        if kind == 'object' or 'properties' in schema:
            if not isinstance(value, dict):
                return False
            known, rest = schema.get('properties', {}), schema.get('additionalProperties', True)
            for key, inner in value.items():
                if key in known:
                    if not self.fits(known[key], inner):
                        return False
                elif rest is False or (isinstance(rest, dict) and not self.fits(rest, inner)):
                    return False
            return all(key in value for key in schema.get('required', ()))
        if kind == 'array':
            return isinstance(value, list) and all(self.fits(schema.get('items', {}), item) for item in value)
        if kind == 'string' and not isinstance(value, str):
            return False
        if kind == 'boolean' and not isinstance(value, bool):
            return False
        if kind in ('integer', 'number') and (isinstance(value, bool) or not isinstance(value, int if kind == 'integer' else (int, float))):
            return False
        if isinstance(value, str) and 'pattern' in schema and not re.search(schema['pattern'], value):
            return False
        return 'enum' not in schema or value in schema['enum']

    def knows(self, obj):
        return f'{obj.get("apiVersion")}/{obj.get("kind")}' in self.kinds

    def why_not(self, obj):
        """None: valid, or a kind without a schema."""
        key = f'{obj.get("apiVersion")}/{obj.get("kind")}'
        if not self.knows(obj):
            return None
        text = json.dumps(obj, sort_keys=True, default=str)
        if text not in self.seen:
            self.seen[text] = None
            if not self.fits({'$ref': f'#/definitions/{self.kinds[key]}'}, obj):
                errors = sorted(self.set.validator(key).iter_errors(obj), key=lambda e: len(str(e.message)))
                self.seen[text] = f'{".".join(map(str, errors[0].absolute_path))}: {errors[0].message[:200]}' if errors else None
        return self.seen[text]


def reader(check):
    """check.py's reader on libyaml."""
    import yaml

    class Fast(yaml.CSafeLoader):
        yaml_implicit_resolvers = check.Loader.yaml_implicit_resolvers
        yaml_constructors = check.Loader.yaml_constructors
        yaml_multi_constructors = check.Loader.yaml_multi_constructors
    return lambda text: [check.drop_null(d) if isinstance(d, dict) else d for d in yaml.load_all(text, Fast)]


def documents(shared):
    """The distinct documents of the charts that are objects, as texts."""
    found = {}
    for folder in ('rendered', 'stdin-helm3'):
        for path in sorted((shared / 'corpus' / 'manifests' / folder).glob('*.yaml')):
            for text in re.split(r'(?m)^---.*\n', path.read_text()):
                kind = re.search(r'(?m)^kind: *"?(\w+)', text)
                if kind and not re.search(r'(?m)(^|[-:] )&\w', text):
                    found.setdefault(hashlib.sha256(re.sub(r'(?m)^#.*\n', '', text).encode()).digest(), (kind[1], text if text.endswith('\n') else text + '\n'))
    return [pair for pair in found.values() if pair[0] != 'CustomResourceDefinition']


def some(pairs):
    counts, chosen = {}, []
    for kind, text in pairs:
        counts[kind] = counts.get(kind, 0) + 1
        if counts[kind] <= EACH:
            chosen.append((kind, text))
    return chosen


def profile(names, version):
    """The profile that has these fields for everything."""
    render, rule = {}, {'name': 'all', 'expect': '0+'}
    root = {'kubernetesVersion': version, 'render': render}
    for name in names:
        if name == 'storage':
            root[name] = FIELDS[name]
        elif name in SECURITY:
            render[name] = SECURITY[name]
        elif name == 'imageRegistry':
            render[name] = FIELDS[name]
        else:
            rule[name] = FIELDS[name]
    if len(rule) > 2:
        render['rules'] = [rule]
    return root


def judge(name, names, pairs, read, all_kubernetes):
    """One stream through the program for each version, and what has become invalid; what is refused is left out."""
    wrong, changed = [], 0
    for version, kubernetes in all_kubernetes.items():
        root = profile(names, version)
        left = pairs
        for _ in range(len(pairs)):
            source = '---\n'.join(text for _, text in left)
            try:
                out = oracle.run(source.encode(), root['render'], more={k: v for k, v in root.items() if k != 'render'}).decode()
                break
            except oracle.Refused as refused:
                starts, line = [], 1
                for _, text in left:
                    starts.append(line)
                    line += text.count('\n') + 1
                bad = {max(i for i, start in enumerate(starts) if start <= int(n)) for n in re.findall(r'(?m)^stdin:(\d+):\d+: error', str(refused))}
                left = [pair for i, pair in enumerate(left) if i not in bad]
        before, after = read(source), read(out)
        if len(before) != len(after):
            return [f'{len(before)} documents became {len(after)}'], 0
        for old, new in zip(before, after):
            if new != old and isinstance(new, dict):
                why = kubernetes.why_not(new)
                changed += kubernetes.knows(new) and not why
                if why and not kubernetes.why_not(old):
                    wrong.append(f'{version}: {new.get("kind")} {(new.get("metadata") or {}).get("name")}: {why}')
    return wrong, changed


def main():
    shared = pathlib.Path(os.environ.get('SHARED') or '/nonexistent')
    check_py = shared / 'k8s-schemas' / 'check.py'
    names = [*FIELDS, *SECURITY]
    parts = [(name, [name]) for name in names] + [('all together', [n for n in FIELDS if n not in ('remove',)]), ('all, and security', names)]
    print(f'1..{len(parts) + 1}')
    table = fields.table((fields.ROOT / 'src' / 'site' / 'render' / 'field.c').read_text())
    bad = int(sorted(FIELDS) != table)
    print(f'{"not ok" if bad else "ok"} 1 - every field of the table is tried', flush=True)
    if not check_py.exists() or not importlib.util.find_spec('jsonschema'):
        for number, (title, _) in enumerate(parts, 2):
            print(f'ok {number} - {title} # SKIP no shared data, or no jsonschema')
        return bad
    spec = importlib.util.spec_from_file_location('check', check_py)
    check = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(check)
    read, versions, pairs = reader(check), {v: Kubernetes(check, v) for v in VERSIONS}, documents(shared)
    for version, kubernetes in versions.items():
        pod = {'apiVersion': 'v1', 'kind': 'Pod', 'metadata': {'name': 'a', 'labels': {'a': 5}}, 'spec': {'containers': [], 'seccomp': {}}}
        bad += not kubernetes.why_not(pod) or bool(kubernetes.why_not({**pod, 'metadata': {'name': 'a'}, 'spec': {'containers': [{'name': 'a'}]}}))
    for number, (title, these) in enumerate(parts, 2):
        start = time.monotonic()
        wrong, changed = judge(title, these, pairs if len(these) > 1 or title == 'storage' else some(pairs), read, versions)
        good = not wrong and changed > 0
        bad += not good
        print(f'{"ok" if good else "not ok"} {number} - {title} ({changed} valid objects changed; {time.monotonic() - start:.1f} s)', flush=True)
        for text in wrong[:10]:
            print(f'#   {text}')
    return bad > 0


if __name__ == '__main__':
    sys.exit(main())
