#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""wbrender init, as TAP: what it writes is right as written and with any field set, and it asks on a terminal only.

usage: tests/starter.py PROGRAM"""
import json
import os
import pathlib
import pty
import re
import select
import subprocess
import sys
import tempfile
import time

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCHEMA = json.loads((ROOT / 'schemas' / 'site-profile.schema.json').read_text())
PLATFORMS = SCHEMA['properties']['platform']['enum']
SITE = ['--hostname', 'workbench.acme.org', '--uid', '1000660000']
SECONDS = 60


def run(program, *args, text=''):
    return subprocess.run([program, *args], input=text, capture_output=True, text=True, timeout=SECONDS)


def starter(program, *args):
    done = run(program, 'init', *args)
    if done.returncode or done.stderr:
        raise RuntimeError(done.stderr)
    return done.stdout


def codes(program, text, *args):
    report = json.loads(run(program, 'lint', '--format', 'json', *args, '-', text=text).stdout)
    # a note on OpenShift asks for the range of the namespace, which nobody can know beforehand
    return [f['rule'] for f in report['findings'] if f['level'] != 'note']


def clean(program):
    """with host name and user ID it is clean under lint and compiles, on every platform, brief or not"""
    for platform in PLATFORMS:
        for brief in ([], ['--brief']):
            text = starter(program, '--platform', platform, *SITE, *brief)
            found = codes(program, text)
            values = run(program, 'values', '-', text=text)
            data = yaml.safe_load(text)
            if found or values.returncode or values.stderr:
                yield f'{platform} {brief}: {found} {values.stderr}'
            if data != {'apiVersion': 'wbrender/v1', 'kind': 'SiteProfile', 'platform': platform, 'hostname': 'workbench.acme.org',
                        'uid': 1000660000}:
                yield f'{platform} {brief}: {data}'


def placeholders(program):
    """without them, their placeholders are the only findings"""
    for platform in PLATFORMS:
        for args, wanted in (([], ['WB006', 'schema/type']), (SITE[:2], ['schema/type']), (SITE[2:], ['WB006'])):
            found = codes(program, starter(program, '--platform', platform, *args))
            if sorted(found) != wanted:
                yield f'{platform} {args}: {found}'


def is_setting(line):
    """A field that is left out, with what belongs to it; texts have one blank behind the '#'."""
    return re.match(r'#(?! \S)', line)


def blocks(text):
    """The fields that are left out: each top-level one, or each one of the map that it is, as lines of YAML."""
    for part in text.split('\n\n'):
        lines = [line[1:] for line in part.splitlines() if is_setting(line)]
        if not lines:
            continue
        children = [i for i, line in enumerate(lines) if re.match(r'  \w+:', line)]
        explained = any(re.match(r'  # ', line) for line in lines)
        if not explained:
            yield '\n'.join(lines)
        for at, end in zip(children, children[1:] + [len(lines)]) if explained else ():
            yield '\n'.join([lines[0]] + [line for line in lines[at:end]])


def any_field(program):
    """every field that is left out is right when its '#' is taken away"""
    text, count = starter(program, *SITE), 0
    base = '\n'.join(line for line in text.splitlines() if not line.startswith('#'))
    for block in blocks(text):
        count += 1
        found = [c for c in codes(program, f'{base}\n{block}\n') if not c.startswith('WB')]
        if found:
            yield f'{block!r}: {found}'
    if count < 60:
        yield f'only {count} fields'


def maps(schema, at=''):
    """The fields that are not inside lists, free maps and Kubernetes objects."""
    for name, inner in schema.get('properties', {}).items():
        yield f'{at}.{name}'[1:], inner
        form = inner['anyOf'][-1] if 'anyOf' in inner else inner
        if 'required' not in form and 'maxProperties' not in form:
            yield from maps(form, f'{at}.{name}')


def comments(text):
    """Each key that has a comment above it, with the comment's text."""
    said = ''
    for line in text.splitlines():
        comment, key = re.fullmatch(r'#? *# (\S.*)', line), re.match(r'#? *(\w+):', line)
        if comment:
            said += ' ' + comment[1]
        else:
            if key and said:
                yield key[1], said.strip()
            said = ''


def explained(program):
    """every field stands in it with the schema's own description, its choices and its default, in the schema's order"""
    text = starter(program)
    found = list(comments(text))
    wanted = [(path, schema) for path, schema in maps(SCHEMA) if 'const' not in schema]
    if [key for key, _ in found] != [path.split('.')[-1] for path, _ in wanted]:
        yield f'{[key for key, _ in found]}, wanted are {[path for path, _ in wanted]}'
        return
    for (path, schema), (_, said) in zip(wanted, found):
        default = schema.get('default')
        for part in [schema['description'], *schema.get('enum', []), *([] if default in (None, '', [], {}) or isinstance(default, dict) else ['Default: '])]:
            if part not in said:
                yield f'{path}: {part!r} is not in {said!r}'
    for line in text.splitlines():
        if len(line) > 110 or line != line.rstrip():
            yield f'line {line!r}'


