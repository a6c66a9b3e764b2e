#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What lint shows on a terminal, as TAP: colour where it is wanted, and the caret under the place for wide and combining characters and tabs.

usage: tests/terminal.py PROGRAM"""
import fcntl
import os
import pathlib
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
import unicodedata

ENV = {'PATH': '/usr/bin:/bin', 'LC_ALL': 'C.UTF-8', 'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '')}
# the values of a key that is none, each with a wrong number behind it in a flow map
TEXTS = {'plain': 'abc', 'wide': '日本語', 'combining': 'e\u0301te\u0301', 'emoji': '🚀', 'tab': 'a\tb'}


def on_terminal(program, path, width=0, **more):
    """What is shown on a pseudo-terminal, of that width if it has one."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 24 if width else 0, width, 0, 0))
    with subprocess.Popen([program, 'lint', path], stdin=subprocess.DEVNULL, stdout=slave, stderr=slave, env={**ENV, 'TERM': 'xterm', **more}) as p:
        os.close(slave)
        out = b''
        while True:
            try:
                part = os.read(master, 65536)
            except OSError:
                break
            if not part:
                break
            out += part
        p.wait(timeout=60)
    os.close(master)
    return out.decode().replace('\r\n', '\n')


def piped(program, path, **more):
    return subprocess.run([program, 'lint', path], capture_output=True, text=True, env={**ENV, **more}, timeout=60).stdout


def columns(text):
    """Columns that a terminal takes for a text; tabs stop at every eighth."""
    n = 0
    for c in text:
        if c == '\t':
            n += 8 - n % 8
        elif not unicodedata.combining(c):
            n += 2 if unicodedata.east_asian_width(c) in 'WF' else 1
    return n


def colour(program, folder):
    """colour and a count on a terminal, neither in a pipe; NO_COLOR, CLICOLOR_FORCE and TERM=dumb are respected"""
    path = folder / 'site.yaml'
    path.write_text('hostname: workbench.acme.example\nuid: "1"\n')
    shown = {'terminal': on_terminal(program, path), 'no colour': on_terminal(program, path, NO_COLOR='1'),
             'dumb': on_terminal(program, path, TERM='dumb'), 'pipe': piped(program, path), 'forced': piped(program, path, CLICOLOR_FORCE='1')}
    for name, wanted in (('terminal', True), ('no colour', False), ('dumb', False), ('pipe', False), ('forced', True)):
        if ('\033[' in shown[name]) != wanted:
            yield f'{name}: {"no " if wanted else ""}colour'
    for name in shown:
        if ('1 error in 1 file' in shown[name]) != (name in ('terminal', 'no colour', 'dumb')):
            yield f'{name}: the count'
    plain = {re.sub(r'\033\[[0-9;]*m', '', text).replace('1 error in 1 file\n', '') for text in shown.values()}
    if len(plain) != 1:
        yield 'the texts differ by more than colour'


def carets(program, folder):
    """the caret stands under the wrong value, behind characters of every width"""
    for name, text in TEXTS.items():
        path = folder / f'{name}.yaml'
        path.write_text(f'hostname: workbench.acme.example\nuid: 1000\nkeycloak: {{truststore: "{text}", truststore_secret: 77}}\n')
        shown = on_terminal(program, path, NO_COLOR='1').split('\n')
        at = [i for i, line in enumerate(shown) if line.startswith('3 | ') and '77}' in line]
        found = [(columns(shown[i][:shown[i].index('77}')]), columns(shown[i + 1][:shown[i + 1].index('^')])) for i in at]
        if not any(line == caret for line, caret in found):
            yield f'{name}: {found}: {shown}'


def widths(program, folder):
    """the line of an excerpt fits a narrow terminal, and is cut at 100 columns on a wide one and in a pipe"""
    path = folder / 'site.yaml'
    path.write_text(f'hostname: workbench.acme.example\nuid: 1000\nkeycloak: {{truststore: "{"a" * 70}", truststore_secret: 77, truststore_password: "{"b" * 90}"}}\n')
    for width in (60, 80, 200, 0):
        shown = on_terminal(program, path, width, NO_COLOR='1').split('\n')
        lines = [line for line in shown if line.startswith('3 | ') and '77' in line]
        longest = max(map(len, lines), default=0)
        if not lines or longest > (width or 120) or (width in (0, 200)) != (longest >= 100):
            yield f'{width} columns: {longest}: {shown}'


def main():
    program, bad = str(pathlib.Path(sys.argv[1]).resolve()), 0
    parts = (colour, carets, widths)
    print(f'1..{len(parts)}')
    for number, part in enumerate(parts, 1):
        with tempfile.TemporaryDirectory() as tmp:
            wrong = list(part(program, pathlib.Path(tmp)))
        bad += bool(wrong)
        print('not ok' if wrong else 'ok', number, '-', part.__doc__)
        for text in wrong:
            print('#  ', text)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
