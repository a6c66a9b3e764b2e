#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""wbrender under real Helm 3 and Helm 4, as TAP: the values that Helm reads, the manifests that it prints, installs and refuses.

usage: tests/helm.py PROGRAM
HELM3 and HELM4 name the two Helms; SHARED the folder with the large test data, where a small API server is for install and upgrade."""
import contextlib
import json
import os
import pathlib
import pty
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
CHART = ROOT / 'examples' / 'chart'
PLUGINS = ROOT / 'integrations' / 'helm4'
PROFILES = sorted((ROOT / 'examples').glob('*.yaml'))
RELEASE = 'anaconda-enterprise'
ECHO = 'anaconda-enterprise-values'
SECONDS = 60


class Core(yaml.SafeLoader):
    """Reads YAML 1.2's core schema; SafeLoader reads YAML 1.1."""
    yaml_implicit_resolvers = {}


def core_rule(tag, pattern, build):
    Core.add_implicit_resolver(f'tag:yaml.org,2002:{tag}', re.compile(f'^(?:{pattern})$'), None)
    Core.add_constructor(f'tag:yaml.org,2002:{tag}', lambda loader, node: build(loader.construct_scalar(node)))


core_rule('null', '|~|null|Null|NULL', lambda s: None)
core_rule('bool', 'true|True|TRUE|false|False|FALSE', lambda s: s.lower() == 'true')
core_rule('int', '[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+', lambda s: int(s, 10) if s.lstrip('+-').isdigit() else int(s, 0))
core_rule('float', r'[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?', float)
BOTH = (Core, yaml.SafeLoader)


class Bad(Exception):
    """What was expected and is not so."""


def want(good, text):
    if not good:
        raise Bad(text)


# --- data

def coalesce(defaults, values):
    """What Helm hands to the templates, but for null, which it drops or keeps by its version; here it is dropped."""
    if not isinstance(defaults, dict) or not isinstance(values, dict):
        return values
    merged = {k: coalesce(defaults[k], v) if k in defaults else v for k, v in values.items()}
    return {**defaults, **merged}


def without_null(data):
    if isinstance(data, dict):
        return {k: without_null(v) for k, v in data.items() if v is not None}
    if isinstance(data, list):
        return [without_null(v) for v in data]
    return data


def difference(got, wanted, at=''):
    """Where two data differ first, or None; true is not 1, but 1.0 is 1."""
    if isinstance(got, dict) and isinstance(wanted, dict):
        for k in sorted({*got, *wanted}, key=str):
            if k not in got or k not in wanted:
                return f'{at}/{k}: {"missing" if k in wanted else "too much"}'
            found = difference(got[k], wanted[k], f'{at}/{k}')
            if found:
                return found
        return None
    if isinstance(got, list) and isinstance(wanted, list) and len(got) == len(wanted):
        return next(filter(None, (difference(g, w, f'{at}/{i}') for i, (g, w) in enumerate(zip(got, wanted)))), None)
    same = got == wanted and isinstance(got, bool) == isinstance(wanted, bool)
    return None if same else f'{at}: {got!r}, wanted {wanted!r}'


def documents(text):
    return [d for d in yaml.load_all(text, yaml.CSafeLoader) if d is not None]


def holds(new, old):
    """Whether a line still is what it was, or has a flow map {...} and got longer in it."""
    if new == old or '{' not in old:
        return new == old
    rest = iter(new)
    return all(c in rest for c in old.replace('{}', ''))


def pod_template(obj):
    """The pod template of a workload, a pod itself, or None."""
    if obj['kind'] == 'Pod':
        return obj
    spec = obj.get('spec') or {}
    if obj['kind'] == 'CronJob':
        spec = spec['jobTemplate']['spec']
    return spec.get('template') if obj['kind'] in ('Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob') else None


def mark(obj, render, hooks=True):
    """Puts the profile's labels and annotations on an object, as render is meant to."""
    if obj['kind'] == 'List':
        for item in obj['items']:
            mark(item, render, hooks)
        return
    if not hooks and 'helm.sh/hook' in ((obj.get('metadata') or {}).get('annotations') or {}):
        return
    template, inherit = pod_template(obj), render.get('inherit', True)
    for field, pod_field in (('labels', 'podLabels'), ('annotations', 'podAnnotations')):
        add(obj, field, render.get(field))
        if template is not None:
            add(template, field, {**((render.get(field) or {}) if inherit else {}), **(render.get(pod_field) or {})})


