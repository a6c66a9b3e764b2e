#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""lint --fix over the files of all golden cases, as TAP.

usage: tests/fix.py PROGRAM"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def run(program, *args):
    return subprocess.run([program, 'lint', *args], capture_output=True, timeout=60)


def findings(program, path):
    return len(json.loads(run(program, '--format=json', path).stdout)['findings'])


def differences(program, files):
    """The difference that --diff tells, by file."""
    text = run(program, '--fix', '--diff', *files).stdout
    found = {}
    for part in (b'\n' + text).split(b'\n--- ')[1:]:
        found[pathlib.Path(part.split(b'\n')[0].decode())] = b'--- ' + part + b'\n'
    return found


def problems(program, path, diff, folder):
    """What is wrong with the repair of a file."""
    before = path.read_bytes()
    copy, second = folder / 'a.yaml', folder / 'b.yaml'
    copy.write_bytes(before)
    second.write_bytes(before)
    had = findings(program, copy)
    run(program, '--fix', copy)
    after = copy.read_bytes()
    if after == before:
        yield '--diff tells of a repair, and there was none'
    if findings(program, copy) > had:
        yield 'more findings than before'
    run(program, '--fix', copy)
    if copy.read_bytes() != after:
        yield 'the second repair changed it again'
    # patch knows no line that ends in CR alone
    if shutil.which('patch') and b'\r' not in before.replace(b'\r\n', b''):
        done = subprocess.run(['patch', '--binary', '-s', second], input=diff, capture_output=True)
        if done.returncode or second.read_bytes() != after:
            yield f'patch does not make the same of the difference: {done.stdout.decode()}'


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    files = sorted(p for suite in ('lint', 'values') for p in (ROOT / 'testdata' / suite).glob('*/*.yaml'))
    before = [p.read_bytes() for p in files]
    diffs = differences(program, files)
    wrong = [f'{p}: changed by --diff' for p, text in zip(files, before) if p.read_bytes() != text]
    with tempfile.TemporaryDirectory() as tmp:
        for path, diff in diffs.items():
            wrong += [f'{path.relative_to(ROOT)}: {text}' for text in problems(program, path, diff, pathlib.Path(tmp))]
    print('1..2')
    print('not ok' if wrong else 'ok', '1 - each repair is final, adds no finding, and is what --diff says')
    for text in wrong:
        print('#  ', text)
    print('ok' if len(diffs) > 9 else 'not ok', f'2 - {len(diffs)} of {len(files)} files had something to repair')
    return 1 if wrong or len(diffs) <= 9 else 0


if __name__ == '__main__':
    sys.exit(main())
