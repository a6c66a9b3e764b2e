#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The documents against the program, as TAP: manual and --help, manual and schema, findings, limits; every example is run.

usage: tests/manual.py PROGRAM [-u]
HELM3 and HELM4 name the two Helms that the examples call; where not set, build/tools has them (scripts/setup).
  -u  write what the README's commands print into the README; review the git diff"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MAN = {name: (ROOT / 'man' / name).read_text() for name in ('wbrender.1', 'wbrender-profile.5')}
README = ROOT / 'README.md'
SCHEMA = json.loads((ROOT / 'schemas' / 'site-profile.schema.json').read_text())
NEEDED = ['examples', 'integrations', 'man', 'meson.build', 'meson_options.txt', 'schemas', 'scripts', 'src']
SECONDS = 120


def run(program, *args):
    done = subprocess.run([program, *args], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS)
    return done.stdout


# --- mdoc

def words(line):
    """An mdoc line of text as the words that a reader sees."""
    line = re.sub(r'\bF[l] -(\w[\w-]*)', r'--\1', line)
    line = re.sub(r'\bFl (\w)', r'-\1', line)
    line = re.sub(r'\b(No|Ar|Ns|Cm|Oo|Ql)\b ?', '', line).replace(r'\&', '').replace(' Oc', ']')
    return line.strip()


def sections(text, macro='Sh'):
    """The sections of a page, or the subsections of one: title to lines."""
    found, title = {}, None
    for line in text.splitlines():
        m = re.match(rf'\.{macro} (.*)', line)
        if m:
            title = m[1]
            found[title] = []
        elif title is not None:
            found[title].append(line)
    return {t: '\n'.join(lines) for t, lines in found.items()}


PAGE = sections(MAN['wbrender.1'])
FIELDS = sections(MAN['wbrender-profile.5'])


def items(text, macro):
    """The entries of a list: what stands behind .It MACRO, with the lines under it."""
    found, at = [], None
    for line in text.splitlines():
        m = re.match(rf'\.It {macro} (.*)', line)
        if m:
            found.append((m[1], []))
            at = found[-1][1]
        elif re.match(r'\.(It|El|S[hs])\b', line):
            at = None
        elif at is not None:
            at.append(line)
    return found


def literals(text):
    """The literal displays of a text, as they are shown."""
    found = re.findall(r'^\.Bd -literal[^\n]*\n(.*?)^\.Ed', text, re.M | re.S)
    return [re.sub(r'\\(e|&)', lambda m: '\\' if m[1] == 'e' else '', block) for block in found]


# --- the manual and --help

def optional(text):
    """.Op x and .Oo x Oc as [x]."""
    text = re.sub(r'\bOo (.*?) Oc', r'[\1]', text)
    return words(re.sub(r'\bOp (\w+ \S+)', r'[\1]', text))


def usage_of(text):
    return [line.removeprefix('usage:').strip() for line in re.match(r'usage:.*(\n +wbrender.*)*', text)[0].splitlines()]


def help_options(text):
    """The option table of a --help: '-o, --output FILE' and the like."""
    table = text.split('\noptions:\n')[1].split('\n\n')[0]
    return sorted(re.sub(r'  .*', '', line.strip()) for line in table.splitlines() if re.match(r'\s+-', line))


def man_options(text):
    return sorted(words('Fl ' + name).replace(' ,', ',') for name, _ in items(text, 'Fl'))


def synopsis(program):
    """the SYNOPSIS is the usage of --help"""
    lines, shown = [], []
    for line in PAGE['SYNOPSIS'].splitlines():
        if line == '.Nm':
            lines.append(['wbrender'])
        else:
            lines[-1].append(optional(line[1:]))
    for parts in lines:
        shown.append(re.sub(r'([<>]) ', r'\1', ' '.join(parts)))
    wanted = usage_of(run(program, '--help'))
    if shown != wanted:
        yield f'{shown}, --help has {wanted}'


def commands(program):
    """the COMMANDS of the manual are those of --help, in its order, with their usage and summary"""
    table = run(program, '--help').split('\ncommands:\n')[1].split('\n\n')[0]
    wanted = [tuple(line.strip().split(None, 1)) for line in table.splitlines()]
    found = sections(PAGE['COMMANDS'], 'Ss')
    titles = [optional(title) for title in found]
    if [t.split()[1] for t in titles] != [name for name, _ in wanted]:
        yield f'{titles}, --help has {wanted}'
        return
    for (name, summary), title, text in zip(wanted, titles, found.values()):
        usage = usage_of(run(program, name, '--help'))
        if [title] != usage:
            yield f'{title!r}, --help has {usage}'
        if text.splitlines()[0].rstrip('.').lower() != summary.lower():
            yield f'{name}: {text.splitlines()[0]!r}, --help has {summary!r}'