def add(obj, field, more):
    if more:
        meta = obj.setdefault('metadata', {})
        meta[field] = {**(meta.get(field) or {}), **more}


# --- running

class Helm:
    """One of the two Helms, in surroundings of its own."""

    def __init__(self, version, tmp, program):
        self.version, self.tmp = version, tmp
        self.path = os.environ[f'HELM{version}']
        self.name = f'helm {version}'
        bin_ = tmp / 'bin'
        bin_.mkdir(exist_ok=True)
        if not (bin_ / 'wbrender').exists():
            (bin_ / 'wbrender').symlink_to(program)
        home = tmp / f'home{version}'
        home.mkdir()
        keep = {k: v for k, v in os.environ.items() if k.endswith('SAN_OPTIONS')}
        self.env = {**keep, 'PATH': f'{bin_}:{os.environ["PATH"]}', 'HOME': str(home), 'LC_ALL': 'C.UTF-8', 'KUBECONFIG': '/nonexistent'}
        if version == 4:
            identity = tmp / 'plugins' / 'identity'
            identity.mkdir(parents=True)
            (identity / 'plugin.yaml').write_text((PLUGINS / 'wbrender' / 'plugin.yaml').read_text().replace('wbrender', 'identity')
                                                  .replace('command: identity', 'command: cat'))
            self.env['HELM_PLUGINS'] = f'{PLUGINS}:{tmp / "plugins"}'

    def run(self, *args, profile=None, log=None, **more):
        env = dict(self.env)
        if profile:
            env['WBRENDER_PROFILE'] = str(profile)
        if log:
            env['WBRENDER_LOG'] = str(log)
        more.setdefault('stdout', subprocess.PIPE)
        more.setdefault('stderr', subprocess.PIPE)
        return subprocess.run([self.path, *map(str, args)], env=env, cwd=self.tmp, stdin=subprocess.DEVNULL, text=True, timeout=SECONDS, **more)

    def good(self, *args, **more):
        done = self.run(*args, **more)
        want(done.returncode == 0, f'{self.name} {" ".join(map(str, args))}: exit status {done.returncode}\n{done.stderr}')
        return done.stdout

    def template(self, values, *more, **kw):
        return self.good('template', RELEASE, CHART, '-f', values, *more, **kw)

    def plain(self, values):
        """What Helm prints when the post-renderer changes nothing: Helm 4 writes the text anew whenever there is one."""
        return self.template(values, *(['--post-renderer', 'identity'] if self.version == 4 else []))


def values_of(profile, tmp, program):
    file = tmp / f'values-{profile.name}'
    if not file.exists():
        done = subprocess.run([program, 'values', str(profile), '-o', str(file)], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS)
        want(done.returncode == 0, f'wbrender values {profile.name}: exit status {done.returncode}\n{done.stderr}')
        want(done.stdout == '', f'wbrender values -o printed {done.stdout!r}')
    return file


# --- the cases

def reads_values(helm, profile, values):
    """Helm reads from values.yaml what any reader of YAML reads there, and what the profile states."""
    echo = next(d for d in documents(helm.template(values)) if (d.get('metadata') or {}).get('name') == ECHO)
    got = json.loads(echo['data']['values.json'])
    for loader in BOTH:
        defaults, written = (yaml.load(p.read_text(), loader) for p in (CHART / 'values.yaml', values))
        found = difference(without_null(got), without_null(coalesce(defaults, written)))
        want(not found, f'{loader.__name__}: {found}')
    stated = yaml.load(profile.read_text(), Core)
    for path in ('hostname', 'uid', 'serviceAccountName', 'generateCerts', 'dnsServer', 'image.server', 'ingress.className', 'ingress.labels',
                 'ingress.global', 'ingress.system', 'ingress.user', 'ingress.install', 'ingress.installClass', 'storage.pvc', 'persistence.pvc'):
        here, there = stated, got
        for key in path.split('.'):
            here = here.get(key) if isinstance(here, dict) else None
            there = there.get(key) if isinstance(there, dict) else None
        found = here is not None and difference(there, here)
        want(not found, f'{path} of the profile{found}')


