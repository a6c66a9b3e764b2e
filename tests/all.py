#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the tests of a build folder by meson and counts their cases, not their programs.

usage: tests/all.py BUILD [TEST...]
One line for each test program, then each failed case with what it printed, why cases were skipped, and the sum.
Exit status: 0 all passed or skipped, 1 some failed, none ran, or meson failed."""
import collections
import json
import pathlib
import re
import subprocess
import sys


class Counts(collections.Counter):
    """How many cases passed, failed and were skipped."""

    def __str__(self):
        return f'{self["passed"]} passed, {self["failed"]} failed, {self["skipped"]} skipped'


def cases(stdout):
    """The cases of a TAP text: (verdict, line, the comments under it); a promised case that is missing has failed."""
    found, planned = [], None
    for line in stdout.splitlines():
        m = re.match(r'(not )?ok\b(.*)', line)
        if m:
            skipped = re.search(r'#\s*skip', m[2], re.I)
            found.append(('failed' if m[1] else 'skipped' if skipped else 'passed', line, []))
        elif line.startswith('Bail out!'):
            found.append(('failed', line, []))
        elif re.match(r'1\.\.0\b.*#\s*skip', line, re.I):
            found.append(('skipped', line, []))
        elif re.match(r'1\.\.\d+', line):
            planned = int(line[3:].split()[0])
        elif line.startswith('#') and found:
            found[-1][2].append(line)
    for number in range(len(found) + 1, (planned or 0) + 1):
        found.append(('failed', f'not ok {number} (never came)', []))
    return found


def judge(test):
    """The cases of one test program, of whatever protocol: a program that fails has at least one failed case."""
    result, output = test['result'], test['stdout'] + test.get('stderr', '')
    tap = re.search(r'^(not ok|ok|1\.\.\d)', test['stdout'], re.M)
    found = cases(test['stdout']) if tap else []
    if not found:
        verdict = {'OK': 'passed', 'SKIP': 'failed' if tap else 'skipped'}.get(result, 'failed')
        found = [(verdict, result, output.splitlines())]
    elif result not in ('OK', 'SKIP', 'EXPECTEDFAIL') and not any(verdict == 'failed' for verdict, _, _ in found):
        found.append(('failed', f'the program as a whole: {result}', output.splitlines()[-30:]))
    elif test.get('stderr'):
        for verdict, _, comments in found[-1:]:
            if any(v == 'failed' for v, _, _ in found):
                comments += test['stderr'].splitlines()[-30:]
    return found


def main(argv):
    log = pathlib.Path(argv[1], 'meson-logs', 'testlog.json')
    log.unlink(missing_ok=True)
    meson = subprocess.Popen(['meson', 'test', '-C', argv[1], '--no-rebuild'] + argv[2:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said = []
    for line in meson.stdout:
        said.append(line)
        m = re.match(r'\s*\d+/\d+ (.+?)\s+(OK|FAIL|ERROR|TIMEOUT|SKIP|INTERRUPT|EXPECTEDFAIL|UNEXPECTEDPASS)\s+([\d.]+)s', line)
        if m:
            print(f'{m[2].lower():7} {m[1]} ({float(m[3]):.1f} s)', flush=True)
    status = meson.wait()
    if not log.exists():
        print(''.join(said), end='')
        return 1
    total, reasons = Counts(), collections.Counter()
    for test in map(json.loads, log.read_text().splitlines()):
        for verdict, line, comments in judge(test):
            total[verdict] += 1
            if verdict == 'failed':
                print(f'\n{test["name"]}: {line}')
                print('\n'.join(comments))
            elif verdict == 'skipped':
                m = re.search(r'#\s*skip\S*\s*(.*)', line, re.I)
                reasons[m[1] if m and m[1] else 'no reason given'] += 1
    for reason, count in reasons.items():
        print(f'{count} skipped: {reason}')
    print(total)
    return 0 if status == 0 and total['failed'] == 0 and total['passed'] > 0 else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv))
