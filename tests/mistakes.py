#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The mistakes of testdata/mistakes, as TAP: each is found and says what to do, and many in one profile are all found at once.

usage: tests/mistakes.py PROGRAM"""
import json
import pathlib
import random
import re
import subprocess
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
CASES_MIN = 120
BASE = 'apiVersion: wbrender/v1\nkind: SiteProfile\nhostname: workbench.acme.org\nuid: 1000\n'
PROFILES = 40
SECONDS = 60


def lint(program, text):
    done = subprocess.run([program, 'lint', '--format', 'json', '-'], input=text, capture_output=True, timeout=SECONDS)
    return json.loads(done.stdout)['findings']


def key_of(finding):
    """What tells findings apart, wherever in a file they stand."""
    return finding['rule'], finding['path'], re.sub(r' \(line \d+\)', '', finding['message'])


def single(folder):
    """A case whose profile is linted as it is."""
    return (folder / 'site.yaml').exists() and not (folder / 'cmd').exists()


FOLDERS = sorted(p for p in (ROOT / 'testdata' / 'mistakes').iterdir() if p.is_dir())


def found(program):
    """each case has a finding, and there are enough of them"""
    if len(FOLDERS) < CASES_MIN:
        yield f'{len(FOLDERS)} cases'
    for folder in FOLDERS:
        said = ''.join((folder / name).read_text() for name in ('out', 'err') if (folder / name).exists())
        if not any(f' {level}: ' in said for level in ('error', 'warning', 'note')):
            yield f'{folder.name}: nothing is found'


def helped(program):
    """each finding says what to do, not only what is wrong"""
    for folder in filter(single, FOLDERS):
        for finding in lint(program, (folder / 'site.yaml').read_bytes()):
            if not finding.get('help'):
                yield f'{folder.name}: {finding["message"]}'


def meant(program):
    """what a finding suggests is right: put in place of the value, the finding is gone"""
    count = 0
    for folder in filter(single, FOLDERS):
        text = (folder / 'site.yaml').read_bytes()
        for finding in lint(program, text):
            help_ = finding.get('help', '')
            word = help_.removeprefix('did you mean ').removesuffix('?')
            if not help_.startswith('did you mean ') or finding['line'] != finding['endLine'] or ' or ' in word and finding['rule'] == 'schema/unknown-key':
                continue
            lines = text.decode().split('\n')
            line = lines[finding['line'] - 1]
            if word[0] == "'" and finding['rule'] != 'schema/unknown-key':
                word = json.dumps(word[1:-1])
            lines[finding['line'] - 1] = line[:finding['column'] - 1] + word.strip("'") + line[finding['endColumn'] - 1:]
            left = [f for f in lint(program, '\n'.join(lines).encode()) if f.get('path') == finding.get('path') and f['rule'].startswith('schema/')]
            count += 1
            if left and finding['rule'] != 'schema/unknown-key':
                yield f'{folder.name}: {word} gives {left[0]["message"]}'
    if count < 60:
        yield f'only {count} suggestions'


def parts(program):
    """The cases that add one section to a right profile: the section's key, its text, what the schema finds in it."""
    for folder in filter(single, FOLDERS):
        text = (folder / 'site.yaml').read_bytes().decode('utf-8', 'replace')
        if not text.startswith(BASE):
            continue
        findings = lint(program, text.encode())
        if any(not f['rule'].startswith(('schema/', 'WB')) for f in findings):
            continue
        section = text.removeprefix(BASE)
        keys = list(yaml.safe_load(section))
        if len(keys) == 1:
            yield keys[0], section, {key_of(f) for f in findings if f['rule'].startswith('schema/')}


def together(program):
    """mistakes of many sections in one profile are all found in one run, each as when it is alone"""
    known, chance = list(parts(program)), random.Random(5)
    if len({key for key, _, _ in known}) < 25:
        yield f'only {len(known)} sections'
    for _ in range(PROFILES):
        chosen = {key: (text, findings) for key, text, findings in chance.sample(known, len(known))}
        profile = BASE + ''.join(text if text.endswith('\n') else text + '\n' for text, _ in chosen.values())
        wanted = set().union(*(findings for _, findings in chosen.values()))
        got = {key_of(f) for f in lint(program, profile.encode()) if f['rule'].startswith('schema/')}
        for rule, path, message in sorted(wanted - got)[:3]:
            yield f'{path} {message} [{rule}] is not found among {len(got)}'


CASES = [found, helped, meant, together]


def main():
    program, bad = str(pathlib.Path(sys.argv[1]).resolve()), 0
    print(f'1..{len(CASES)}')
    for number, case in enumerate(CASES, 1):
        problems = list(case(program))
        print(f'{"not ok" if problems else "ok"} {number} - {case.__doc__}')
        for problem in problems[:30]:
            print(f'#   {problem}')
        bad += bool(problems)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
