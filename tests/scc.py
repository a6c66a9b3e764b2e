#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Pods under every SCC and Pod Security Standard, judged by a second opinion (admission.py), as TAP.

What comes out is admitted, or it is refused where it cannot be: the finding names the object. Nothing else changes, what is taken out was
in the way, and a second run changes nothing. The Roles of the pods' accounts give the SCC. WBRENDER names the program, SHARED the folder with real manifests; WBRENDER_SEED repeats a
run, WBRENDER_CASES is the number of generated streams (96)."""
import copy
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

import yaml

import admission
import oracle
import writer

PROGRAM = os.environ.get('WBRENDER', 'wbrender')
PRESETS = [('scc', name) for name in admission.SCCS] + [('podSecurity', name) for name in admission.STANDARDS]
RANGES = (('1000660000/10000', None), ('1000660000-1000669999', '1000700000/100,5/10'), (None, None))
PODS = 6
Loader = getattr(yaml, 'CSafeLoader', yaml.SafeLoader)


class Wrong(Exception):
    """The program did what it must not."""


# --- pods

class Pods(writer.Writer):
    """Objects with pods whose every field of security is random, in random styles of YAML."""

    def __init__(self, rnd, features, risk):
        super().__init__(rnd, features)
        self.risk, self.count = risk, 0

    def some(self, chance, *values):
        return self.rnd.choice(values) if self.rnd.random() < chance else ...

    def built(self, **fields):
        fields = [(k, v) for k, v in fields.items() if v is not ...]
        self.rnd.shuffle(fields)
        return dict(fields)

    def selinux(self):
        return self.built(level=self.some(0.6, 's0:c1,c2'), type=self.some(0.4, 'container_t', 'container_init_t', *['spc_t'] * self.bad()),
                          user=self.some(0.2 * self.bad(), 'system_u'))

    def bad(self):
        return self.rnd.random() < self.risk

    def seccomp(self):
        return self.rnd.choice([{'type': 'RuntimeDefault'}] + [{'type': 'Unconfined'}, {'type': 'Localhost', 'localhostProfile': 'p.json'}] * self.bad())

    def users(self):
        return self.some(0.4, 0, 1000, 26, 1000660000, 1000665000, 1000669999, 1000670000, 65534, None)

    def both(self):
        return {'runAsUser': self.users(), 'runAsGroup': self.some(0.3, 0, 1000, 1000660000), 'runAsNonRoot': self.some(0.4, True, False, None),
                'seLinuxOptions': self.selinux() if self.maybe(0.2) else ..., 'seccompProfile': self.seccomp() if self.maybe(0.3) else ...,
                'windowsOptions': {'hostProcess': True} if self.maybe(0.02) and self.bad() else ...,
                'appArmorProfile': {'type': self.rnd.choice(['RuntimeDefault'] + ['Unconfined'] * self.bad())} if self.maybe(0.05) else ...}

    def container(self, name):
        capabilities = self.built(drop=self.some(0.6, ['ALL'], ['NET_RAW'], [], ['KILL', 'ALL'], None),
                                  add=self.some(0.3, ['NET_BIND_SERVICE'], [], None, *[['NET_ADMIN'], ['SETUID', 'NET_BIND_SERVICE'], ['CHOWN', 'SYS_PTRACE']] * self.bad()))
        own = self.built(**self.both(), privileged=self.some(0.3, False, *[True] * self.bad()), readOnlyRootFilesystem=self.some(0.3, True),
                         allowPrivilegeEscalation=self.some(0.4, False, None, *[True] * self.bad()), capabilities=capabilities if self.maybe(0.5) else ...,
                         procMount=self.some(0.1, 'Default', *['Unmasked'] * self.bad()))
        ports = [self.built(containerPort=80, hostPort=self.some(0.5 * self.bad(), 80, 0))]
        return self.built(name=name, image='a/b:1', securityContext=own if self.maybe(0.8) else self.some(0.4, None, {}),
                          ports=ports if self.maybe(0.3) else ..., args=['-x', self.value(0)] if self.maybe(0.3) else ...)

    def spec(self):
        volumes = [{'name': 'v0', 'emptyDir': {}}, {'name': 'v1', 'secret': {'secretName': 's'}}, {'name': 'v2', 'configMap': {'name': 'c'}}]
        volumes += [{'name': 'v3', self.rnd.choice(('hostPath', 'nfs', 'iscsi')): {'path': '/x'}}] * self.bad()
        groups = self.some(0.3, [1000], [1000660000], [7, 1000, 1000700001], [], None)
        sysctls = [{'name': 'net.ipv4.tcp_syncookies', 'value': '1'}] + [{'name': 'kernel.msgmax', 'value': '1'}] * self.bad()
        own = self.built(**self.both(), fsGroup=self.some(0.4, 1000660000, 1000660001, 1000700000, 1000, 0, None), supplementalGroups=groups,
                         fsGroupChangePolicy=self.some(0.2, 'Always'), sysctls=sysctls if self.maybe(0.1) else ...)
        return self.built(
            containers=[self.container(f'c{i}') for i in range(self.rnd.randint(1, 3))],
            initContainers=[self.container(f'i{i}') for i in range(self.rnd.randint(1, 2))] if self.maybe(0.5) else self.some(0.3, None, []),
            ephemeralContainers=[self.container('e0')] if self.maybe(0.15) else ...,
            securityContext=own if self.maybe(0.7) else self.some(0.4, None, {}), volumes=volumes if self.maybe(0.4) else ...,
            hostNetwork=self.some(0.2 * self.bad(), True, False), hostPID=self.some(0.1 * self.bad(), True), hostIPC=self.some(0.1 * self.bad(), True, False),
            hostUsers=self.some(0.1, True, False), serviceAccountName=self.some(0.5, 'web'))

    def object(self):
        api, kind, path = self.rnd.choice((('v1', 'Pod', []), ('apps/v1', 'Deployment', ['spec', 'template']), ('batch/v1', 'CronJob', ['spec', 'jobTemplate', 'spec', 'template']),
                                           ('apps/v1', 'StatefulSet', ['spec', 'template']), ('batch/v1', 'Job', ['spec', 'template']), ('v1', 'PodTemplate', ['template'])))
        annotations = self.built(a='b', **{'seccomp.security.alpha.kubernetes.io/pod': self.some(0.1, 'runtime/default', *['unconfined'] * self.bad()),
                                           'openshift.io/required-scc': self.some(0.1, 'nonroot')})
        body = self.built(metadata={'annotations': annotations} if self.maybe(0.4) else self.some(0.2, None, {}), spec=self.spec())
        for key in reversed(path):
            body = {key: body}
        self.count += 1
        meta = {'name': f'p{self.count}'}
        if isinstance(body.get('metadata'), dict):
            meta |= body['metadata']
        return {'apiVersion': api, 'kind': kind, 'metadata': meta, **{k: v for k, v in body.items() if k != 'metadata'}}


def templates(document):
    """(name of the object, its pod template)"""
    listed = isinstance(document, dict) and str(document.get('kind')).endswith('List') and isinstance(document.get('items'), list)
    for value in document['items'] if listed else [document]:
        path, groups = oracle.TEMPLATES.get(value.get('kind'), ([], [])) if isinstance(value, dict) else ([], [])
        if not isinstance(value, dict) or (str(value.get('apiVersion')).split('/')[0] if '/' in str(value.get('apiVersion')) else '') not in groups:
            continue
        found = value
        for key in path:
            found = found.get(key) if isinstance(found, dict) else None
        if isinstance(found, dict):
            yield str((value.get('metadata') or {}).get('name')).strip(), found


# --- the program

def profile(preset, strip, ranges):
    uids, groups = ranges
    openshift = {k: v for k, v in (('uidRange', uids), ('supplementalGroups', groups)) if v}
    return json.dumps({'apiVersion': 'wbrender/v1', 'kind': 'SiteProfile', 'hostname': 'workbench.acme.example', 'uid': 1000, 'openshift': openshift,
                       'render': {preset[0]: {'name': preset[1], 'strip': True} if strip else preset[1]}})


def run(source, text, *options):
    """Output, or None; and what it says."""
    with tempfile.NamedTemporaryFile('w', suffix='.yaml') as f:
        f.write(text)
        f.flush()
        done = subprocess.run([PROGRAM, 'render', *options, '-p', f.name], input=source, capture_output=True, timeout=60, check=False)
    err = done.stderr.decode('utf-8', 'replace')
    if done.returncode not in (0, 1) or (done.returncode == 1) != (not done.stdout and ': error: ' in err):
        raise Wrong(f'status {done.returncode}, {len(done.stdout)} bytes:\n{err[-2000:]}')
    return (None if done.returncode else done.stdout), err


def told(err, level='error'):
    """The names of the objects that findings of a level are about."""
    names = set()
    for finding in re.split(r'\n(?=stdin:|\d+ (?:error|warning|note))', err):
        if re.match(rf'stdin:\d+:\d+: {level}: ', finding):
            names |= set(re.findall(r'= in \S+ (?:\S+/)?(\w[\w.-]*)', finding))
    return names


# --- the verdicts

IDENTITY = ('runAsUser', 'runAsGroup', 'fsGroup', 'supplementalGroups', 'seLinuxOptions', 'seccompProfile')
ASKED = ('privileged', 'capabilities', 'procMount', 'appArmorProfile')


def normal(value):
    """Without nulls: to Kubernetes they are nothing."""
    if isinstance(value, dict):
        return {k: normal(v) for k, v in value.items() if v is not None}
    return [normal(v) for v in value] if isinstance(value, list) else value


def judge(preset, namespace, strip, before, after):
    """What is wrong with the new template of a pod that was let through."""
    name = 'openshift.io/required-scc'
    annotations = dict((after.get('metadata') or {}).get('annotations') or {})
    against = admission.objections(preset, annotations, after['spec'], namespace)
    if against:
        raise Wrong(f'not admitted: {against}')
    old = dict((before.get('metadata') or {}).get('annotations') or {})
    if preset[0] == 'scc':
        if annotations.pop(name, None) != preset[1]:
            raise Wrong(f'no {name}')
        old.pop(name, None)
    for key in set(old) - set(annotations):
        if admission.OLD_SECCOMP not in key or not admission.objections(preset, {key: old[key]}, after['spec'], namespace):
            raise Wrong(f'the annotation {key} is gone')
    if any(old.get(k) != v for k, v in annotations.items()):
        raise Wrong('annotations are changed')
    if preset[0] == 'scc':
        said(preset[1], after['spec'])
    contexts(preset, namespace, strip, before['spec'], after['spec'])


def said(name, spec):
    """What admission would fill in is said: under the second generation of SCCs all that the standard "restricted" looks at in containers."""
    for key, container in admission.containers(spec):
        found = set(admission.standard_container('restricted', spec, container)) & {'runAsNonRoot', 'allowPrivilegeEscalation', 'capabilities.drop', 'seccompProfile'}
        if found and admission.SCCS[name]['drop'] == 'ALL' or name == 'nonroot' and 'runAsNonRoot' in found:
            raise Wrong(f'{key} {container.get("name")}: not said: {found}')


def pairs(before, after):
    """The owners of security contexts, as they were and as they are."""
    yield 'pod', before, after
    for key in admission.LISTS:
        ours, theirs = before.get(key) or [], after.get(key) or []
        if len(ours) != len(theirs):
            raise Wrong(f'{key} has {len(theirs)} containers')
        yield from ((f'{key} {a.get("name")}', a, b) for a, b in zip(ours, theirs))


def contexts(preset, namespace, strip, before, after):
    confined = preset[1] == 'restricted-v3' or preset[1].endswith('-v2') and preset[1] != 'hostmount-anyuid-v2' or preset == ('podSecurity', 'restricted')
    nonroot = confined or preset[1] == 'nonroot'
    for who, old, new in pairs(before, after):
        ours, theirs = normal(old.get('securityContext') or {}), normal(new.get('securityContext') or {})
        if who == 'pod':
            same = {k: v for k, v in normal(old).items() if k not in (*admission.LISTS, 'securityContext', 'hostUsers')}
            if same != {k: v for k, v in normal(new).items() if k not in (*admission.LISTS, 'securityContext', 'hostUsers')}:
                raise Wrong('the pod is changed beside its security')
            if old.get('hostUsers') != new.get('hostUsers') and preset[1] not in ('restricted-v3', 'nested-container'):
                raise Wrong('hostUsers')
        elif normal({k: v for k, v in old.items() if k != 'securityContext'}) != normal({k: v for k, v in new.items() if k != 'securityContext'}):
            raise Wrong(f'{who} is changed beside its security')
        for field in set(ours) | set(theirs):
            if ours.get(field) != theirs.get(field):
                changed(preset, namespace, strip, who, field, ours.get(field), theirs.get(field), confined, nonroot, after, new)


def changed(preset, namespace, strip, who, field, old, new, confined, nonroot, spec, owner):
    """Was there need to change the field of a security context? spec: as it is, with the owner in it."""
    where = f'{who}: {field}: {old} became {new}'
    if field == 'runAsNonRoot' and new is True and nonroot and (who != 'pod' or old is False):
        return
    if field == 'allowPrivilegeEscalation' and new is False and confined and (old is None or strip):
        return
    if field == 'seccompProfile' and new == {'type': 'RuntimeDefault'} and (confined and old is None and who != 'pod' or strip and old is not None and old['type'] != new['type']):
        return
    if field == 'capabilities':
        added, kept = (old or {}).get('add') or [], (new or {}).get('add') or []
        if strip and set(kept) < set(added) or kept == added:
            drop = (old or {}).get('drop') or []
            if ((new or {}).get('drop') or []) in ([*drop, *(['ALL'] if confined and 'ALL' not in drop else [])],):
                if kept == added or all(still(preset, namespace, spec, owner, 'capabilities', {**(new or {}), 'add': [*kept, c]}) for c in set(added) - set(kept)):
                    return
    if field in ('supplementalGroups',) and old and set(new or []) < set(old) and all(
            still(preset, namespace, spec, owner, field, [g]) for g in set(old) - set(new or [])):
        return
    if new is None and field in IDENTITY + ASKED * strip:
        # by convention: no SCC judges it, and with an unknown user the group 0 alone is safe
        if field == 'runAsGroup' and preset[0] == 'scc' and old != 0 and ('range' in admission.SCCS[preset[1]]['user'] or '-' in admission.SCCS[preset[1]]['user']):
            return
        if field != 'runAsGroup' and still(preset, namespace, spec, owner, field, old):
            return
    raise Wrong(f'{where}, without need')


def still(preset, namespace, spec, owner, field, value):
    """Would the pod be refused with this value back in its place?"""
    kept = owner.get('securityContext')
    owner['securityContext'] = {**(kept or {}), field: value}
    try:
        alone = spec if owner is spec else {'securityContext': spec.get('securityContext'), 'hostUsers': False, 'containers': [owner]}
        if field == 'runAsUser' and owner is spec:
            # the containers' own may hide it, and would not where one is added
            alone = {**spec, 'containers': [{'name': 'c', 'securityContext': {'runAsNonRoot': True}}]}
        return bool(admission.objections(preset, {}, alone, namespace)) or (field == 'runAsUser' and namespace.uids == [])
    finally:
        owner['securityContext'] = kept


def split(source):
    """The documents of a text as it would be cut by hand."""
    return re.split(rb'^---[^\n]*\n', source, flags=re.M)


def check(parts, preset, strip, ranges):
    """How a stream, in parts, went: the number of pods that were let through and that were refused."""
    namespace, text, source = admission.Namespace(*ranges), profile(preset, strip, ranges), b'---\n'.join(parts)
    documents = list(yaml.load_all(source, Loader))
    pods = [(name, t) for document in documents for name, t in templates(document) if isinstance(t.get('spec'), dict)]
    hopeless = {name for name, t in pods if admission.objections(
        preset, *admission.best(preset, (t.get('metadata') or {}).get('annotations'), t['spec'], strip), namespace)}
    out, err = run(source, text, '--verify')
    if out is None:
        if told(err) != hopeless:
            raise Wrong(f'refused {sorted(told(err))}, wanted {sorted(hopeless)}:\n{err[:3000]}')
        rest = [p for p in parts if not any(name in hopeless for d in yaml.load_all(p, Loader) for name, _ in templates(d))]
        return (check(rest, preset, strip, ranges)[0] if rest else 0), len(hopeless)
    if hopeless:
        raise Wrong(f'let through: {sorted(hopeless)}')
    after = [t for document in yaml.load_all(out, Loader) for _, t in templates(document) if isinstance(t.get('spec'), dict)]
    if len(after) != len(pods):
        raise Wrong(f'{len(pods)} pods became {len(after)}')
    for (name, before), now in zip(pods, after):
        try:
            judge(preset, namespace, strip, copy.deepcopy(before), now)
        except Wrong as error:
            raise Wrong(f'{name}: {error}') from None
    again, err = run(out, text)
    if again != out:
        raise Wrong(f'a second run differs: {err[:1000]}')
    if 'warning' in err and 'libfyaml' not in err:
        raise Wrong(f'a second run warns: {err[:1000]}')
    return len(pods), 0


# --- who may use it

HOME = 'home'  # the profile's namespace


def space_of(owner):
    return owner.get('namespace') or HOME


def rule_gives(rule, name):
    return ({'security.openshift.io', '*'} & set(rule.get('apiGroups') or []) and {'securitycontextconstraints', '*'} & set(rule.get('resources') or [])
            and {'use', '*'} & set(rule.get('verbs') or []) and (not rule.get('resourceNames') or name in rule['resourceNames']))


def random_grants(rnd):
    """Pods, Roles and bindings of a few names in one or two namespaces, in any order."""
    spaces, names = rnd.choice(([None], ['a'], ['a', 'b'], [None, HOME], [None, HOME, 'b'])), ['web', 'db', 'default']
    rbac = 'rbac.authorization.k8s.io/v1'

    def meta(name):
        return {k: v for k, v in (('name', name), ('namespace', rnd.choice(spaces))) if v}
    objects = []
    for _ in range(rnd.randint(1, 3)):
        spec = {'containers': [{'name': 'c'}], **({} if (account := rnd.choice(names)) == 'default' else {'serviceAccountName': account})}
        objects.append({'apiVersion': 'apps/v1', 'kind': 'Deployment', 'metadata': meta('d'), 'spec': {'template': {'spec': spec}}})
    for _ in range(rnd.randint(0, 3)):
        rules = [{'apiGroups': [''], 'resources': ['pods'], 'verbs': ['get']}] * rnd.randint(0, 1)
        if rnd.random() < 0.3:
            rules.append({'apiGroups': [rnd.choice(('security.openshift.io', '*', ''))], 'resources': ['securitycontextconstraints'], 'verbs': ['use'],
                          **rnd.choice(({}, {'resourceNames': ['anyuid', 'nonroot']}, {'resourceNames': ['privileged']}))})
        kind = rnd.choice(('Role', 'Role', 'ClusterRole'))
        metadata = meta(rnd.choice('rs')) if kind == 'Role' else {'name': rnd.choice('rs')}
        objects.append({'apiVersion': rbac, 'kind': kind, 'metadata': metadata, 'rules': rules or rnd.choice((None, []))})
    for _ in range(rnd.randint(0, 3)):
        subjects = [{'kind': rnd.choice(('ServiceAccount', 'ServiceAccount', 'User')), 'name': rnd.choice(names), **({'namespace': s} if (s := rnd.choice(spaces)) else {})}]
        ref = rnd.choice((('Role', 'r'), ('Role', 's'), ('ClusterRole', 'r'), ('ClusterRole', 'system:openshift:scc:anyuid')))
        objects.append({'apiVersion': rbac, 'kind': 'RoleBinding', 'metadata': meta('b'), 'roleRef': {'kind': ref[0], 'name': ref[1]}, 'subjects': subjects})
    rnd.shuffle(objects)
    return objects


def bound(objects, account, space):
    """The Roles and ClusterRoles that are bound to an account, and the names of those that are not here."""
    for binding in objects:
        if binding['kind'] == 'RoleBinding' and any(s['kind'] == 'ServiceAccount' and s['name'] == account and space_of(s) == space for s in binding['subjects']):
            ref = binding['roleRef']
            yield ref['name'], [o for o in objects if o['kind'] == ref['kind'] and o['metadata']['name'] == ref['name']
                                and (ref['kind'] == 'ClusterRole' or space_of(o['metadata']) == space_of(binding['metadata']))]


def check_grants(rnd, name):
    objects = random_grants(rnd)
    source = '---\n'.join(json.dumps(o) + '\n' if rnd.random() < 0.3 else yaml.dump(o, sort_keys=False) for o in objects).encode()
    text = profile(('scc', name), False, RANGES[0]).replace('"render"', f'"namespace": "{HOME}", "render"', 1)
    out, err = run(source, text, '--verify')
    if out is None:
        raise Wrong(f'refused:\n{err}\n{source.decode()}')
    after, needs = list(yaml.load_all(out, Loader)), {}
    for o in objects:
        if o['kind'] == 'Deployment':
            account, space = o['spec']['template']['spec'].get('serviceAccountName', 'default'), space_of(o['metadata'])
            roles = list(bound(after, account, space))
            given = any(name_ == f'system:openshift:scc:{name}' or any(rule_gives(r, name) for role in found for r in role['rules'] or []) for name_, found in roles)
            noted = re.search(rf"note: the service account '{account}' must be let use the SCC '{name}'", err)
            could = any(role['kind'] == 'Role' for _, found in roles for role in found)
            if not given and (could or (not noted and name != 'restricted-v2')):
                raise Wrong(f'{account} in {space} may not use {name}:\n{err}\n{source.decode()}')
            needs.setdefault(space, set()).add(account)
    for old, new in zip(objects, after):
        more = (new.get('rules') or [])[len(old.get('rules') or []):]
        if more and (len(more) > 1 or not rule_gives(more[0], name) or more[0]['resourceNames'] != [name] or not any(
                new in found for space, accounts in needs.items() for account in accounts for _, found in bound(after, account, space))):
            raise Wrong(f'{new["metadata"]} got {more}:\n{source.decode()}')
        if old['kind'] != 'Deployment' and {**new, 'rules': (new.get('rules') or [])[:len(old.get('rules') or [])]} != {**old, 'rules': old.get('rules') or []} and 'rules' in old:
            raise Wrong(f'{old["kind"]} is changed:\n{source.decode()}')
    if run(out, text)[0] != out:
        raise Wrong(f'a second run differs:\n{source.decode()}')


def grants(seed, cases):
    for i in range(cases):
        try:
            check_grants(random.Random(f'{seed}/grants/{i}'), ('anyuid', 'nonroot', 'restricted-v2')[i % 3])
            yield (1, 0), None
        except Wrong as error:
            yield (0, 0), f'seed {seed}, case {i}: {error}'


FAMILIES = ('block style', 'flow style', 'JSON', 'nothing there', 'Lists', 'several documents')


def generated(seed, cases, preset, number):
    """Streams under one preset, as (verdict, text of what is wrong)."""
    for i in range(max(2, cases // len(PRESETS))):
        rnd = random.Random(f'{seed}/{preset}/{i}')
        strip, ranges, family = i % 4 == 3, RANGES[i % 3], FAMILIES[(i + number) % len(FAMILIES)]
        risk = (0, 0, 0.3, 0.5)[i % 4]
        pods = Pods(rnd, writer.FEATURES[family], risk)
        parts = [pods.document().encode() for _ in range(PODS)]
        try:
            for part in parts:
                list(yaml.load_all(part, Loader))
        except yaml.YAMLError:
            continue
        try:
            yield check(parts, preset, strip, ranges), None
        except Wrong as error:
            yield (0, 0), f'seed {seed}, stream {i}, strip {strip}, ranges {ranges}: {error}\n{b"---".join(parts).decode()[:6000]}'


def main():
    seed = os.environ.get('WBRENDER_SEED') or '1'
    cases = int(os.environ.get('WBRENDER_CASES') or 96)
    shared, bad = os.environ.get('SHARED'), 0
    print(f'1..{2 * len(PRESETS) + 1}\n# WBRENDER_SEED={seed}', flush=True)
    for number, preset in enumerate(PRESETS):
        start, good, refused, wrongs = time.monotonic(), 0, 0, []
        for (a, b), wrong in generated(seed, cases, preset, number):
            good, refused, wrongs = good + a, refused + b, wrongs + [wrong] * bool(wrong)
        bad += result(number + 1, f'{preset[0]} {preset[1]}: generated pods', good, refused, wrongs, start)
    for number, preset in enumerate(PRESETS):
        start, good, refused, wrongs = time.monotonic(), 0, 0, []
        files = sorted(pathlib.Path(shared, 'corpus/manifests/rendered').glob('*.yaml')) if shared else []
        for path in files[number % 4::4]:
            try:
                a, b = check(split(path.read_bytes()), preset, number % 2 == 1, RANGES[0])
                good, refused = good + a, refused + b
            except Wrong as error:
                wrongs.append(f'{path.name}: {error}')
        bad += result(len(PRESETS) + number + 1, f'{preset[0]} {preset[1]}: real manifests{"" if shared else " # SKIP no shared data"}', good, refused, wrongs, start)
    start, wrongs, count = time.monotonic(), [], 0
    for (a, _), wrong in grants(seed, cases):
        count, wrongs = count + a, wrongs + [wrong] * bool(wrong)
    bad += result(2 * len(PRESETS) + 1, 'Roles and bindings in any order', count, 0, wrongs, start)
    return 1 if bad else 0


def result(number, title, good, refused, wrongs, start):
    title, skip, rest = title.partition(' # ')
    said = f'{good} pods fit, {refused} refused; {time.monotonic() - start:.1f} s'
    print(f'{"not ok" if wrongs else "ok"} {number} - {title} ({said}){skip}{rest}', flush=True)
    for text in wrongs[:3]:
        print('\n'.join(f'#   {line}' for line in text.splitlines()), flush=True)
    return bool(wrongs)


if __name__ == '__main__':
    sys.exit(main())