PLAIN = ('labels', 'annotations', 'podLabels', 'podAnnotations', 'inherit', 'conflict')


def only_plain(profile, tmp):
    """A profile that asks for labels and annotations only, of one that asks for more."""
    root = yaml.load(profile.read_text(), Core)
    render = {k: v for k, v in (root.get('render') or {}).items() if k in PLAIN}
    file = tmp / f'plain-{profile.name}'
    file.write_text(json.dumps({**{k: v for k, v in root.items() if k != 'openshift'}, 'render': {**render, 'oneNode': False}}))
    return file, render


def only_adds(helm, profile, values):
    """Every object has the site's labels and annotations, nothing else has changed, and no line is lost."""
    profile, render = only_plain(profile, helm.tmp)
    before, after = helm.plain(values), helm.template(values, '--post-renderer', 'wbrender', profile=profile)
    wanted = documents(before)
    for obj in wanted:
        mark(obj, render, hooks=helm.version == 4)
    got = documents(after)
    want(len(got) == len(wanted), f'{len(got)} documents, wanted {len(wanted)}')
    for g, w in zip(got, wanted):
        found = difference(g, w)
        want(not found, f'{w["kind"]} {(w.get("metadata") or {}).get("name")}: {found}')
    rest = iter(after.splitlines())
    for line in before.splitlines():
        want(any(holds(new, line) for new in rest), f'this line is lost or changed: {line}')
    want(after != before or not any(render.values()), 'nothing was added')


def is_hook(obj):
    return 'helm.sh/hook' in ((obj.get('metadata') or {}).get('annotations') or {})


def as_by_a_pipe(helm, profile, values, program):
    """All that the profile asks for: Helm's output is that of `wbrender render` on what Helm prints without it. Helm 3 keeps its hooks to itself."""
    before = helm.plain(values)
    piped = subprocess.run([program, 'render', '--verify', '-p', str(profile)], input=before, capture_output=True, text=True, timeout=SECONDS)
    want(piped.returncode == 0, f'exit status {piped.returncode}\n{piped.stderr}')
    got, wanted = documents(helm.template(values, '--post-renderer', 'wbrender', profile=profile)), documents(piped.stdout)
    if helm.version == 3:
        hooks = [[d for d in docs if is_hook(d)] for docs in (got, documents(before))]
        want(not difference(*hooks), f'a hook: {difference(*hooks)}')
        got, wanted = [d for d in got if not is_hook(d)], [d for d in wanted if not is_hook(d)]
    want(not difference(got, wanted), difference(got, wanted))


def by_arguments(helm, profile, values):
    """--post-renderer-args say the same as the environment."""
    args = ['--post-renderer', 'wbrender'] + [f'--post-renderer-args={a}' for a in ('render', '-p', str(profile))]
    found = helm.template(values, *args) == helm.template(values, '--post-renderer', 'wbrender', profile=profile)
    want(found, 'they differ')


def message(text):
    """The finding of the wrong profile must be there once, and whole."""
    lines = [line for line in text.replace('\r', '').splitlines() if re.search(r'wrong\.yaml:5:1: error: ', line)]
    want(len(lines) == 1, f'{len(lines)} lines name wrong.yaml:5:1, wanted 1, in:\n{text}')
    want("'hostnme'" in lines[0] and "'hostname'" in text, f'it does not say what is wrong:\n{text}')
    want(re.search(r'Error: .*post.?render', text), f"Helm's own message is not there:\n{text}")


def refuses(helm, wrong, values, how):
    """A wrong profile: Helm fails, prints no manifest, and the user sees why."""
    args = ['template', RELEASE, CHART, '-f', values, '--post-renderer', 'wbrender']
    log = helm.tmp / f'log-{helm.version}-{how}'
    if how == 'pipe':
        done = helm.run(*args, profile=wrong, log=log)
        status, out, err = done.returncode, done.stdout, done.stderr
    elif how == 'file':
        with open(helm.tmp / f'stderr-{helm.version}', 'w+') as f:
            done = helm.run(*args, profile=wrong, log=log, stderr=f)
            f.seek(0)
            status, out, err = done.returncode, done.stdout, f.read()
    else:
        status, out, err = in_terminal(helm, args, wrong, log)
    want(status != 0, 'exit status 0')
    want(out == '', f'standard output: {out[:200]}')
    message(err)
    if helm.version == 4:
        want("'hostnme'" in log.read_text(), f'WBRENDER_LOG holds: {log.read_text()}')


