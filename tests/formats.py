#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What lint reports for programs, as TAP: over all golden cases each format is valid by its official schema.

WBRENDER names the program, SHARED the folder with the schemas and their checker; without it only our own JSON is verified.
The JSON kinds want Python's jsonschema, the XML kinds xmllint; a part that lacks its tool is skipped."""
import importlib.util
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
# our name, the checker's name, the tool it needs
KINDS = (('sarif', 'sarif', 'jsonschema'), ('gitlab', 'gitlab', 'jsonschema'), ('rdjson', 'rdf', 'jsonschema'), ('github', 'github', None),
         ('junit', 'junit', 'xmllint'), ('checkstyle', 'checkstyle', 'xmllint'))


def has(tool):
    return tool is None or shutil.which(tool) is not None if tool != 'jsonschema' else importlib.util.find_spec(tool) is not None


def reports(folder):
    """Every golden case that has files to lint, in every format: a folder of reports for each, by format."""
    names = ['json', *(ours for ours, _, _ in KINDS)]
    for name in names:
        (folder / name).mkdir()
    for case in sorted(p for suite in ('lint', 'hostile', 'render') for p in (ROOT / 'testdata' / suite).iterdir() if p.is_dir()):
        files = sorted(p.name for p in case.glob('*.yaml'))
        if files:
            options = [f'--format={name}={folder}/{name}/{case.parent.name}-{case.name}' for name in names]
            done = subprocess.run([os.environ['WBRENDER'], 'lint', *options, *files], cwd=case, capture_output=True, timeout=60)
            if done.returncode not in (0, 1):
                raise SystemExit(f'Bail out! {case.name}: exit status {done.returncode}: {done.stderr.decode()[:500]}')


def own(folder):
    """Our JSON: valid, and as many findings as it says."""
    import jsonschema
    judge = jsonschema.Draft7Validator(json.loads((ROOT / 'schemas/report.schema.json').read_text()))
    for path in sorted(folder.iterdir()):
        doc = json.loads(path.read_text())
        yield from (f'{path.name}: {e.message}' for e in judge.iter_errors(doc))
        for level in ('error', 'warning', 'note'):
            if doc[level + 's'] != sum(f['level'] == level for f in doc['findings']):
                yield f'{path.name}: it does not have {doc[level + "s"]} {level}s'
        prints = [f['fingerprint'] for f in doc['findings']]
        if len(prints) != len(set(prints)):
            yield f'{path.name}: a fingerprint is there twice'


def official(folder, kind):
    checker = pathlib.Path(os.environ['SHARED'], 'formats/check-formats.py')
    done = subprocess.run([sys.executable, checker, kind, *sorted(folder.iterdir())], capture_output=True, text=True, timeout=200)
    if done.returncode:
        yield from (done.stdout + done.stderr).splitlines()[:20]


def main():
    print(f'1..{len(KINDS) + 1}')
    bad = 0
    with tempfile.TemporaryDirectory() as tmp:
        folder = pathlib.Path(tmp)
        reports(folder)
        for number, (ours, kind, tool) in enumerate((('json', None, 'jsonschema'), *KINDS), 1):
            count = len(list((folder / ours).iterdir()))
            line = f'{number} - {ours} of {count} cases is valid'
            if not has(tool):
                print(f'ok {line} # SKIP {tool} is not installed')
            elif kind and not os.environ.get('SHARED'):
                print(f'ok {line} # SKIP no shared data')
            else:
                wrong = list(official(folder / ours, kind) if kind else own(folder / ours)) if count else ['no cases']
                bad += bool(wrong)
                print('not ok' if wrong else 'ok', line)
                for text in wrong:
                    print('#  ', text)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
