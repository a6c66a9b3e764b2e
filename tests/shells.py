#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Completion in bash, zsh and fish, as TAP: each shell is really asked, and must offer what --help and the schema say.

usage: tests/shells.py PROGRAM"""
import json
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SECONDS = 60

BASH = '''
source "$1"
compopt() { :; }
read -r -a COMP_WORDS <<<"$2"
case $2 in *' ') COMP_WORDS+=('') ;; esac
# as readline parts words, at '=' too
split=()
for w in "${COMP_WORDS[@]}"; do
	case $w in
	--*=*) split+=("${w%%=*}" = "${w#*=}") ;;
	*) split+=("$w") ;;
	esac
done
COMP_WORDS=("${split[@]}")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_wbrender
if [ ${#COMPREPLY[@]} -gt 0 ]; then printf '%s\\n' "${COMPREPLY[@]}"; fi
'''

# Every match goes to a file: compadd is asked twice.
ZSH = '''
PS1= RPS1= PS2=
setopt no_beep no_prompt_sp
zmodload zsh/complist
autoload -Uz compinit && compinit -D -u
compadd() {
	if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return $?; fi
	local -a hits
	builtin compadd -A hits "$@"
	for h in $hits; do print -r -- "$h"; done >>$OUT
	builtin compadd "$@"
}
finished() { print -r -- "<done>" >>$OUT; BUFFER=; }
zle -N finished
bindkey '^X' finished
bindkey '^I' complete-word
source $SCRIPT
print -r -- "<done>" >>$OUT
'''


class Shells:
    """The three shells, each asked for what may follow a command line."""

    def __init__(self, program, tmp):
        self.tmp, self.env = tmp, {**os.environ, 'HOME': str(tmp), 'LC_ALL': 'C.UTF-8', 'TERM': 'dumb', 'XDG_CONFIG_HOME': str(tmp)}
        self.env['PATH'] = f'{tmp}/bin:{os.environ["PATH"]}'
        (tmp / 'bin').mkdir()
        (tmp / 'bin' / 'wbrender').symlink_to(program)
        self.work = tmp / 'work'
        self.work.mkdir()
        (self.work / 'site.yaml').touch()
        self.scripts = {}
        for shell in ('bash', 'zsh', 'fish'):
            path = tmp / f'wbrender.{shell}'
            path.write_text(subprocess.run([program, 'completion', shell], capture_output=True, text=True, check=True).stdout)
            self.scripts[shell] = str(path)
        self.zsh_process = None

    def run(self, *args):
        done = subprocess.run(args, cwd=self.work, env=self.env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS)
        if done.stderr:
            raise RuntimeError(done.stderr)
        return done.stdout.splitlines()

    def bash(self, line):
        return self.run('bash', '--norc', '-c', BASH, 'bash', self.scripts['bash'], line)

    def fish(self, line):
        found = self.run('fish', '--no-config', '-c', 'source $argv[1]; complete -C $argv[2]', self.scripts['fish'], line)
        return [f.split('\t')[0] for f in found]

    def zsh_answer(self, out):
        """What was written to the file before it was done; what the terminal shows meanwhile is read away."""
        end = time.monotonic() + SECONDS
        while '<done>' not in (out.read_text() if out.exists() else ''):
            if time.monotonic() > end:
                raise RuntimeError('zsh does not answer')
            if select.select([self.zsh_process], [], [], 0.02)[0]:
                os.read(self.zsh_process, 65536)
        lines = out.read_text().splitlines()
        out.unlink()
        return lines[:lines.index('<done>')]

    def zsh(self, line):
        out = self.tmp / 'zsh.out'
        if self.zsh_process is None:
            start = self.tmp / '.zshrc'
            start.write_text(ZSH)
            pid, self.zsh_process = pty.fork()
            if pid == 0:
                os.chdir(self.work)
                env = {**self.env, 'ZDOTDIR': str(self.tmp), 'OUT': str(out), 'SCRIPT': self.scripts['zsh']}
                os.execvpe('zsh', ['zsh', '-d', '-i'], env)
            self.zsh_answer(out)
        os.write(self.zsh_process, line.encode() + b'\t\x18')
        return self.zsh_answer(out)

    def close(self):
        if self.zsh_process is not None:
            os.close(self.zsh_process)


def helps(program):
    """From --help: the commands, and of each its options, those with a value, and their choices."""
    def said(*args):
        return subprocess.run([program, *args, '--help'], capture_output=True, text=True, check=True).stdout
    found = {}
    for line in said().split('\ncommands:\n')[1].split('\n\n')[0].splitlines():
        name = line.split()[0]
        options = re.findall(r'^ +(?:-\w, )?(--[\w-]+)(?: (\S+))?', said(name).split('\noptions:\n')[1], re.M)
        found[name] = {option: value for option, value in options}
    return found


def names():
    """All fields of the profile without lists and free names, down to four names, from the schema."""
    tree, found = json.loads((ROOT / 'schemas' / 'site-profile.schema.json').read_text()), set()

    def walk(schema, path):
        if '$ref' in schema:
            walk(tree['definitions'][schema['$ref'].split('/')[-1]], path)
        for name, inner in schema.get('properties', {}).items():
            found.add('.'.join([*path, name]))
            if len(path) < 3:
                walk(inner, [*path, name])
        for part in [p for k in ('allOf', 'anyOf', 'oneOf') for p in schema.get(k, [])]:
            walk(part, path)
        for key in ('items', 'additionalProperties'):
            if isinstance(schema.get(key), dict):
                walk(schema[key], path)
    walk(tree, [])
    return found | {f'platform.{p}' for p in tree['properties']['platform']['enum']}


def expected(program):
    """Command lines, and what must be offered behind them: exactly, or (a set in a tuple) among others."""
    table = helps(program)
    yield 'wbrender ', (set(table),)
    yield 'wbrender ex', {'explain'}
    yield 'wbrender --v', {'--version'}
    for command, options in table.items():
        yield f'wbrender {command} --', set(options)
        for option, value in options.items():
            if '|' in value:
                yield f'wbrender {command} {option} ', set(value.split('|'))
                yield f'wbrender {command} {option}=', set(value.split('|'))
    rules = json.loads(subprocess.run([program, 'explain', 'rules', '--format', 'json'], capture_output=True, text=True, check=True).stdout)
    yield 'wbrender explain ', names() | {r['id'] for r in rules} | {'fields', 'rules'}
    yield 'wbrender explain openshift.', {n for n in names() if n.startswith('openshift.')}
    yield 'wbrender schema ', {'profile', 'values', 'report'}
    yield 'wbrender schema --output x p', {'profile'}
    yield 'wbrender completion ', {'bash', 'zsh', 'fish'}
    yield 'wbrender lint --format s', {'sarif'}
    yield 'wbrender lint --max-findings ', set()


def files(shells, shell):
    """Files are offered where files are wanted. What bash then does by itself is not asked."""
    for line in ('wbrender lint si', 'wbrender values --output si', 'wbrender values -o si', 'wbrender values si', 'wbrender lint --fix si'):
        found = getattr(shells, shell)(line)
        if found != ([] if shell == 'bash' else ['site.yaml']):
            yield f'{line!r}: {found}'
    if shell == 'bash' and '-o default -F _wbrender wbrender' not in pathlib.Path(shells.scripts['bash']).read_text():
        yield 'no fallback to files'


def offers(shells, shell, program):
    for line, wanted in expected(program):
        if shell == 'fish' and line.endswith('='):
            # fish shows the whole word
            found = {w.removeprefix(line.split()[-1]) for w in getattr(shells, shell)(line)}
        else:
            found = {w.strip() for w in getattr(shells, shell)(line)}
        if shell == 'fish' and line.endswith(' --'):
            found = {w for w in found if w.startswith('--')}
        among = isinstance(wanted, tuple)
        wanted = wanted[0] if among else wanted
        if among and not wanted <= found or not among and found != wanted:
            yield f'{line!r}: lacks {sorted(wanted - found)[:10]}, has {sorted(found - wanted)[:10]}'


def formats(program):
    """Each format that is offered is one of lint's."""
    with tempfile.TemporaryDirectory() as tmp:
        path = pathlib.Path(tmp) / 'v.yaml'
        path.write_text('uid: 1000\n')
        script = subprocess.run([program, 'completion', 'bash'], capture_output=True, text=True, check=True).stdout
        words = re.search(r"--format\) _wbrender_words '(text json[^']*)'", script.split('\n\tlint)')[1])[1].split()
        shown = subprocess.run([program, 'lint', '--format', 'none', str(path)], capture_output=True, text=True).stderr
        for word in words:
            done = subprocess.run([program, 'lint', '--format', word, str(path)], capture_output=True, text=True)
            if done.returncode != 0 or word not in shown:
                yield f'{word}: {done.stderr or shown}'


def main():
    program, bad, number = str(pathlib.Path(sys.argv[1]).resolve()), 0, 0
    print('1..7')
    with tempfile.TemporaryDirectory() as tmp:
        shells = Shells(program, pathlib.Path(tmp))
        cases = [(f'{shell} offers what --help and the schema say', lambda s=shell: offers(shells, s, program)) for shell in ('bash', 'zsh', 'fish')]
        cases += [(f'{shell} offers files where files are wanted', lambda s=shell: files(shells, s)) for shell in ('bash', 'zsh', 'fish')]
        cases.append(('the formats that are offered are those of lint', lambda: formats(program)))
        for title, case in cases:
            number += 1
            lacking = [s for s in ('bash', 'zsh', 'fish') if title.startswith(s) and not shutil.which(s)]
            problems = [f'{s} is not installed: scripts/setup' for s in lacking] or list(case())
            print(f'{"not ok" if problems else "ok"} {number} - {title}')
            for problem in problems[:20]:
                print(f'#   {problem}')
            bad += bool(problems)
        shells.close()
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
