#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The schemas and what is made of them, as TAP: every property is described, and 'wbrender explain' tells the truth of every field.

usage: tests/fields.py PROGRAM"""
import json
import pathlib
import subprocess
import sys

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCHEMAS = {word: json.loads((ROOT / 'schemas' / f'{name}.schema.json').read_text())
           for word, name in (('profile', 'site-profile'), ('values', 'workbench-values'), ('report', 'report'))}
FILES = {'profile': 'site-profile', 'values': 'workbench-values', 'report': 'report'}
HEADER = {'apiVersion': 'wbrender/v1', 'kind': 'SiteProfile', 'hostname': 'workbench.acme.example', 'uid': 1000}
SECONDS = 60


def run(program, *args, text=''):
    return subprocess.run([program, *args], input=text, capture_output=True, text=True, timeout=SECONDS)


def schemas(tree, at='#'):
    """Every schema inside a schema, with its pointer; conditions are left out, for they only repeat names."""
    yield at, tree
    for key in ('properties', 'definitions', 'patternProperties'):
        for name, inner in tree.get(key, {}).items():
            yield from schemas(inner, f'{at}/{key}/{name}')
    for key in ('items', 'additionalProperties', 'propertyNames'):
        if isinstance(tree.get(key), dict):
            yield from schemas(tree[key], f'{at}/{key}')
    for key in ('allOf', 'anyOf', 'oneOf'):
        for i, inner in enumerate(tree.get(key, [])):
            yield from schemas(inner, f'{at}/{key}/{i}')


def properties(tree):
    """Every property that is described, with its pointer."""
    for at, schema in schemas(tree):
        if 'if' not in schema or 'properties' in schema:
            for name, inner in schema.get('properties', {}).items():
                yield f'{at}/properties/{name}', inner


def described(program):
    """every property of every schema has a title, a description and examples"""
    for word, tree in SCHEMAS.items():
        count = 0
        for at, schema in properties(tree):
            count += 1
            for key in ('title', 'description', 'examples'):
                if not schema.get(key):
                    yield f'{word}: {at} lacks {key!r}'
            title, description = schema.get('title', 'T'), schema.get('description', 'D.')
            if title[0] == title[0].lower() or title.endswith('.'):
                yield f'{word}: {at}: title {title!r}'
            if not description.endswith('.') or '  ' in description or '\n' in description:
                yield f'{word}: {at}: description {description!r}'
        if count < 25:
            yield f'{word}: only {count} properties'


def self_contained(program):
    """the schemas are draft-07, refer to nothing outside, and hold their own examples and defaults"""
    for word, tree in SCHEMAS.items():
        if tree['$schema'] != 'http://json-schema.org/draft-07/schema#':
            yield f'{word}: $schema is {tree["$schema"]}'
        jsonschema.Draft7Validator.check_schema(tree)
        text = json.dumps(tree)
        for ref in {r.split('"')[0] for r in text.split('"$ref": "')[1:]}:
            if not ref.startswith('#/definitions/') or ref.split('/')[-1] not in tree['definitions']:
                yield f'{word}: refers to {ref}'
        for name in tree['definitions']:
            if f'"#/definitions/{name}"' not in text:
                yield f'{word}: nothing refers to {name}'
        for at, schema in properties(tree):
            judge = jsonschema.Draft7Validator({**schema, 'definitions': tree['definitions']})
            for value in [*schema.get('examples', []), *([schema['default']] if 'default' in schema else [])]:
                for error in judge.iter_errors(value):
                    yield f'{word}: {at}: {value!r}: {error.message}'


def printed(program):
    """'wbrender schema' prints the files, byte for byte"""
    for word, name in FILES.items():
        done = subprocess.run([program, 'schema', word], capture_output=True, timeout=SECONDS)
        if done.returncode or done.stderr or done.stdout != (ROOT / 'schemas' / f'{name}.schema.json').read_bytes():
            yield f'{word}: {done.returncode} {done.stderr!r}, {len(done.stdout)} bytes'


# --- explain

def target(schema):
    return SCHEMAS['profile']['definitions'][schema['$ref'].split('/')[-1]]


def fields(schema, at='', depth=0):
    """Every field of the profile, by the path that the manual has for it."""
    if '$ref' in schema:
        yield from fields(target(schema), at, depth)
    for name, inner in schema.get('properties', {}).items():
        path = f'{at}.{name}' if at else name
        yield path, inner
        if depth < 8:
            yield from fields(inner, path, depth + 1)
    for key in ('allOf', 'anyOf', 'oneOf'):
        for part in schema.get(key, []):
            yield from fields(part, at, depth)
    for key, step in (('items', '[]'), ('additionalProperties', '.NAME')):
        if isinstance(schema.get(key), dict):
            yield from fields(schema[key], at + step, depth)


FIELDS = dict(fields(SCHEMAS['profile']))


def explained(program, name):
    done = run(program, 'explain', name, '--format', 'json')
    return json.loads(done.stdout) if done.returncode == 0 else {'field': done.stderr}


def explain_all(program):
    """'wbrender explain' finds every field by its full name and tells the schema's own words and values"""
    if len(FIELDS) < 200:
        yield f'only {len(FIELDS)} fields'
    for path, schema in FIELDS.items():
        said = explained(program, path)
        for key, wanted in (('field', path), ('title', schema['title']), ('description', schema['description']),
                            ('default', schema.get('default')), ('examples', schema['examples'])):
            if said.get(key) != wanted:
                yield f'{path}: {key} is {said.get(key)!r}, the schema has {wanted!r}'


