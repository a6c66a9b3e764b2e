#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The house rules for the source, as TAP: who includes whom, which file may use what, how long and how headed a file is.

usage: tests/house.py [PROJECT]
Each rule is first shown a small wrong project that it must find fault with, and then the real one."""
import pathlib
import re
import sys

STOREYS = ['base', 'yaml', 'schema', 'kube', 'helm', 'report', 'site', 'cmd']
LINES_MAX = 500
# A foreign header, and in how many files of src/ it may stand.
HOMES = {'yaml.h': 1, 'libfyaml.h': 2, 'pcre2.h': 1, 'archive.h': 1, 'zlib.h': 1}
PLUGIN = 'integrations/helm4/wbrender/plugin.yaml'
BANNED = ('strcpy strncpy stpcpy strcat strncat sprintf vsprintf gets atoi atol atoll atof strtok strtok_r alloca strdupa '
          'scanf sscanf fscanf tmpnam mktemp').split()
# Functions that take care to use: all of a family in one file.
FAMILIES = {'text to integer': 'strtol strtoul strtoll strtoull strtoimax strtoumax'.split()}


class Project:
    """The text of each file by its path, and the C files in the order of meson.build."""

    def __init__(self, files):
        self.files = files
        self.order = re.findall(r"'(src/[\w/.-]+\.c)'", files.get('meson.build', ''))
        self.source = {p: t for p, t in files.items() if p.startswith('src/') and p.endswith(('.c', '.h'))}
        self.code = {p: plain(t) for p, t in self.source.items()}

    @classmethod
    def read(cls, root):
        paths = [root / 'meson.build', root / PLUGIN]
        for folder in ('src', 'tests', 'scripts', 'testdata', 'fuzz', '.ci'):
            paths += [p for p in sorted((root / folder).rglob('*')) if p.is_file() and ours(p.relative_to(root))]
        return cls({str(p.relative_to(root)): p.read_text('utf-8') for p in paths})

    def includes(self, path, form):
        """The names that a file includes, with the line each stands in: form is '"' or '<'."""
        for number, line in enumerate(self.source[path].splitlines(), 1):
            m = re.match(r'\s*#\s*include\s*(["<])([^">]+)', line)
            if m and m[1] == form:
                yield number, m[2]

    def rank(self, path, seen=()):
        """A file's place: that of its C file in meson.build; a header without C file stands with the highest that it includes, or at -1."""
        c = re.sub(r'\.h$', '.c', path)
        if c in self.order:
            return self.order.index(c)
        if path in seen or path not in self.source or not path.endswith('.h'):
            return -1
        beside = ['src/' + name for _, name in self.includes(path, '"') if storey('src/' + name) == storey(path)]
        return max((self.rank(b, (*seen, path)) for b in beside), default=-1)


def ours(path):
    """Whether the heading rules hold for a file: C, Python and scripts, but not golden cases and those of fuzzing."""
    if path.parts[:2] == ('fuzz', 'cases'):
        return False
    if path.parts[0] == 'testdata':
        return len(path.parts) == 2 and path.suffix in ('', '.sh', '.py')
    return path.suffix in ('', '.c', '.h', '.sh', '.py') and '__pycache__' not in path.parts


def plain(text):
    """C without comments and without the insides of literals, line for line."""
    def blank(m):
        s = m[0]
        return '\n' * s.count('\n') if s.startswith('/') else s[0] + s[0]
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, text, flags=re.S)


def storey(path):
    """The number of the storey that a path of src/ stands in, None for src/main.c and unknown folders."""
    parts = path.split('/')
    return STOREYS.index(parts[1]) if len(parts) > 2 and parts[1] in STOREYS else None


def downward(project):
    """a file includes only from its own storey and those below"""
    for path in project.source:
        for line, name in project.includes(path, '"'):
            to = 'src/' + name
            if to not in project.source:
                if name != 'embedded.h':
                    yield f'{path}:{line}: no file src/{name}; headers are named from src/'
            elif path == 'src/main.c':
                continue
            elif storey(path) is None:
                yield f'{path}: stands in no storey'
            elif storey(to) is None or storey(to) > storey(path):
                yield f'{path}:{line}: {name} is above it'


