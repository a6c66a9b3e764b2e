#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Charts and their values, as TAP: what is computed equals what Helm computes, and every verdict is Helm's.

usage: tests/layers.py CHART-RUN WBRENDER [CASES [SEED]]
SHARED names the folder with the large test data, HELM3 and HELM4 the real ones; without one its part is skipped."""
import base64
import concurrent.futures
import csv
import json
import os
import pathlib
import random
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
HELMS = {h: os.environ.get(f'HELM{h}') for h in '34'}
ENV = dict(os.environ, KUBECONFIG='/nonexistent')
TEMPLATE = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  v: {{ toJson .Values | b64enc }}\n'


def run_all(program, what, helm, cases):
    """One line for each case, by a single process for many."""
    lines = []
    for i in range(0, len(cases), 50):
        args = [word for case in cases[i:i + 50] for word in [*case, '--']][:-1]
        done = subprocess.run([program, what, helm, *args], capture_output=True, timeout=600)
        got = done.stdout.decode().splitlines()
        if done.returncode != 0 or done.stderr or len(got) != len(cases[i:i + 50]):
            raise SystemExit(f'Bail out! {program}: {done.returncode} {done.stderr.decode()[:3000]}')
        lines += got
    return lines


def template(helm, case):
    """The values that Helm gives to templates and what it says; None where it refuses."""
    done = subprocess.run([HELMS[helm], 'template', 'x', *case], env=ENV, capture_output=True, timeout=120)
    found = re.search(rb'v: (\S+)', done.stdout)
    return done.returncode, json.loads(base64.b64decode(found[1])) if found else None, done.stderr.decode('utf-8', 'replace')


def templates(helm, cases):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda case: template(helm, case), cases))


def plain(value):
    """All numbers as doubles, as templates have them."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return float(value) if type(value) is int else value


# --- recorded verdicts

def rows(path):
    csv.field_size_limit(1 << 30)
    with open(path, encoding='utf-8', newline='') as f:
        yield from csv.DictReader(f, delimiter='\t', quoting=csv.QUOTE_NONE)


def recorded(folder):
    """(name, arguments, {helm: accepted}) of each case of values-pairs."""
    for row in rows(folder / 'CASES.tsv'):
        chart = folder / row['chart']
        args = [] if row['file'] == 'values.yaml' else ['-f', str(chart / row['file'])]
        yield f"{row['chart']} {row['case']}", [str(chart), *args], {h: row[f'template_h{h}'] == 'accept' for h in '34'}
    for kind in ('micro', 'micro-subcharts'):
        for row in rows(folder / f'{kind}.tsv'):
            args = [str(folder / kind / a) if a.endswith('.yaml') else a for a in shlex.split(row.get('args') or '')]
            yield f"{kind} {row['case']}", [str(folder / kind / row['case']), *args], {h: row[f'h{h}_template'] == '0' for h in '34'}


def corpus(program):
    """every recorded verdict of both Helms on real and crafted charts"""
    if not os.environ.get('SHARED'):
        return 'no shared data'
    cases = list(recorded(pathlib.Path(os.environ['SHARED'], 'corpus/values-pairs')))
    wrong = [] if len(cases) > 300 else [f'only {len(cases)} cases']
    for helm in '34':
        for (name, _, wanted), got in zip(cases, run_all(program, 'verdict', helm, [c[1] for c in cases])):
            if (got == 'accept') != wanted[helm]:
                wrong.append(f'{name}, Helm {helm}: {got}')
    return wrong


# --- our own charts

def own(program):
    """real Helms come to the exit status of each golden case with a chart"""
    if not HELMS['3'] or not HELMS['4']:
        return 'no HELM3 and HELM4'
    wrong, seen = [], 0
    for folder in sorted((ROOT / 'testdata/chart').iterdir()):
        cmd = folder / 'cmd'
        words = shlex.split(cmd.read_text()) if cmd.exists() else []
        # what no Helm decides: usage, limits of ours
        if '--chart' not in words or (folder / 'no-helm').exists():
            continue
        helm = words[words.index('--helm') + 1] if '--helm' in words else '4'
        args = [words[words.index('--chart') + 1]]
        for i, word in enumerate(words):
            if word in ('-f', '--set', '--set-string', '--set-json', '--set-file'):
                args += [word, words[i + 1]]
        wanted = int((folder / 'code').read_text()) if (folder / 'code').exists() else 0
        done = subprocess.run([HELMS[helm], 'template', 'x', *args], cwd=folder, env=ENV, capture_output=True, timeout=120)
        seen += 1
        if (done.returncode == 0) != (wanted == 0):
            wrong.append(f'{folder.name}: exit status {wanted}, Helm {helm} {done.returncode}: {done.stderr.decode()[:200]}')
    return wrong + ([] if seen >= 20 else [f'only {seen} cases'])


