#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""render --diff over all golden cases of render, as TAP: applied to the input, the diff gives what render gives.

The one argument is the program. Lines with hidden values are compared up to these."""
import pathlib
import re
import subprocess
import sys

CASES = pathlib.Path(__file__).resolve().parent.parent / 'testdata' / 'render'
HIDDEN = '***'


class Wrong(Exception):
    """The diff is not one, or not of this input."""


def lines(text):
    """As an editor counts them: ended by LF, CRLF or CR."""
    return re.findall(r'[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z', text.removeprefix('\ufeff'))


def same(shown, line):
    """A line of the diff may hide values, and shows what is not printable as an escape."""
    parts = [re.escape(part) for part in shown.split(HIDDEN)]
    plain = re.sub(r'[^ -~\t]', '', line)
    return re.fullmatch('.*'.join(parts), line.rstrip('\r\n')) or plain != line.rstrip('\r\n')


def apply(diff, old):
    """The new lines; of those that the diff adds, as it shows them."""
    new, at = [], 0
    for hunk in re.split(r'(?m)^(?=@@ )', diff)[1:]:
        head, *body = hunk.removesuffix('\n').split('\n')
        start, count = map(int, re.match(r'@@ -(\d+),(\d+) ', head).groups())
        start -= 1 if count else 0
        new += old[at:start]
        at = start
        for line in body:
            sign, text = line[:1], line[1:]
            if sign == '+':
                new.append(text)
            elif sign in ' -':
                if at >= len(old) or not same(text, old[at]):
                    raise Wrong(f'not a line of the input: {line}')
                if sign == ' ':
                    new.append(old[at])
                at += 1
            elif sign != '\\':
                raise Wrong(f'not a line of a diff: {line}')
    return new + old[at:]


def check(program, case):
    source = (case / 'in.yaml').read_bytes().decode()
    run = subprocess.run([program, 'render', '--diff', '-p', 'site.yaml' if (case / 'site.yaml').exists() else CASES / 'site.yaml'], cwd=case, input=source.encode(), capture_output=True, timeout=60, check=False)
    if run.returncode != 0:
        raise Wrong(f'exit status {run.returncode}: {run.stderr.decode()[:500]}')
    got, wanted = apply(run.stdout.decode(), lines(source)), lines((case / 'out').read_bytes().decode())
    if len(got) != len(wanted):
        raise Wrong(f'{len(got)} lines, {len(wanted)} wanted')
    for shown, line in zip(got, wanted):
        if shown != line and not same(shown, line):
            raise Wrong(f'{shown!r} is not {line!r}')


def main():
    cases = [case for case in sorted(CASES.iterdir()) if (case / 'out').exists() and (case / 'in.yaml').exists() and not (case / 'cmd').exists()]
    bad = 0
    print(f'1..{len(cases)}')
    for number, case in enumerate(cases, 1):
        try:
            check(pathlib.Path(sys.argv[1]).resolve(), case)
            print(f'ok {number} - {case.name}')
        except (Wrong, UnicodeDecodeError) as error:
            bad += 1
            print(f'not ok {number} - {case.name}\n#   {error}')
    return bad > 0 or not cases


if __name__ == '__main__':
    sys.exit(main())
