# SPDX-License-Identifier: Apache-2.0
"""Other programs that can put labels and annotations on manifests: where they are, which version, how each is told the same job."""
import json
import os
import pathlib
import shutil
import subprocess

LABELS = {'acme.example/data-class': 'internal', 'acme.example/team': 'platform'}
ANNOTATIONS = {'acme.example/runbook': 'https://wiki.acme.example/workbench', 'acme.example/owner': 'ml-platform@acme.example'}
TEMPLATED = ('Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job')

PROFILE = ('apiVersion: wbrender/v1\nkind: SiteProfile\nhostname: workbench.acme.example\nuid: 1000\n'
           f'render: {json.dumps({"labels": LABELS, "annotations": ANNOTATIONS})}\n')
KUSTOMIZATION = json.dumps({'resources': ['all.yaml'], 'labels': [{'includeTemplates': True, 'pairs': LABELS}], 'commonAnnotations': ANNOTATIONS})

JQ = (f'def add: .labels += {json.dumps(LABELS)} | .annotations += {json.dumps(ANNOTATIONS)}; select(type == "object") | .metadata |= add '
      f'| if .kind | IN({", ".join(json.dumps(k) for k in TEMPLATED)}) then .spec.template.metadata |= add '
      'elif .kind == "CronJob" then .spec.jobTemplate.spec.template.metadata |= add else . end')
GO_ADD = f'.labels += {json.dumps(LABELS)} | .annotations += {json.dumps(ANNOTATIONS)}'
GO_YQ = (f'select(tag == "!!map") | with(.metadata; {GO_ADD}) '
         f'| with(select({" or ".join(f".kind == {json.dumps(k)}" for k in TEMPLATED)}).spec.template.metadata; {GO_ADD}) '
         f'| with(select(.kind == "CronJob").spec.jobTemplate.spec.template.metadata; {GO_ADD})')


class Peer:
    """A program, the job's command for an input file, and whether that command reads the file as its standard input."""

    def __init__(self, name, version, command, stdin=True):
        self.name, self.version, self.command, self.stdin = name, version, command, stdin