def schema_beside(program):
    """the line for editors names a file that --schema writes beside the profile"""
    with tempfile.TemporaryDirectory() as tmp:
        path = pathlib.Path(tmp) / 'site.yaml'
        starter(program, *SITE, '-o', str(path), '--schema')
        named = re.match(r'# yaml-language-server: \$schema=(\S+)\n', path.read_text())[1]
        if (path.parent / named).read_bytes() != (ROOT / 'schemas' / 'site-profile.schema.json').read_bytes():
            yield f'{named} is not the schema'
        if sorted(p.name for p in path.parent.iterdir()) != ['site-profile.schema.json', 'site.yaml']:
            yield f'left behind: {sorted(path.parent.iterdir())}'
        # a second profile beside it needs no --force for the schema that is there
        starter(program, *SITE, '-o', str(path.parent / 'other.yaml'), '--schema')


# --- questions

def talk(program, args, answers):
    """(exit status, what the terminal showed) of the program on a terminal; an answer is typed when a question stands there."""
    pid, fd = pty.fork()
    if pid == 0:
        os.execvp(program, [program, *args])
    shown, end, answers = '', time.monotonic() + SECONDS, list(answers)
    while time.monotonic() < end:
        if select.select([fd], [], [], 0.05)[0]:
            try:
                data = os.read(fd, 65536)
            except OSError:
                data = b''
            if not data:
                break
            shown += data.decode()
            if answers and shown.endswith(': '):
                os.write(fd, answers.pop(0).encode())
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.close(fd)
    return status, shown.replace('\r\n', '\n')


def interactive(program):
    """--interactive asks on a terminal, again where an answer will not do, and writes what was answered"""
    with tempfile.TemporaryDirectory() as tmp:
        path = pathlib.Path(tmp) / 'site.yaml'
        answers = ['openshft\n', 'openshift\n', '\n', 'https://workbench.acme.org\n', 'workbench.acme.org\n', '?\n', 'restricted-v2\n',
                   '1000660000/10000\n', '0\n', 'root\n', '1000660001\n', 'registry.acme.org/aedev/\n', 'Regcred\n', 'regcred\n']
        status, shown = talk(program, ['init', '--interactive', '--brief', '-o', str(path)], answers)
        wanted = {'apiVersion': 'wbrender/v1', 'kind': 'SiteProfile', 'platform': 'openshift', 'hostname': 'workbench.acme.org',
                  'uid': 1000660001, 'image': {'server': 'registry.acme.org/aedev/', 'pullSecrets': 'regcred'},
                  'openshift': {'scc': 'restricted-v2', 'uidRange': '1000660000/10000'}}
        if status or not path.exists() or yaml.safe_load(path.read_text()) != wanted:
            yield f'exit status {status}: {path.read_text() if path.exists() else shown}'
            return
        if codes(program, path.read_text()):
            yield f'findings: {codes(program, path.read_text())}'
        for part in ('platform [vanilla]: ', 'hostname [needed]: ', "did you mean 'openshift'?", "'uid' is 0, at least 1 is wanted",
                     "'uid' is the string \"root\"", 'rules of lint:\n  WB020', 'image.pullSecrets [none]: '):
            if part not in shown:
                yield f'{part!r} was not shown: {shown}'


def known_answers(program):
    """what options say is offered as the answer; an empty line takes it"""
    status, shown = talk(program, ['init', '--interactive', '--brief', '--platform', 'eks', *SITE], ['\n'] * 6)
    if status or 'platform [eks]: ' not in shown or 'hostname [workbench.acme.org]: ' not in shown or 'openshift.scc' in shown:
        yield f'exit status {status}: {shown}'
    if yaml.safe_load(shown[shown.index('apiVersion'):]) != {'apiVersion': 'wbrender/v1', 'kind': 'SiteProfile', 'platform': 'eks',
                                                            'hostname': 'workbench.acme.org', 'uid': 1000660000}:
        yield shown


def ended(program):
    """where the answers end nothing is written"""
    with tempfile.TemporaryDirectory() as tmp:
        path = pathlib.Path(tmp) / 'site.yaml'
        status, shown = talk(program, ['init', '--interactive', '-o', str(path)], ['gke\n', '\x04'])
        if status != 2 or path.exists() or 'nothing was written' not in shown:
            yield f'exit status {status}: {shown}'


CASES = [clean, placeholders, any_field, explained, schema_beside, interactive, known_answers, ended]


def main():
    program, bad = str(pathlib.Path(sys.argv[1]).resolve()), 0
    print(f'1..{len(CASES)}')
    for number, case in enumerate(CASES, 1):
        problems = list(case(program))
        print(f'{"not ok" if problems else "ok"} {number} - {case.__doc__}')
        for problem in problems[:30]:
            for line in problem.splitlines():
                print(f'#   {line}')
        bad += bool(problems)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