# --- generated arguments of --set

PARTS = ('a b m l s z i m.a m.b.c m.b l[0] l[1] l[1].a l[2][0] l[3] x[2].y x[0][1] . [ [0] [-1] [x] [+1] = =1 =0 =007 =-5 =+5 =1.5 =true =NULL =null '
         '= ={ ={} ={a,b} ={1,x } , , \\, \\. \\= { =x ={1,null}, =9223372036854775808 =-0 =TRUE m.b.d=1 z.x=1 z[0]=1 s.x=1 s[0]=1 l.x=2 '
         'l[0].q= l[5].q= é =é ={"a":1} =[1,2] ="x"').split() + ['a b', ' ', '= 1']
JSON_PARTS = ['a=', 'm=', 'l[0]=', 'm.b=', 'x.y=', '1', '1.50', '"s"', '"\\u00e9"', '[1,null]', '{"q":1}', 'null', 'true', ',', ' ,', ' ', 'x',
              '{', '}', '=', '{"a":{"b":2}}', '-0', '1e3']
SET_VALUES = {'l': [1, {'a': 1}, [1, 2]], 'm': {'a': 1, 'b': {'c': 2, 'd': None}}, 's': 'text', 'z': None, 'i': 5}


def set_arguments(rng):
    args = []
    for _ in range(rng.choice([1, 1, 1, 2])):
        kind = rng.choice(['--set', '--set', '--set-string', '--set-json'])
        parts = JSON_PARTS if kind == '--set-json' else PARTS
        args += [kind, ''.join(rng.choice(parts) for _ in range(rng.randint(1, 5)))]
    return args


def write_chart(path, meta, values):
    (path / 'templates').mkdir(parents=True)
    (path / 'Chart.yaml').write_text(json.dumps({'apiVersion': 'v2', 'version': '0.1.0', **meta}))
    (path / 'values.yaml').write_text(json.dumps(values))


def settings(folder, rng, count):
    write_chart(folder / 'set', {'name': 'set'}, SET_VALUES)
    (folder / 'set/templates/v.yaml').write_text(TEMPLATE)
    return [[str(folder / 'set'), *set_arguments(rng)] for _ in range(count)]


# --- generated charts

KEYS = ['a', 'b', 'c', 'global', 'sub', 'al', 'deep', 'tags', 'enabled', 'exports', 'data']
VERSIONS = ['0.1.0', '*', '>=0', '^0.1', '0.x', '>0.1.0', '~0.2', '1.x', '1.0.0-0', '9', '0.1 - 0.2', '<1 || 1.0.0-rc1']
IMPORTS = [['data'], [{'child': 'a', 'parent': 'imported'}, 'x'], [{'child': 'exports.data', 'parent': 'a.b'}],
           [{'child': 'exports', 'parent': '.'}], [{'child': 'global', 'parent': 'global'}]]
CONDITIONS = ['{}.enabled', 'enabled', 'sub.enabled, enabled', 'global.enabled', 'nope,enabled', ' enabled ']
SETS = ['a=null', 'sub.a=null', 'sub.b.c=null', 'global.a=1', 'sub=null', 'al.a=2', 'tags.t1=false', 'enabled=false', 'sub.enabled=true', 'b.c=null',
        'sub.deep.a=null', 'global=null', 'sub.global.b=3']