def options(program):
    """every option of --help stands in the manual, and no other, with its value"""
    found = {title.split()[1]: man_options(text) for title, text in sections(PAGE['COMMANDS'], 'Ss').items()}
    found[None] = man_options(PAGE['DESCRIPTION'])
    for name, shown in found.items():
        wanted = help_options(run(program, *([name] if name else []), '--help'))
        if shown != wanted or not wanted:
            yield f'{name or "wbrender"}: {shown}, --help has {wanted}'


# --- the manual and the source

def sources(suffix):
    return {p: p.read_text() for p in sorted((ROOT / 'src').rglob('*' + suffix))}


def codes(program):
    """the findings of the manual are those of the source"""
    listed = [code.strip() for names, _ in items(PAGE['FINDINGS'], 'Cm') for code in names.split(' , ')]
    families = {code.split('/')[0] for code in listed if '/' in code}
    text = '\n'.join(re.sub(r'/\*.*?\*/|#include[^\n]*', '', t, flags=re.S) for t in sources('.c').values())
    used = {code for code in re.findall(r'"([a-z]+/[a-z-]+)"', text) if code.split('/')[0] in families}
    used |= set(re.findall(r'(?:diag_add|append)\([^"]*?DIAG_\w+, "([^"]+)"', text))
    for code in sorted(used ^ set(listed)):
        yield f'{code}: {"not in the source" if code in listed else "not in the manual"}'
    for code in {c for c in listed if listed.count(c) > 1}:
        yield f'{code}: listed twice'


def limits(program):
    """the LIMITS of the manual have the values of the headers"""
    headers = '\n'.join(re.sub(r'/\*.*?\*/', '', t, flags=re.S) for t in sources('.h').values())
    defined = {}
    for name, value in re.findall(r'\b([A-Z]\w*_MAX) = ([^,}\n]+)', headers):
        if name in defined:
            yield f'{name}: defined twice'
        defined[name] = value.strip()
    listed = items(PAGE['LIMITS'], 'Dv')
    if not listed:
        yield 'none is listed'
    for name, _ in listed:
        name, value = name.split(' No = ')
        found = defined.get(name, '')
        m = re.fullmatch(r'(\d+)(?: << (\d+))?', found)
        if not m or int(m[1]) << int(m[2] or 0) != int(value):
            yield f'{name} = {value}, the headers have {found or "nothing"}'
    unreachable = {'POD_PATH_MAX', 'CANON_DEPTH_MAX', 'PATCH_COLUMN_MAX', 'PATCH_RULES_MAX'}            # by any input
    for name in sorted(set(defined) - unreachable - {n.split()[0] for n, _ in listed}):
        yield f'{name}: not in the manual'


def environment(program):
    """the ENVIRONMENT of the manual is what the source asks for"""
    listed = {name for name, _ in items(PAGE['ENVIRONMENT'], 'Ev')}
    used = set(re.findall(r'getenv\("(\w+)"\)', '\n'.join(sources('.c').values())))
    for name in sorted(listed ^ used):
        yield f'{name}: {"not in the source" if name in listed else "not in the manual"}'


# --- the profile and its schema

def has_fields(schema):
    return 'properties' in schema or any(has_fields(s) for k in ('allOf', 'anyOf') for s in schema.get(k, []))


def type_name(name):
    return name[0].upper() + name[1:]


TYPES = [name for name, schema in SCHEMA['definitions'].items() if has_fields(schema)]


def fields(schema, at=''):
    """Every field of a schema with its path. What a definition with fields of its own has is told once, under its name."""
    if '$ref' in schema:
        name = schema['$ref'].split('/')[-1]
        if name not in TYPES:
            yield from fields(SCHEMA['definitions'][name], at)
        return
    for name, inner in schema.get('properties', {}).items():
        path = f'{at}.{name}' if at else name
        yield path, inner, name in schema.get('required', [])
        yield from fields(inner, path)
    for key in ('allOf', 'anyOf'):
        for part in schema.get(key, []):
            yield from fields(part, at)
    for key, step in (('items', '[]'), ('additionalProperties', '.NAME')):
        if isinstance(schema.get(key), dict):
            yield from fields(schema[key], at + step)