def in_terminal(helm, args, profile, log):
    """Helm with a terminal for standard input and error: exit status, standard output, what the terminal showed."""
    master, slave = pty.openpty()
    shown = []

    def read():
        with contextlib.suppress(OSError):
            while data := os.read(master, 4096):
                shown.append(data)
    env = {**helm.env, 'WBRENDER_PROFILE': str(profile), 'WBRENDER_LOG': str(log), 'TERM': 'dumb'}
    reader = threading.Thread(target=read)
    reader.start()
    with subprocess.Popen([helm.path, *map(str, args)], env=env, cwd=helm.tmp, stdin=slave, stderr=slave, stdout=subprocess.PIPE,
                          text=True, start_new_session=True) as process:
        os.close(slave)
        out, _ = process.communicate(timeout=SECONDS)
    reader.join(SECONDS)
    os.close(master)
    return process.returncode, out, re.sub(r'\x1b\[[0-9;]*m', '', b''.join(shown).decode())


def file_reachable():
    """A file that is Helm's standard error can be written to by a child where the kernel lets it take its parent's descriptor."""
    scope = pathlib.Path('/proc/sys/kernel/yama/ptrace_scope')
    return os.geteuid() == 0 or not scope.exists() or scope.read_text().strip() == '0'


@contextlib.contextmanager
def api_server(shared, folder):
    """A pretended API server; gives a KUBECONFIG, and a list that holds the stored objects at the end."""
    folder.mkdir()
    config, dump, objects = folder / 'config', folder / 'objects.json', []
    program = str(shared / 'corpus/helm-facts/fakeapi/fakeapi.py')
    # Told so, the server answers at once; else each of some hundred answers waits 40 ms for an acknowledgement.
    start = f'import runpy, socketserver; socketserver.StreamRequestHandler.disable_nagle_algorithm = True; runpy.run_path({program!r}, None, "__main__")'
    server = subprocess.Popen([sys.executable, '-c', start, '--kubeconfig', str(config), '--dump', str(dump)],
                              stdout=subprocess.DEVNULL, cwd=folder)
    try:
        end = time.monotonic() + 20
        while not (config.exists() and config.stat().st_size):
            want(time.monotonic() < end and server.poll() is None, 'the API server did not start')
            time.sleep(0.05)
        yield config, objects
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
    found = json.loads(dump.read_text())
    objects += sorted((o for o in (found.values() if isinstance(found, dict) else found) if not str(o.get('type', '')).startswith('helm.sh/release')),
                      key=lambda o: (o['kind'], o['metadata']['name']))


def settled(obj):
    """An object without what the server or Helm stamps on it at each write."""
    meta = {k: v for k, v in obj['metadata'].items() if k not in ('resourceVersion', 'uid', 'creationTimestamp', 'generation', 'managedFields')}
    return {**obj, 'metadata': meta}


def installs(helm, profile, values, shared):
    """install, then two upgrades that change nothing; the stored objects have the site's labels."""
    render = yaml.load(profile.read_text(), Core)['render']
    chart = [RELEASE, CHART, '-f', values, '--post-renderer', 'wbrender']
    with api_server(shared, helm.tmp / f'once-{helm.version}') as (config, once):
        helm.env['KUBECONFIG'] = str(config)
        helm.good('install', *chart, profile=profile)
    with api_server(shared, helm.tmp / f'thrice-{helm.version}') as (config, thrice):
        helm.env['KUBECONFIG'] = str(config)
        helm.good('install', *chart, profile=profile)
        first = helm.good('get', 'manifest', RELEASE)
        for _ in range(2):
            helm.good('upgrade', *chart, profile=profile)
            want(helm.good('get', 'manifest', RELEASE) == first, 'an upgrade changed the manifest')
        want(len(json.loads(helm.good('history', RELEASE, '-o', 'json'))) == 3, 'not three revisions')
    for obj in documents(first):
        marked = json.loads(json.dumps(obj))
        mark(marked, render)
        want(not difference(obj, marked), f'{obj["kind"]} {(obj.get("metadata") or {}).get("name")} in the manifest: {difference(obj, marked)}')
    want(len(once) > 20, f'{len(once)} objects stored')
    found = difference([settled(o) for o in thrice], [settled(o) for o in once])
    want(not found, f'the upgrades changed a stored object: {found}')
    for obj in once:
        labels = obj['metadata'].get('labels') or {}
        hook = 'helm.sh/hook' in ((obj.get('metadata') or {}).get('annotations') or {})
        want((hook and helm.version == 3) or labels.items() >= render['labels'].items(), f'{obj["kind"]} {obj["metadata"]["name"]} is stored with {labels}')