def explain_names(program):
    """lists and free names may be left out, numbered, or written as in a pointer"""
    for path in FIELDS:
        ways = (path.replace('[]', '').replace('.NAME', ''), path.replace('[]', '[0]').replace('NAME', 'any'),
                '/' + path.replace('[]', '/0').replace('.', '/').replace('NAME', 'any'))
        name = ways[len(path) % len(ways)]
        found = explained(program, name)['field']
        if found != path:
            yield f'{name}: {found}, {path} is wanted'


def put(path, value):
    """The map in which a value stands at a path."""
    for name in reversed(path.split('.')):
        value = {('default' if name == 'NAME' else name.removesuffix('[]')): [value] if name.endswith('[]') else value}
    return value


def get(data, path):
    for name in path.split('.'):
        data = data[name] if isinstance(data, dict) and name in data else None
    return data


def merged(into, other):
    for key, value in other.items():
        into[key] = merged(dict(into[key]), value) if isinstance(into.get(key), dict) and isinstance(value, dict) else value
    return into


def where_it_goes(program):
    """what 'wbrender explain' says of where a field goes is what 'wbrender values' does"""
    plain = yaml.safe_load(run(program, 'values', '-', text=json.dumps(HEADER)).stdout)
    seen = {'key': 0, 'elsewhere': 0}
    for path, schema in FIELDS.items():
        # a part of a Kubernetes object is not complete by itself; a platform sets others
        if '[]' in path or 'Affinity' in path or '.volume.' in path or path in ('apiVersion', 'kind', 'platform'):
            continue
        goes = explained(program, path)['goesTo']
        example = schema['examples'][0]
        if path.startswith('keycloak.truststore_password'):
            example, path = 'changeit', 'keycloak.truststore_password'
        elif path == 'keycloak':
            example = {**example, 'truststore_password': 'changeit'}
        done, around = None, path
        # where it does not do alone, as the example of what is around it has it
        while around and (not done or done.returncode):
            profile = merged(dict(HEADER), put(around, example))
            done = run(program, 'values', '-', text=json.dumps(profile))
            around = around.rpartition('.')[0]
            example = FIELDS[around]['examples'][0] if around in FIELDS else None
        values = yaml.safe_load(done.stdout)
        if done.returncode:
            yield f'{path}: {profile}: {done.stderr.splitlines()[0]}'
        elif goes.startswith('values.yaml: the key'):
            seen['key'] += 1
        elif goes.startswith('values.yaml: '):
            seen['key'] += 1
            to = goes.removeprefix('values.yaml: ').split(',')[0]
            if get(values, to) is None:
                yield f'{path}: goes to {to}, which is not there: {values}'
        elif goes.startswith('values.yaml, '):
            seen['key'] += 1
            if values == plain:
                yield f'{path}: goes to {goes}, and nothing comes of it'
        else:
            seen['elsewhere'] += 1
            if values != plain:
                yield f'{path}: goes to {goes}, and changes the values: {values}'
    if min(seen.values()) < 20:
        yield f'too few: {seen}'


def rules(program):
    """every rule on profiles is told under some field, and under a field that its bad example sets"""
    listed = json.loads(run(program, 'explain', 'rules', '--format', 'json').stdout)
    by_field = {f['field']: f['rules'] for f in json.loads(run(program, 'explain', 'fields', '--format', 'json').stdout)}
    anywhere = {'WB002', 'WB004', 'WB063', 'WB064'}         # looks at every key, every text, every pattern
    for rule in listed:
        if rule['id'] in anywhere or not rule['profile']:
            continue
        keys = set(yaml.safe_load(rule['bad']) or {})
        if not any(rule['id'] in found for field, found in by_field.items() if field.split('.')[0].split('[')[0] in keys):
            yield f'{rule["id"]} is told under no field of {sorted(keys)}'


CASES = [described, self_contained, printed, explain_all, explain_names, where_it_goes, rules]


def main():
    program, bad = str(pathlib.Path(sys.argv[1]).resolve()), 0
    print(f'1..{len(CASES)}')
    for number, case in enumerate(CASES, 1):
        problems = list(case(program))
        print(f'{"not ok" if problems else "ok"} {number} - {case.__doc__.splitlines()[0]}')
        for problem in problems[:30]:
            print(f'#   {problem}')
        bad += bool(problems)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