def said(*command):
    """What a program prints, or nothing where it does not run."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return ''
    return (done.stdout or done.stderr).strip() if done.returncode == 0 else ''


def package(name):
    """The version of an installed Debian package; some programs do not know their own."""
    return said('dpkg-query', '-W', '-f', '${Version}', name)


def program(root, name):
    """What the environment names, what scripts/setup installed, or what is on PATH."""
    own = root / 'build/tools' / name
    return os.environ.get(name.upper()) or (str(own) if own.exists() else shutil.which(name))


def all_of(name):
    """Every program of that name on PATH, each once."""
    found = {}
    for folder in os.environ.get('PATH', '').split(os.pathsep):
        path = shutil.which(name, path=folder) if folder else None
        if path:
            found.setdefault(os.path.realpath(path), path)
    return list(found.values())


def kustomize(root, tmp):
    kubectl = program(root, 'kubectl')
    version = dict(line.split(': ', 1) for line in said(kubectl, 'version', '--client').splitlines() if ': ' in line) if kubectl else {}
    if 'Kustomize Version' not in version:
        return None

    def command(file):
        folder = pathlib.Path(tmp) / ('kustomize-' + file.name)
        if not folder.exists():
            folder.mkdir()
            (folder / 'kustomization.yaml').write_text(KUSTOMIZATION)
            shutil.copyfile(file, folder / 'all.yaml')
        return [kubectl, 'kustomize', str(folder)]
    return Peer('kubectl kustomize', f'kubectl {version.get("Client Version")}, kustomize {version["Kustomize Version"]}', command, stdin=False)


def find(root, tmp, wbrender):
    """The peers that are here, by a short name, and None for those that are not."""
    found = {'kustomize': kustomize(root, tmp), 'yq (Python)': None, 'yq (Go)': None, 'kpt': None}
    for path in all_of('yq'):
        version = said(path, '--version')
        if 'mikefarah' in version:
            found['yq (Go)'] = found['yq (Go)'] or Peer('yq (Go)', version, lambda file, path=path: [path, GO_YQ])
        elif version and not found['yq (Python)']:
            version = f'yq {package("yq") or version}, {said("jq", "--version")}'
            found['yq (Python)'] = Peer('yq (Python)', version, lambda file, path=path: [path, '-y', JQ])
    kpt = shutil.which('kpt')
    version = said(kpt, 'version') if kpt else ''
    if version:
        # Its own functions for labels are container images; so wbrender is its function, and the difference is kpt's own.
        found['kpt'] = Peer('kpt, wbrender as its function', f'kpt {version}', lambda file: [
            kpt, 'fn', 'eval', '-', '--output', 'unwrap', '--exec', f'{wbrender[0]} {" ".join(wbrender[1:])}'])
    return found


WHY_NOT = {
    'kustomize': 'no kubectl that runs: scripts/setup gets one',
    'yq (Python)': "not installed: 'scripts/bench --peers' gets Debian's package yq",
    'yq (Go)': 'not on PATH, and neither Debian nor npm has it',
    'kpt': 'not on PATH, and neither Debian nor npm has it',
}


def install():
    """Gets what Debian has: yq in Python. The npm registry has neither yq in Go nor kpt."""
    if any('mikefarah' not in said(path, '--version') for path in all_of('yq')):
        return
    command = ['apt-get', 'install', '-q', '-y', '--no-install-recommends', 'yq']
    if os.geteuid() != 0:
        command = ['sudo', *command]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        problem = done.stderr.strip().splitlines()[-1:] if done.returncode else []
    except OSError as e:
        problem = [str(e)]
    for line in problem:
        print(f'bench: yq could not be installed: {line}', flush=True)


def metadata_in(node, path=()):
    """Each labels and annotations map under a metadata map, with its path."""
    if isinstance(node, dict):
        for key, value in node.items():
            if path[-1:] == ('metadata',) and key in ('labels', 'annotations') and isinstance(value, dict):
                yield (*path, key), value
            else:
                yield from metadata_in(value, (*path, key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from metadata_in(value, (*path, f'[{number}]'))


def described(text):
    """All labels and annotations of a stream: object to path to map. None where Python has no YAML."""
    try:
        import yaml
    except ImportError:
        return None
    loader = getattr(yaml, 'CBaseLoader', yaml.BaseLoader)
    objects = {}
    for root in yaml.load_all(text, Loader=loader):
        if isinstance(root, dict):
            meta = root.get('metadata') or {}
            name = (root.get('apiVersion'), root.get('kind'), meta.get('namespace'), meta.get('name'))
            # kpt's and kustomize's own notes are not part of the job
            objects[name] = {path: {k: v for k, v in found.items() if not k.startswith(('config.kubernetes.io/', 'internal.config.kubernetes.io/'))}
                             for path, found in metadata_in(root)}
    return objects


def differences(ours, theirs):
    """One line on how a peer's labels and annotations differ from ours."""
    if ours is None or theirs is None:
        return 'not compared: Python has no module yaml (scripts/setup installs it)'
    only, kinds = 0, {}
    for name in ours.keys() | theirs.keys():
        a, b = ours.get(name), theirs.get(name)
        if a is None or b is None:
            only += 1
            continue
        for path in a.keys() | b.keys():
            if a.get(path, {}) != b.get(path, {}):
                kind = (name[1], '.'.join('[]' if p.startswith('[') else p for p in path[:-1]))
                kinds[kind] = kinds.get(kind, 0) + 1
    if not only and not kinds:
        return f'the labels and annotations of all {len(ours)} objects are equal'
    parts = [f'{count} in {kind} {path}' for (kind, path), count in sorted(kinds.items())]
    if only:
        parts.append(f'{only} objects in one of the two only')
    return f'of {len(ours)} objects these maps differ: ' + ', '.join(parts)