def installs_nothing(helm, wrong, values, shared):
    """install with a wrong profile: the user sees why, and nothing was stored."""
    with api_server(shared, helm.tmp / f'nothing-{helm.version}') as (config, objects):
        helm.env['KUBECONFIG'] = str(config)
        done = helm.run('install', RELEASE, CHART, '-f', values, '--post-renderer', 'wbrender', profile=wrong)
    want(done.returncode != 0, 'exit status 0')
    message(done.stderr)
    want(objects == [], f'stored: {[o["metadata"]["name"] for o in objects]}')


def main(argv):
    program = pathlib.Path(argv[1]).resolve()
    shared = pathlib.Path(os.environ['SHARED']) if os.environ.get('SHARED') else None
    cases = []

    def case(name, function, *args, skip=None):
        cases.append((name, function, args, skip))
    with tempfile.TemporaryDirectory() as folder:
        tmp = pathlib.Path(folder)
        wrong = tmp / 'wrong.yaml'
        wrong.write_text('apiVersion: wbrender/v1\nkind: SiteProfile\nuid: 1000\nserviceAccountName: x\nhostnme: workbench.acme.example\n')
        helms = [Helm(v, tmp, program) for v in (3, 4)]

        class Later:
            """The values of a profile, made when a case first wants them."""

            def __init__(self, profile):
                self.profile = profile

            def __call__(self):
                return values_of(self.profile, tmp, program)
        main_profile = ROOT / 'examples' / 'openshift.yaml'
        case('there are eight example profiles', lambda: want(len(PROFILES) == 8, str(PROFILES)))
        for helm in helms:
            for profile in PROFILES:
                case(f'{helm.name}, {profile.stem}: reads the values that the profile states', reads_values, helm, profile, Later(profile))
                case(f'{helm.name}, {profile.stem}: only labels and annotations are added', only_adds, helm, profile, Later(profile))
                case(f'{helm.name}, {profile.stem}: the same as by a pipe', as_by_a_pipe, helm, profile, Later(profile), program)
            case(f'{helm.name}: post-renderer arguments', by_arguments, helm, main_profile, Later(main_profile))
            for how in ('pipe', 'file', 'terminal'):
                skip = 'the kernel hides the file from the child (yama)' if how == 'file' and helm.version == 4 and not file_reachable() else None
                case(f'{helm.name}, standard error is a {how}: a wrong profile is told', refuses, helm, wrong, Later(main_profile), how, skip=skip)
            no_data = None if shared else 'no shared data'
            case(f'{helm.name}: install and upgrade', installs, helm, main_profile, Later(main_profile), shared, skip=no_data)
            case(f'{helm.name}: install with a wrong profile', installs_nothing, helm, wrong, Later(main_profile), shared, skip=no_data)

        print(f'1..{len(cases)}')
        bad = 0
        for number, (name, function, args, skip) in enumerate(cases, 1):
            text = ''
            if not skip:
                try:
                    function(*(a() if isinstance(a, Later) else a for a in args))
                except Bad as e:
                    text = str(e)
                except Exception as e:  # a mistake here or in the surroundings: this case failed, the others go on
                    text = f'{type(e).__name__}: {e}'
            bad += bool(text)
            print(f'{"not ok" if text else "ok"} {number} - {name}' + (f' # SKIP {skip}' if skip else ''), flush=True)
            for line in text.splitlines()[:40]:
                print(f'#   {line}')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv))
