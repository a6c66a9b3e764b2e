#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The YAML of real charts' values files, as TAP: lint finds no error in it; in the crafted wrong ones it does.

WBRENDER names the program, SHARED the folder with the large test data; without it the parts are skipped. These are not values of
Workbench, so only findings on YAML count."""
import json
import os
import pathlib
import subprocess
import sys

# crafted: a key twice, two documents
WRONG = {'micro/dup-keys': 'yaml/duplicate-key', 'micro/multi-doc-values': 'yaml/documents'}


def errors(path):
    done = subprocess.run([os.environ['WBRENDER'], 'lint', '--format=json', path], capture_output=True, timeout=60)
    return [f for f in json.loads(done.stdout)['findings'] if f['level'] == 'error' and f['rule'].startswith('yaml/')]


def main():
    print('1..2')
    if not os.environ.get('SHARED'):
        for number in (1, 2):
            print(f'ok {number} # SKIP no shared data')
        return 0
    pairs = pathlib.Path(os.environ['SHARED'], 'corpus/values-pairs')
    files = {str(p.parent.relative_to(pairs)): p for p in sorted(pairs.rglob('values.yaml'))}
    found = {name: errors(path) for name, path in files.items() if name not in WRONG}
    wrong = [f'{name}:{f["line"]}: {f["message"]} [{f["rule"]}]' for name, list_ in found.items() for f in list_]
    missed = [name for name, rule in WRONG.items() if rule not in {f['rule'] for f in errors(files[name])}]
    print('not ok' if wrong or len(found) < 19 else 'ok', f'1 - the values of {len(found)} charts have no error in their YAML')
    for text in wrong:
        print('#  ', text)
    print('not ok' if missed else 'ok', f'2 - those of {len(WRONG)} have one')
    for text in missed:
        print('#  ', text)
    return 1 if wrong or missed or len(found) < 19 else 0


if __name__ == '__main__':
    sys.exit(main())
