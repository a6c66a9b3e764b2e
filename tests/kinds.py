#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""lint on Kubernetes' objects, as TAP: its verdict is that of a validator by Python's jsonschema, on real manifests and on changed ones.

WBRENDER names the program, SHARED the folder with the large test data; without it most parts are skipped. HELM3 and HELM4 name the two Helms;
where not set, build/tools has them (scripts/setup)."""
import contextlib
import io
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
VERSIONS = (16, 22, 28, 32)
CHANGED = 250                        # changed objects for each version
# What the validator judges too; the other rules go beyond it.
SCHEMA = {'kube/' + word for word in ('unknown-field newer-field removed-field type missing-field value quantity unknown-kind removed-api newer-api '
                                      'no-name no-kind').split()}
# Where lint finds an error and the validator none: a pattern of the message, and why that is right.
STRICTER = (
    (r'^Kubernetes 1\.1[67] has no (Deployment|DaemonSet|ReplicaSet|StatefulSet|NetworkPolicy|PodSecurityPolicy|ControllerRevision)(List)? of '
     r'(extensions/v1beta1|apps/v1beta[12]),', 'the definitions of 1.16 and 1.17 still hold them, the API server no longer serves them'),
    (r'^Kubernetes has no ', "a kind that no version of a group of Kubernetes' own has"),
    (r'which does not fit into (32|64) bits$', 'the definitions state no bounds; Go refuses the number'),
    (r'^the object has no (kind|apiVersion)$', ''),
    (r"^the object lacks 'spec'$", 'the definitions do not require it, the API server what is in it'),
    (r"(containers|nodeSelectorTerms)' is empty$", 'the same, of what is in the list'),
)


# Required by the definitions, not by the API server (scripts/kube-data): what the validator says of them.
UNDEMANDED = re.compile(r"^'(endpoints|limits|podSelector|onPodConditions|value|apiGroup|serviceName)' is a required property")


def oracle(folder):
    """The validator as a function of version and files: its findings. It reads with libyaml here, which is faster."""
    path = pathlib.Path(folder, 'check.py')
    source = path.read_text('utf-8')
    if hasattr(yaml, 'CSafeLoader'):
        source = source.replace('BASE = yaml.SafeLoader ', 'BASE = yaml.CSafeLoader ')
    module = {'__name__': 'check', '__file__': str(path)}
    exec(compile(source, str(path), 'exec'), module)  # noqa: S102

    def findings(version, files):
        out, argv = io.StringIO(), sys.argv
        sys.argv = ['check.py', '--k8s', f'1.{version}', '--json', *map(str, files)]
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
                module['main']()
        finally:
            sys.argv = argv
        found = [json.loads(line) for line in out.getvalue().splitlines() if line.startswith('{')]
        return [f for f in found if not UNDEMANDED.search(f['message'])]
    return findings


def ours(version, files):
    done = subprocess.run([os.environ['WBRENDER'], 'lint', '--kubernetes-version', f'1.{version}', '--format', 'json', *map(str, files)],
                          capture_output=True, timeout=300)
    return json.loads(done.stdout)['findings']


def starts(path):
    """The lines on which documents begin."""
    return [1] + [n for n, line in enumerate(path.read_text('utf-8', errors='replace').splitlines(), 1) if re.match(r'---(\s|$)', line)]


def by_document(findings, files):
    """Findings by file and number of the document."""
    begin, found = {str(p): starts(p) for p in files}, {}
    for f in findings:
        number = sum(line <= f['line'] for line in begin[f['file']])
        found.setdefault((f['file'], number), []).append(f)
    return found


def differ(check, version, files):
    """The documents that only one of the two finds fault with, but for the reasons above."""
    theirs = by_document(check(version, files), files)
    errors = [f for f in ours(version, files) if f['level'] == 'error' and f['rule'] in SCHEMA]
    mine = by_document(errors, files)
    for where in sorted(set(theirs) | set(mine)):
        here = mine.get(where, [])
        if where not in mine:
            f = theirs[where][0]
            yield f'1.{version} {where[0]}:{f["line"]}: only the validator: {f["path"]}: {f["message"][:120]}'
        elif where not in theirs and not all(any(re.search(p, f['message']) for p, _ in STRICTER) for f in here):
            yield f'1.{version} {where[0]}:{here[0]["line"]}: only lint: {here[0]["message"]} [{here[0]["rule"]}]'


def real(shared):
    return sorted((shared / 'corpus/manifests/rendered').glob('*.yaml'))


def agree(shared, check):
    """on real manifests lint and the validator agree, for 1.16, 1.22, 1.28 and 1.32"""
    for version in VERSIONS:
        yield from differ(check, version, real(shared))


# True findings in real charts: the chart writes provider: null, which its own CustomResourceDefinition requires.
TRUE = {('velero.yaml', 'schema/required')}


def quiet(shared, check):
    """no other rule finds an error in them, nor in the post-renderers' input, nor a port that pods lack"""
    files = real(shared) + sorted(p for n in (3, 4) for p in (shared / f'corpus/manifests/stdin-helm{n}').glob('*.yaml'))
    for f in ours(32, files):
        loud = f['level'] == 'error' or f['rule'] == 'kube/target-port'
        if loud and f['rule'] not in SCHEMA and (pathlib.Path(f['file']).name, f['rule']) not in TRUE:
            yield f'{f["file"]}:{f["line"]}: {f["message"]} [{f["rule"]}]'