def ordered(project):
    """within a storey a file includes only what stands before it in meson.build"""
    for path in project.source:
        for line, name in project.includes(path, '"'):
            to = 'src/' + name
            same_module = re.sub(r'\.[ch]$', '', path) == re.sub(r'\.h$', '', to)
            if to not in project.source or storey(to) is None or storey(to) != storey(path) or same_module:
                continue
            bare = path.endswith('.h') and re.sub(r'\.h$', '.c', path) not in project.source
            if not bare and project.rank(to) >= 0 and project.rank(to) >= project.rank(path):
                yield f'{path}:{line}: {name} does not stand before it in meson.build'


def acyclic(project):
    """no circle of headers"""
    done, way, found = set(), [], []

    def visit(path):
        if path in way:
            found.append(' -> '.join(way[way.index(path):] + [path]))
        elif path not in done:
            way.append(path)
            for _, name in project.includes(path, '"'):
                if 'src/' + name in project.source:
                    visit('src/' + name)
            done.add(way.pop())
    for path in project.source:
        visit(path)
    yield from found


def listed(project):
    """meson.build lists every C file of src/ once, storey by storey"""
    for path in project.source:
        if path.endswith('.c') and path not in project.order:
            yield f'{path}: not in meson.build'
    last = 0
    for path in project.order:
        if path not in project.source:
            yield f'meson.build: {path} does not exist'
        if project.order.count(path) > 1:
            yield f'meson.build: {path} twice'
        here = len(STOREYS) if path == 'src/main.c' else storey(path)
        if here is None:
            yield f'{path}: stands in no storey'
        elif here < last:
            yield f'meson.build: {path} stands after a higher storey'
        else:
            last = here


def short(project):
    """no file is longer than 500 lines"""
    for path, text in project.files.items():
        if path != 'meson.build' and text.count('\n') > LINES_MAX:
            yield f'{path}: {text.count(chr(10))} lines'


def homes(project):
    """a foreign library's header stands in its home only"""
    for header, most in HOMES.items():
        users = [p for p in project.source if any(name == header for _, name in project.includes(p, '<'))]
        if len(users) > most:
            yield f'<{header}> stands in {", ".join(users)}: at most {most} wanted'
        for path in users:
            if path.endswith('.h'):
                yield f'{path}: <{header}> in a header'


def banned(project):
    """no banned function, and the functions that turn text into integers in one file"""
    word = re.compile(r'(?<![\w.>])(' + '|'.join(BANNED) + r')\s*\(')
    for path, code in project.code.items():
        for number, line in enumerate(code.splitlines(), 1):
            for m in word.finditer(line):
                yield f'{path}:{number}: {m[1]}'
    for family, names in FAMILIES.items():
        use = re.compile(r'(?<![\w.>])(' + '|'.join(names) + r')\s*\(')
        users = [p for p, code in project.code.items() if use.search(code)]
        if len(users) > 1:
            yield f'{family}: used in {", ".join(users)}: one file wanted'


def headed(project):
    """a file begins with the licence and one sentence that says its duty"""
    for path, text in project.files.items():
        if path == PLUGIN:
            continue
        lines = [line for line in text.splitlines() if not line.startswith('#!')]
        if len(lines) < 2 or not re.fullmatch(r'(/\*|#) SPDX-License-Identifier: Apache-2\.0( \*/)?', lines[0]):
            yield f'{path}: no SPDX line at its head'
            continue
        start = '\n'.join(lines[1:12])
        if path != 'meson.build' and not re.match(r'(/\* |# |r?""")[A-Za-z][^\n]*(\n( \* ?|   |# |[^#\n])[^\n]*)*?[.:]( \*/|\n|"""|$| [A-Z])', start):
            yield f'{path}: no sentence under the SPDX line: {lines[1]!r}'


def guarded(project):
    """a header's guard is named after its path"""
    for path, text in project.source.items():
        if path.endswith('.h'):
            guard = 'WBRENDER_' + re.sub(r'\W', '_', path[len('src/'):]).upper()
            lines = [line for line in project.code[path].splitlines() if line.strip()]
            if lines[:2] != [f'#ifndef {guard}', f'#define {guard}'] or lines[-1].strip() != '#endif':
                yield f'{path}: guard {guard} wanted'


def versioned(project):
    """the Helm plugin has the project's version"""
    has = [re.search(pattern, project.files[path], re.M) for path, pattern in
           (('meson.build', r"^\s*version: '([\w.-]+)',$"), (PLUGIN, r'^version: (\S+)$'))]
    if not all(has) or has[0][1] != has[1][1]:
        yield f'meson.build: {has[0] and has[0][1]}, {PLUGIN}: {has[1] and has[1][1]}'


