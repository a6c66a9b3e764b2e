# SPDX-License-Identifier: Apache-2.0
"""Values with a large schema, real or made, and other programs that check the one against the other."""
import json
import pathlib
import random
import shutil
import subprocess

import peers

REAL = ('cert-manager', 'bitnami-mlflow')
PYTHON = """
import json, sys, yaml, jsonschema
schema = json.load(open(sys.argv[1]))
values = yaml.load(open(sys.argv[2]), getattr(yaml, 'CSafeLoader', yaml.SafeLoader))
kind = jsonschema.validators.validator_for(schema, default=jsonschema.Draft202012Validator)
kind.check_schema(schema)
sys.exit(1 if list(kind(schema).iter_errors(values)) else 0)
"""
AJV = """
const fs = require('fs'), [schema, values] = process.argv.slice(2);
const text = JSON.parse(fs.readFileSync(schema, 'utf8'));
const Ajv = /draft-0[67]/.test(text.$schema || '') ? require('ajv') : require('ajv/dist/2020');
const ajv = new Ajv({strict: false, allErrors: true, validateFormats: false, logger: false});
process.exit(ajv.compile(text)(require('js-yaml').load(fs.readFileSync(values, 'utf8'))) ? 0 : 1);
"""


def made(sections, seed=1):
    """A schema of some 120 KB and values of some 1,700 lines that fit it."""
    rng, properties, values = random.Random(seed), {}, {}
    for number in range(sections):
        name = f'component{number}'
        fields = {f'{word}{i}': {'type': kind, 'default': default, 'description': f'The {word} number {i} of {name}, for those who need another one.'}
                  for i in range(4) for word, kind, default in (('size', 'integer', 3), ('name', 'string', 'main'), ('enabled', 'boolean', True))}
        properties[name] = {'type': 'object', 'additionalProperties': False, 'properties': {
            **fields, 'labels': {'type': 'object', 'additionalProperties': {'type': 'string'}}, 'ports': {'type': 'array', 'items': {'$ref': '#/$defs/port'}}}}
        values[name] = {**{key: field['default'] for key, field in fields.items()}, 'labels': {'app': name, 'tier': rng.choice(['front', 'back'])},
                        'ports': [rng.randrange(1024, 65536) for _ in range(4)]}
    schema = {'$schema': 'https://json-schema.org/draft/2020-12/schema', 'type': 'object', 'properties': properties, 'additionalProperties': False,
              '$defs': {'port': {'type': 'integer', 'minimum': 1, 'maximum': 65535}}}
    lines = []
    for name, section in values.items():
        lines.append(f'# {name}')
        lines.append(f'{name}:')
        for key, value in section.items():
            if isinstance(value, dict):
                lines += [f'  {key}:', *(f'    {k}: {v}' for k, v in value.items())]
            elif isinstance(value, list):
                lines += [f'  {key}:', *(f'    - {item}' for item in value)]
            else:
                lines.append(f'  {key}: {json.dumps(value)}')
    return json.dumps(schema, indent=2), '\n'.join(lines) + '\n'


def charts(folder, shared):
    """Charts without templates: name to folder."""
    found = {}
    for name in REAL:
        source = shared / name
        if (source / 'values.schema.json').is_file():
            found[name] = folder / name
            shutil.copytree(source, found[name], ignore=shutil.ignore_patterns('cases', '*.json.gz'))
    found['made'] = folder / 'made'
    found['made'].mkdir()
    schema, values = made(62)
    (found['made'] / 'values.schema.json').write_text(schema)
    (found['made'] / 'values.yaml').write_text(values)
    (found['made'] / 'Chart.yaml').write_text('apiVersion: v2\nname: made\nversion: 1.0.0\n')
    for chart in found.values():
        (chart / 'templates').mkdir(exist_ok=True)
        (chart / 'templates/none.yaml').write_text('{{/* nothing */}}\n')
    return found


def others(root, folder):
    """Name to a function from a chart's folder to a command, or to why it is not measured."""
    found = {}
    for name in ('helm4', 'helm3'):
        helm = peers.program(root, name)
        found[f'{name} lint'] = (lambda chart, helm=helm: [helm, 'lint', str(chart)]) if helm else f'no {name}: scripts/setup gets one'
    script = folder / 'check.py'
    script.write_text(PYTHON)
    good = peers.said('python3', '-c', 'import jsonschema, yaml; print(1)')
    found['python3-jsonschema'] = ((lambda chart: ['python3', str(script), str(chart / 'values.schema.json'), str(chart / 'values.yaml')]) if good
                                   else 'no python3-jsonschema: scripts/setup gets it')
    modules = root / 'build/tools/ajv'
    script_js = modules / 'check.js'
    if (modules / 'node_modules/ajv').is_dir() and shutil.which('node'):
        script_js.write_text(AJV)
        found['ajv'] = lambda chart: ['node', str(script_js), str(chart / 'values.schema.json'), str(chart / 'values.yaml')]
    else:
        found['ajv'] = "not installed: 'scripts/bench --peers' gets it from the npm registry"
    return found


def install(root):
    """Gets ajv and js-yaml from the npm registry."""
    modules = pathlib.Path(root) / 'build/tools/ajv'
    if (modules / 'node_modules/ajv').is_dir():
        return
    modules.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(['npm', 'install', '--silent', '--no-fund', '--no-audit', '--prefix', str(modules), 'ajv@8', 'js-yaml@4'],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        problem = done.stderr.strip().splitlines()[-1:] if done.returncode else []
    except OSError as e:
        problem = [str(e)]
    for line in problem:
        print(f'bench: ajv could not be installed: {line}', flush=True)