def objects(shared):
    """Objects of real charts, one of each kind and size."""
    found = {}
    for path in real(shared):
        if path.stat().st_size < 60000:
            for document in yaml.load_all(path.read_text('utf-8'), getattr(yaml, 'CBaseLoader', yaml.BaseLoader)):
                if isinstance(document, dict) and document.get('kind') and document['kind'] != 'List':
                    found.setdefault((document['apiVersion'], document['kind'], len(str(document)) // 500), path)
    # read again, with types
    for path in sorted(set(found.values())):
        for document in yaml.load_all(path.read_text('utf-8'), yaml.SafeLoader):
            if isinstance(document, dict) and document.get('kind') and document['kind'] != 'List':
                yield document


def places(value, path=()):
    """Every map and list in a value."""
    if isinstance(value, (dict, list)):
        yield value
        for child in value.values() if isinstance(value, dict) else value:
            yield from places(child)


VALUES = (5, -1, 2.5, True, 'text', '5', '', [], {}, ['a'], {'a': 'b'}, None, [None], 10 ** 12)
NAMES = ('name', 'spec', 'image', 'ports', 'value', 'type', 'data', 'labels', 'selector', 'extra', 'resources', 'protocol')


def change(object_, draw):
    """One random change: a key renamed, removed or added, a value of another type."""
    whole = json.loads(json.dumps(object_, default=str))
    before = whole.get('metadata')
    at = draw.choice([p for p in places(whole) if p] or [whole])
    key = draw.choice(list(at) if isinstance(at, dict) else range(len(at)))
    how = draw.choice(('rename', 'retype', 'retype', 'remove', 'add'))
    if how == 'add' and isinstance(at, dict):
        at[draw.choice(NAMES)] = draw.choice(VALUES)
    elif how == 'rename' and isinstance(at, dict):
        at[key + draw.choice(('s', 'X', ' '))] = at.pop(key)
    elif how == 'remove':
        del at[key]
    else:
        at[key] = draw.choice(VALUES)
    if not isinstance(whole.get('metadata', {}), dict):
        whole['metadata'] = before           # the validator breaks off there
    return whole


def changed(shared, check):
    """on randomly changed objects too"""
    draw, all_ = random.Random(7), list(objects(shared))
    if len(all_) < 100:
        yield f'only {len(all_)} objects'
    with tempfile.TemporaryDirectory() as tmp:
        for version in VERSIONS:
            path = pathlib.Path(tmp, f'1.{version}.yaml')
            path.write_text('\n'.join(f'---\n{json.dumps(change(draw.choice(all_), draw))}' for _ in range(CHANGED)) + '\n')
            yield from differ(check, version, [path])


def data(shared, check):
    """schemas/kubernetes.txt is what scripts/kube-data makes"""
    made = subprocess.run([sys.executable, ROOT / 'scripts/kube-data', shared / 'k8s-schemas'], capture_output=True, check=True)
    if made.stdout != (ROOT / 'schemas/kubernetes.txt').read_bytes():
        yield 'it differs'


def examples(shared, check):
    """the stand-in chart, rendered by both Helms for each example profile, has no findings, with its edits or without"""
    program = os.environ['WBRENDER']
    helms = [os.environ.get(f'HELM{n}') or str(ROOT / f'build/tools/helm{n}') for n in (3, 4)]
    with tempfile.TemporaryDirectory() as tmp:
        values = pathlib.Path(tmp, 'values.yaml')
        for profile in sorted((ROOT / 'examples').glob('*.yaml')):
            subprocess.run([program, 'values', profile, '-o', values], capture_output=True, check=True)
            for helm in helms:
                plain = subprocess.run([helm, 'template', 'anaconda-enterprise', ROOT / 'examples/chart', '-f', values], capture_output=True,
                                       check=True).stdout
                edited = subprocess.run([program, '-p', profile], input=plain, capture_output=True, check=True).stdout
                # a Pod Security Standard demands what render writes
                for text, off in ((plain, ('--level', 'kube/pod-security=off')), (edited, ())):
                    done = subprocess.run([program, 'lint', '-p', profile, *off, '-'], input=text, capture_output=True)
                    if done.returncode or done.stdout:
                        yield f'{profile.name}, {pathlib.Path(helm).name}: {done.stdout.decode()[:300]}'


SITE = """apiVersion: wbrender/v1
kind: SiteProfile
hostname: workbench.acme.example
uid: 1000660000
platform: openshift
kubernetesVersion: "1.32"
openshift: {scc: anyuid, uidRange: 1000660000/10000}
"""


def fitted(shared, check):
    """what render has made fit an SCC or a Pod Security Standard, lint finds admitted by it"""
    done = 0
    with tempfile.TemporaryDirectory() as tmp:
        for choice in ('scc: {name: restricted-v2, strip: true}', 'scc: {name: anyuid, strip: true}', 'scc: {name: nonroot, strip: true}',
                       'podSecurity: {name: restricted, strip: true}'):
            profile = pathlib.Path(tmp, 'site.yaml')
            profile.write_text(f'{SITE}render: {{{choice}}}\n')
            for path in real(shared):
                edited = subprocess.run([os.environ['WBRENDER'], '-p', profile], input=path.read_bytes(), capture_output=True)
                if edited.returncode or path.stat().st_size > 100000:
                    continue             # there is what cannot be taken away
                found = subprocess.run([os.environ['WBRENDER'], 'lint', '-p', profile, '--format', 'json', '-'], input=edited.stdout, capture_output=True)
                done += 1
                for f in json.loads(found.stdout)['findings']:
                    if f['rule'] in ('kube/scc', 'kube/pod-security'):
                        yield f'{choice}: {path.name}:{f["line"]}: {f["message"]}'
    if done < 100:
        yield f'only {done} were rendered'


def main():
    parts = (examples, data, agree, quiet, changed, fitted)
    print(f'1..{len(parts)}')
    bad = 0
    shared = pathlib.Path(os.environ['SHARED']) if os.environ.get('SHARED') else None
    check = oracle(shared / 'k8s-schemas') if shared else None
    for number, part in enumerate(parts, 1):
        if not shared and part != examples:
            print(f'ok {number} - {part.__doc__} # SKIP no shared data')
            continue
        wrong = list(part(shared, check))
        bad += bool(wrong)
        print('not ok' if wrong else 'ok', number, '-', part.__doc__)
        for line in wrong[:40]:
            print('#  ', line)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