HEAD = '/* SPDX-License-Identifier: Apache-2.0 */\n/* Does a thing. */\n'
BUILD = "# SPDX-License-Identifier: Apache-2.0\n\tversion: '1.2.3',\nfiles('src/base/a.c', 'src/base/b.c', 'src/yaml/c.c', 'src/main.c')\n"


def header(path, body=''):
    guard = 'WBRENDER_' + re.sub(r'\W', '_', path).upper()
    return f'{HEAD}#ifndef {guard}\n#define {guard}\n{body}#endif\n'


def sample(**changed):
    """A small right project with some files put in its place: a__b_c is src/a/b.c, meson its meson.build."""
    files = {'meson.build': BUILD, PLUGIN: 'version: 1.2.3\n', 'src/main.c': HEAD + '#include "yaml/c.h"\n'}
    for path in ('base/a', 'base/b', 'yaml/c'):
        files[f'src/{path}.c'] = f'{HEAD}#include "{path}.h"\n'
        files[f'src/{path}.h'] = header(path + '.h')
    for name, text in changed.items():
        path = 'meson.build' if name == 'meson' else 'src/' + name.replace('__', '/')[:-2] + '.' + name[-1]
        files[path] = text
    return Project(files)


WRONG = {
    downward: [sample(base__a_c=HEAD + '#include "yaml/c.h"\n'), sample(base__a_c=HEAD + '#include "a.h"\n'),
               sample(other__x_h=header('other/x.h', '#include "base/a.h"\n'))],
    ordered: [sample(base__a_c=HEAD + '#include "base/b.h"\n'), sample(base__a_h=header('base/a.h', '# include "base/b.h"\n')),
              sample(base__bare_h=header('base/bare.h', '#include "base/b.h"\n'), base__a_c=HEAD + '#include "base/bare.h"\n')],
    acyclic: [sample(base__x_h=header('base/x.h', '#include "base/y.h"\n'), base__y_h=header('base/y.h', '#include "base/x.h"\n'))],
    listed: [sample(yaml__new_c=HEAD), sample(meson=BUILD.replace("'src/base/b.c', 'src/yaml/c.c'", "'src/yaml/c.c', 'src/base/b.c'")),
             sample(meson=BUILD.replace('src/base/b.c', 'src/base/gone.c')), sample(meson=BUILD.replace("'src/base/a.c'", "'src/base/a.c', 'src/base/a.c'"))],
    short: [sample(base__a_c=HEAD + '\n' * LINES_MAX)],
    homes: [sample(base__a_c=HEAD + '#include <yaml.h>\n', base__b_c=HEAD + '#include <yaml.h>\n'),
            sample(base__a_h=header('base/a.h', '#include <pcre2.h>\n'))],
    banned: [sample(base__a_c=HEAD + 'int x(void) { return atoi("1"); }\n'), sample(base__a_c=HEAD + 'strcpy (a, b);\n'),
             sample(base__a_c=HEAD + 'strtol(s, 0, 10);\n', base__b_c=HEAD + 'strtoull(s, 0, 10);\n')],
    headed: [sample(base__a_c='/* Does a thing. */\n'), sample(base__a_c=HEAD.replace('Does a thing.', 'a thing')),
             sample(base__a_c=HEAD.split('\n')[0] + '\n#include "base/a.h"\n')],
    versioned: [sample(meson=BUILD.replace('1.2.3', '1.2.4')), sample(meson=BUILD.replace('version', 'v'))],
    guarded: [sample(base__a_h=header('base/b.h')), sample(base__a_h=HEAD + '#pragma once\n')],
}


def main(argv):
    root = pathlib.Path(argv[1] if len(argv) > 1 else pathlib.Path(__file__).resolve().parent.parent)
    real, right, number, bad = Project.read(root), sample(), 0, 0
    print(f'1..{2 * len(WRONG) + 1}')

    def tell(good, name, comments=()):
        nonlocal number, bad
        number += 1
        bad += not good
        print(f'{"ok" if good else "not ok"} {number} - {name}')
        for c in () if good else comments:
            print(f'#   {c}')
    tell(len(real.source) > 20, 'the source is there', [f'{len(real.source)} files in src/'])
    for rule, wrongs in WRONG.items():
        blind = [f'sample {i} passes' for i, wrong in enumerate(wrongs) if not list(rule(wrong))]
        tell(not blind and not list(rule(right)), f'{rule.__doc__}: finds what is wrong', blind + list(rule(right)))
        found = sorted(rule(real))
        tell(not found, rule.__doc__, found)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv))