def some_values(rng, depth):
    values = {}
    for key in rng.sample(KEYS, rng.randint(0, 5)):
        named = key in ('global', 'sub', 'al', 'deep', 'exports', 'tags') and rng.random() < .85
        if named or (rng.random() < .5 and depth > 0):
            values[key] = some_values(rng, depth - 1) if depth > 0 else {}
        else:
            values[key] = rng.choice([None, None, 1, 2, 'x', '', True, False, [1], [{'a': None}], []])
        if key == 'enabled':
            values[key] = rng.choice([True, False, True, 'x', None])
        if key == 'tags' and isinstance(values[key], dict):
            values[key] = {t: rng.choice([True, False, 'no', None]) for t in rng.sample(['t1', 't2'], rng.randint(0, 2))}
    return values


def some_dependency(rng, name):
    found = {'name': name, 'version': rng.choice(VERSIONS)}
    if rng.random() < .4:
        found['alias'] = rng.choice(['al', 'sub', 'a2'])
    if rng.random() < .4:
        found['condition'] = rng.choice(CONDITIONS).format(found.get('alias', name))
    if rng.random() < .3:
        found['tags'] = rng.sample(['t1', 't2', 't3'], 2)
    if rng.random() < .35:
        found['import-values'] = rng.choice(IMPORTS)
    return found


def some_chart(rng, path, name, below, version='0.1.0'):
    dependencies = {}
    for sub in below:
        deeper = ['deep'] if name == 'par' and rng.random() < .6 else []
        some_chart(rng, path / 'charts' / sub, sub, deeper, rng.choice(['0.1.0', '0.2.0', '1.0.0-rc1']))
        for _ in range(rng.choice([0, 1, 1, 1, 1, 2])):
            found = some_dependency(rng, sub)
            dependencies.setdefault(found.get('alias', sub), found)
    old = dependencies and rng.random() < .15
    meta = {'name': name, 'version': version, 'apiVersion': 'v1' if old else 'v2'}
    if dependencies and not old:
        meta['dependencies'] = list(dependencies.values())
    write_chart(path, meta, some_values(rng, 3))
    if old:
        (path / 'requirements.yaml').write_text(json.dumps({'dependencies': list(dependencies.values())}))


def charts(folder, rng, count):
    cases = []
    for i in range(count):
        path = folder / f'chart{i}'
        some_chart(rng, path, 'par', rng.sample(['sub', 'other'], rng.randint(0, 2)))
        (path / 'templates/v.yaml').write_text(TEMPLATE)
        case = [str(path)]
        for k in range(rng.randint(0, 2)):
            (folder / f'{i}.{k}.yaml').write_text(json.dumps(some_values(rng, 3)))
            case += ['-f', str(folder / f'{i}.{k}.yaml')]
        for _ in range(rng.choice([0, 0, 1, 2])):
            case += ['--set', rng.choice(SETS)]
        cases.append(case)
    return cases


def compare(program, make, count, seed):
    if not HELMS['3'] or not HELMS['4']:
        return 'no HELM3 and HELM4'
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        cases = make(pathlib.Path(folder), random.Random(seed), count)
        for helm in '34':
            accepted = 0
            for case, got, (_, wanted, said) in zip(cases, run_all(program, 'values', helm, cases), templates(helm, cases)):
                value = None if got.startswith('error: ') else json.loads(got)
                accepted += wanted is not None
                if plain(value) != plain(wanted):
                    wrong.append(f'Helm {helm} {case[1:]}: {json.dumps(wanted) if wanted is not None else said.strip()[-200:]} is not {got}')
            if not count / 4 < accepted:
                wrong.append(f'Helm {helm} takes only {accepted} of {count}')
    return wrong


def main():
    program, count = sys.argv[1], int(sys.argv[3]) if len(sys.argv) > 3 else 40
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    parts = [(corpus.__doc__, lambda: corpus(program)), (own.__doc__, lambda: own(program)),
             ('--set, --set-string and --set-json give what Helm gives', lambda: compare(program, settings, count, seed)),
             ('the values of generated charts are those that Helm computes', lambda: compare(program, charts, count, seed))]
    failed = False
    print(f'1..{len(parts)}')
    for number, (name, part) in enumerate(parts, 1):
        wrong = part()
        if isinstance(wrong, str):
            print(f'ok {number} - {name} # SKIP {wrong}')
            continue
        failed = failed or bool(wrong)
        print('not ok' if wrong else 'ok', f'{number} - {name}', flush=True)
        for text in wrong[:10]:
            print('#  ', text[:1500].replace('\n', ' '))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