def default_text(value):
    """A default as the manual writes it."""
    if value in ('', [], {}):
        return 'empty'
    if isinstance(value, dict):
        return '{' + ', '.join(f'{k}: {v}' for k, v in value.items()) + '}'
    return value if isinstance(value, str) else json.dumps(value)


def types_of(schema):
    """Words that the manual must have for the type of a field."""
    if schema.get('type') in ('boolean', 'integer'):
        return [{'boolean': 'boolean', 'integer': 'whole number'}[schema['type']]]
    return [choice or 'nothing' for choice in schema.get('enum', [])] + ([schema['const']] if 'const' in schema else [])


def profile(program):
    """wbrender-profile(5) has every field of the schema, and no other, with its type and default"""
    wanted = {path: (schema, required) for path, schema, required in fields({**SCHEMA, 'definitions': {}})}
    for name in TYPES:
        wanted |= {path: (schema, required) for path, schema, required in fields(SCHEMA['definitions'][name], type_name(name))}
    listed = items(FIELDS['FIELDS'] + '\n' + FIELDS['TYPES'], 'Ic')
    names = [name for name, _ in listed]
    for name in sorted(set(wanted) ^ set(names)):
        yield f'{name}: {"not in the schema" if name in names else "not in the manual"}'
    for name in {n for n in names if names.count(n) > 1}:
        yield f'{name}: twice'
    for before, name in zip(names, names[1:]):
        parent = name.rpartition('.')[0].removesuffix('[]')
        if parent in names and not (before == parent or before.startswith((parent + '.', parent + '['))):
            yield f'{name}: stands behind {before}, not below {parent}'
    for name, lines in listed:
        schema, required = wanted.get(name, ({}, False))
        text = ' '.join(re.sub(r'^\.(Ql|Em) "?|" *|\\&', '', line) for line in lines)
        text = re.sub(r' ([,.;])', r'\1', text)
        stated = re.search(r'\bdefault (\{.*?\}|[^ ,]+?)[.,](?= |$)', text)
        default = default_text(schema['default']) if 'default' in schema else None
        if (stated and stated[1]) != default:
            yield f'{name}: default {stated and stated[1]}, the schema has {default}'
        if bool(re.search(r'; required[.,]', text)) != required:
            yield f'{name}: {"" if required else "not "}required by the schema'
        for word in types_of(schema):
            if word not in text:
                yield f'{name}: {word!r} is not in: {text}'


def profiles(program):
    """the profiles shown in wbrender-profile(5) are right"""
    shown = [block for block in literals(MAN['wbrender-profile.5']) if 'kind: SiteProfile' in block]
    if len(shown) < 2:
        yield f'{len(shown)} shown'
    for text in shown:
        for args in (['lint', '-'], ['values', '-']):
            done = subprocess.run([program, *args], input=text, capture_output=True, text=True, timeout=SECONDS)
            if done.returncode or done.stderr or (args[0] == 'lint' and done.stdout):
                yield f'wbrender {args[0]}: exit status {done.returncode}'
                yield from (done.stdout + done.stderr).splitlines()[:10]


def mandoc(program):
    """mandoc finds nothing wrong with the pages"""
    done = subprocess.run(['mandoc', '-T', 'lint', '-W', 'warning', *(str(ROOT / 'man' / name) for name in MAN)],
                          capture_output=True, text=True, timeout=SECONDS)
    yield from (done.stdout + done.stderr).splitlines()
    if done.returncode:
        yield f'exit status {done.returncode}'


# --- the examples

class Place:
    """A copy of the project in which commands are run, with the program and both Helms on PATH."""

    def __init__(self, program, tmp):
        self.folder, bin_ = tmp / 'wbrender', tmp / 'bin'
        self.folder.mkdir()
        bin_.mkdir()
        (tmp / 'home').mkdir()
        for name in NEEDED:
            from_ = ROOT / name
            (shutil.copytree if from_.is_dir() else shutil.copy)(from_, self.folder / name)
        helms = {n: os.environ.get(f'HELM{n}') or str(ROOT / 'build' / 'tools' / f'helm{n}') for n in '34'}
        for name, to in {'wbrender': program, 'helm': helms['3'], 'helm3': helms['3'], 'helm4': helms['4']}.items():
            (bin_ / name).symlink_to(pathlib.Path(to).resolve())
        keep = {k: v for k, v in os.environ.items() if k.endswith('SAN_OPTIONS')}
        self.env = {**keep, 'PATH': f'{bin_}:{os.environ["PATH"]}', 'HOME': str(tmp / 'home'), 'LC_ALL': 'C.UTF-8', 'KUBECONFIG': '/nonexistent'}

    def shell(self, script):
        """(exit status, what was printed): the commands stop at the first that fails."""
        done = subprocess.run(['sh', '-eu', '-c', script], cwd=self.folder, env=self.env, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=SECONDS)
        return done.returncode, done.stdout


