#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The rules of lint, as TAP: each finds its bad example and not its good one, none finds fault with the examples, all are in the manual.

usage: tests/rules.py PROGRAM [-u]
  -u  write man/wbrender-rules.7 anew from the program's table"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / 'man/wbrender-rules.7'
HEADER = 'apiVersion: wbrender/v1\nkind: SiteProfile\n'
FIRST = {'hostname': 'workbench.acme.example', 'uid': '1000'}


def lint(program, *files):
    done = subprocess.run([program, 'lint', '--format', 'json', *files], capture_output=True, text=True, timeout=60)
    return json.loads(done.stdout)['findings']


def is_of(finding, rule):
    """whether it is the rule's own, or one of another layer that reports it"""
    return rule['id'] in (finding['rule'], finding.get('explain'))


def of_kube(rule):
    """whether it is of the second table, on any manifests"""
    return rule['id'].startswith('kube/')


def profile(lines):
    """An example as a whole profile."""
    first = ''.join(f'{key}: {value}\n' for key, value in FIRST.items() if not re.search(rf'^{key}:', lines, re.M))
    return HEADER + first + lines + '\n'


def examples(program, rules, folder):
    """a rule finds its bad example, and not its good one, which has no error at all"""
    forms = {'profile': profile, 'values': lambda lines: profile(lines).removeprefix(HEADER)}
    for rule in rules:
        for file in [f for f in forms if rule[f]]:
            # values have these in another form, in golden cases
            if file == 'values' and 'resourceProfiles' in rule['bad']:
                continue
            before = folder / 'before.yaml'
            before.write_text(forms[file](rule.get('before', '')))
            for sort in ('bad', 'good'):
                path = folder / f'{rule["id"]}-{file}-{sort}.yaml'
                path.write_text(forms[file](rule[sort]))
                found = lint(program, path, *([f'--previous={before}'] if 'before' in rule else []))
                if (sort == 'bad') != any(is_of(f, rule) for f in found):
                    yield f'{path.name}: {"not found" if sort == "bad" else "found"}'
                others = [f for f in found if f['level'] == 'error' and (file != 'values' or f['rule'].startswith('schema'))]
                for other in others:
                    if sort == 'good' or not is_of(other, rule):
                        yield f'{path.name}: {other["rule"]}: {other["message"]}'


def manifests(program, rules, folder):
    """a rule of manifests finds its bad example at its level, and nothing is found in its good one"""
    for rule in rules:
        # an example is a profile's wherever the rule looks at profiles
        if not rule['manifests'] or rule['profile'] or 'bad' not in rule:
            continue
        bad, good = folder / 'bad.yaml', folder / 'good.yaml'
        bad.write_text(rule['bad'] + '\n')
        good.write_text(rule['good'] + '\n')
        found = {(f['rule'], f['level']) for f in lint(program, bad)}
        if found != {(rule['id'], rule['level'])}:
            yield f'{rule["id"]}: {sorted(found)}'
        for f in (f for f in lint(program, good) if f['level'] != 'note'):
            yield f'{rule["id"]}: in the good example: {f["message"]} [{f["rule"]}]'


def quiet(program, rules, folder):
    """no rule finds fault with the example profiles"""
    files = sorted((ROOT / 'examples').glob('*.yaml'))
    if len(files) < 8:
        yield f'only {len(files)} examples'
    for f in lint(program, *files):
        yield f'{f["file"]}:{f["line"]}: {f["message"]} [{f["rule"]}]'


def golden(program, rules, folder):
    """each rule has a golden case of its own"""
    for rule in rules:
        case = ROOT / 'testdata/lint' / rule['id'].lower().replace('/', '-')
        codes = '|'.join(re.escape(code).replace(r'\*', '.*') for code in [rule['id'], *rule['reportedAs']])
        out = (case / 'out').read_text() if (case / 'out').exists() else ''
        makes, start = (case / 'cmd', '') if 'bad' not in rule else (case / 'bad.yaml', 'bad')
        if not makes.exists() or not re.search(rf'^{start}.*\[({codes})\]$', out, re.M):
            yield f'{case.relative_to(ROOT)}: no bad.yaml that it finds'
        elif re.search(rf'^good.*\[({codes})\]$', out, re.M) or ('good' in rule and not (case / 'good.yaml').exists()):
            yield f'{case.relative_to(ROOT)}: no good.yaml that it leaves alone'


def order(program, rules, folder):
    """ids are in order, titles and sources there"""
    ids = [rule['id'] for rule in rules if not of_kube(rule)]
    if ids != sorted(set(ids)) or not all(re.fullmatch(r'WB\d{3}', i) for i in ids):
        yield 'ids'
    ids = [rule['id'] for rule in rules if of_kube(rule)]
    if len(ids) != len(set(ids)) or not all(re.fullmatch(r'kube/[a-z0-9-]+', i) for i in ids):
        yield 'ids of manifests'
    for rule in rules:
        if not all(rule.get(key, of_kube(rule)) for key in ('title', 'why', 'bad', 'good', 'source')) or rule['title'].endswith('.'):
            yield rule['id']


def mdoc(rules):
    def text(s):
        return re.sub(r"^([.'])", r'\\&\1', s.replace('\\', '\\e'), flags=re.M)

    def example(r):
        before = f'# before\n{text(r["before"])}\n' if 'before' in r else ''
        return f'''.Bd -literal -compact
{before}# wrong
{text(r['bad'])}
# right
{text(r['good'])}
.Ed
''' if 'bad' in r else ''

    def codes(r):
        return f'Reported as {", ".join(r["reportedAs"])}.\n' if r['reportedAs'] else ''

    def items(of_manifests):
        return ''.join(f'''.It Cm {r['id']} Pq {r['level']}{" or warning" if r["milder"] else ""}
{text(r['title'])}.
{text(r['why'])}
{example(r)}{codes(r)}Source: {text(r['source'])}.
''' for r in rules if of_kube(r) == of_manifests)
    head, rest = PAGE.read_text().split('.Bl -tag', 1)
    second = re.search(r'^\.Sh MANIFESTS\n.*?(?=^\.Bl -tag)', rest, re.M | re.S)[0]
    return f'{head}.Bl -tag -width Ds\n{items(False)}.El\n{second}.Bl -tag -width Ds\n{items(True)}.El\n.Sh SEE ALSO\n.Xr wbrender 1 ,\n.Xr wbrender-profile 5\n'


def manual(program, rules, folder):
    """wbrender-rules(7) is made from the table (-u makes it)"""
    if PAGE.read_text() != mdoc(rules):
        yield 'it differs'


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    listed = subprocess.run([program, 'explain', '--format', 'json'], capture_output=True, text=True, check=True)
    rules = json.loads(listed.stdout)
    if '-u' in sys.argv[2:]:
        PAGE.write_text(mdoc(rules))
        return 0
    parts = (order, examples, manifests, quiet, golden, manual)
    print(f'1..{len(parts)}')
    bad = 0
    with tempfile.TemporaryDirectory() as tmp:
        for number, part in enumerate(parts, 1):
            wrong = list(part(program, rules, pathlib.Path(tmp)))
            bad += bool(wrong)
            print('not ok' if wrong else 'ok', number, '-', part.__doc__)
            for line in wrong:
                print('#  ', line)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
