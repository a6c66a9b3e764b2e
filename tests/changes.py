#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""render --report over all golden cases of the post-renderer, as TAP: the changes that it tells make the output's data of the input's.

usage: tests/changes.py PROGRAM
Where jsonschema is installed the reports are held against their schema."""
import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile

import readers

ROOT = pathlib.Path(__file__).resolve().parent.parent
CASES = ROOT / 'testdata' / 'render'
FORMS = ('block', 'flow', 'null', 'json')
MASK = '***'


class Wrong(Exception):
    """The report is not of this change."""


def plain(value):
    """A tree of the readers as JSON has it."""
    if isinstance(value, readers.Leaf):
        return None if readers.is_null(value) else value.value
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list) else value


def objects(value):
    items = value.get('items') if isinstance(value, dict) else None
    if isinstance(items, list) and str(value.get('kind', '')).endswith('List'):
        for item in items:
            yield from objects(item)
    elif isinstance(value, dict):
        yield value


def find(value, pointer):
    for token in pointer.split('/')[1:]:
        token = token.replace('~1', '/').replace('~0', '~')
        if isinstance(value, list):
            value = value[int(token)] if token.isdigit() and int(token) < len(value) else None
        else:
            value = value.get(token) if isinstance(value, dict) else None
    return value


def same(told, there):
    """Told values are JSON with secrets hidden; the reader has every scalar as its text."""
    if told == MASK:
        return True
    if isinstance(told, dict) and isinstance(there, dict):
        return told.keys() == there.keys() and all(same(told[k], there[k]) for k in told)
    if isinstance(told, list) and isinstance(there, list):
        return len(told) == len(there) and all(map(same, told, there))
    if isinstance(told, bool):
        return str(there).lower() in (('true', 'yes', 'on', 'y') if told else ('false', 'no', 'off', 'n'))
    return (told is None and there is None) or str(told) == str(there)


def name(value):
    meta = value.get('metadata') or {}
    space = f'{meta["namespace"]}/' if isinstance(meta, dict) and meta.get('namespace') else ''
    own = (meta.get('name') or meta.get('generateName') or '') if isinstance(meta, dict) else ''
    return f'{value.get("kind")} {space}{own}'.strip()


def check(program, profile, source, judge):
    with tempfile.NamedTemporaryFile('r') as file:
        run = subprocess.run([program, 'render', '-p', profile, '--report', file.name], input=source, capture_output=True, timeout=60, check=False)
        report = json.loads(pathlib.Path(file.name).read_text())
    if judge:
        for error in judge.iter_errors(report):
            raise Wrong(f'the report does not fit its schema: {error.message} at {list(error.path)}')
    if run.returncode != 0:
        if not report['errors']:
            raise Wrong('it failed, and the report has no error')
        return 'refused'
    grown = sum(change['bytes'] for change in report['changes'])
    if grown != len(run.stdout) - len(source):
        raise Wrong(f'the changes tell {grown} bytes, the output has {len(run.stdout) - len(source)} more')
    if bool(report['changes']) != (run.stdout != source):
        raise Wrong('changes without a changed text, or the other way round')
    for rule in report['rules']:
        if rule['changes'] != sum(change['rule'] == rule['name'] for change in report['changes']):
            raise Wrong(f'{rule["name"]} counts other changes than it has')
    before = [o for root in readers.trees(source, 'libyaml') for o in objects(plain(readers.data(root)))]
    after = [o for root in readers.trees(run.stdout, 'libyaml') for o in objects(plain(readers.data(root)))]
    for change in report['changes']:
        there = [(b, a) for b, a in zip(before, after) if name(a) == change['object']] or list(zip(before, after))
        if not any(same(change.get('after'), find(a, change['pointer'])) and
                   ('before' not in change or same(change['before'], find(b, change['pointer'])) or change['pointer'].rsplit('/', 1)[1].isdigit())
                   for b, a in there):
            raise Wrong(f'not so: {change}')
    return 'done'


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    judge = None
    if importlib.util.find_spec('jsonschema'):
        import jsonschema
        judge = jsonschema.Draft7Validator(json.loads((ROOT / 'schemas' / 'report.schema.json').read_text()))
    cases = [(case.name, case / 'site.yaml' if (case / 'site.yaml').exists() else CASES / 'site.yaml', case / 'in.yaml')
             for case in sorted(CASES.iterdir()) if (case / 'in.yaml').exists() and not (case / 'cmd').exists()]
    edits = ROOT / 'testdata' / 'edits'
    cases += [(f'{case.name} {form}', case / 'site.yaml', edits / f'{form}.yaml') for case in sorted(edits.iterdir()) if case.is_dir() for form in FORMS]
    bad = 0
    print(f'1..{len(cases)}')
    for number, (title, profile, source) in enumerate(cases, 1):
        try:
            said = check(program, profile, source.read_bytes(), judge)
            print(f'ok {number} - {title} ({said})')
        except (Wrong, readers.Unreadable, json.JSONDecodeError) as error:
            bad += 1
            print(f'not ok {number} - {title}\n#   {error}')
    return bad > 0 or len(cases) < 100


if __name__ == '__main__':
    sys.exit(main())