def transcript(text):
    """The commands of a transcript, each with what it prints: '$ command', its lines ended by '\\', output."""
    found, more = [], False
    for line in text.splitlines(keepends=True):
        if line.startswith('$ '):
            found.append([line[2:], ''])
        else:
            found[-1][0 if more else 1] += line
        more = (more or line.startswith('$ ')) and line.endswith('\\\n')
    return found


def examples(program):
    """the EXAMPLES of wbrender(1) work"""
    script = ''.join(command for block in literals(PAGE['EXAMPLES']) for command, _ in transcript(block))
    if script.count('wbrender ') < 3:
        yield 'too few'
    with tempfile.TemporaryDirectory() as tmp:
        code, said = Place(program, pathlib.Path(tmp)).shell(script)
        if code:
            yield f'exit status {code}'
            yield from said.splitlines()[:20]


FENCE = re.compile(r'^```(\w+) (\S+)\n(.*?)^```$', re.M | re.S)


def readme(program, update=False):
    """the README's commands work and print what it says: ```yaml NAME is a file, ```console run a transcript, ```sh run commands"""
    text, ran = README.read_text(), 0
    with tempfile.TemporaryDirectory() as tmp:
        place = Place(program, pathlib.Path(tmp))
        for m in list(FENCE.finditer(text)):
            language, name, block = m.groups()
            if language == 'yaml':
                (place.folder / name).write_text(block)
            elif (language, name) == ('sh', 'run'):
                code, said = place.shell(block)
                ran += 1
                if code:
                    yield f'exit status {code}: {block!r}'
                    yield from said.splitlines()[:20]
            elif (language, name) == ('console', 'run'):
                new = ''
                for command, wanted in transcript(block):
                    code, said = place.shell(command)
                    ran += 1
                    new += f'$ {command}{said}'
                    if said != wanted and not update:
                        yield f'{command!r} prints'
                        yield from said.splitlines()
                if update:
                    text = text.replace(m[0], f'```console run\n{new}```')
            else:
                yield f'a block of the kind {language} {name}'
    if ran < 5:
        yield f'{ran} commands run'
    if update:
        README.write_text(text)


def version(program):
    """README, NEWS and the program have the version of meson.build"""
    stated = re.search(r"^\s*version: '([\w.-]+)',$", (ROOT / 'meson.build').read_text(), re.M)[1]
    for path, form in ((README, 'Version {},'), (ROOT / 'NEWS.md', '({})\n')):
        if form.format(stated) not in path.read_text():
            yield f'{path.name}: no {form.format(stated)!r}'
    if run(program, '--version') != f'wbrender {stated}\n':
        yield f'wbrender --version: {run(program, "--version")!r}'


def links(program):
    """the files that the documents link to are there"""
    for path in (README, ROOT / 'CONTRIBUTING.md', ROOT / 'NEWS.md'):
        for to in re.findall(r'\]\(([^)#:]+)\)', path.read_text()):
            if not (ROOT / to).exists():
                yield f'{path.name}: no {to}'


CASES = [synopsis, commands, options, codes, limits, environment, profile, profiles, mandoc, examples, readme, version, links]


def main(argv):
    program = str(pathlib.Path(argv[1]).resolve())
    if argv[2:] == ['-u']:
        for text in readme(program, update=True):
            print(text, file=sys.stderr)
        return 0
    bad = 0
    print(f'1..{len(CASES)}')
    for number, case in enumerate(CASES, 1):
        try:
            wrong = list(case(program))
        except Exception as e:                                  # the case could not be decided, so it failed
            wrong = [f'{type(e).__name__}: {e}']
        bad += bool(wrong)
        print(f'{"not ok" if wrong else "ok"} {number} - {case.__doc__}')
        for text in wrong:
            print(f'#   {text}')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv))
