# SPDX-License-Identifier: Apache-2.0
"""Random Kubernetes-like objects in random YAML styles, for the property test."""
import json
import random
import re

WORDS = ('api', 'web', 'größe', '日本', '🚀go', 'a b', 'x:y', 'true', 'null', 'on', '0644', '1e3', '~', '', '2024-01-01', '12:30', 'it\'s', '"q"', '#no',
         'a #b', '- x', '{{x}}', '*a', '&b', '!t', '%', '@', '`', 'k: v', 'tab\tin', ' lead', 'trail ', 'back\\slash', '<<', '=', '?', '-', 'yes', 'n')
TEXTS = ('one\ntwo\n', 'one\ntwo', 'keep\n\n\n', '  deep\nflat\n', 'a\n\nb\n', '#!/bin/sh\nset -eu\n', '{"a": 1}\n', 'ünï\ncödé 🎈\n', 'x: y\n# no comment\n')
KINDS = (('v1', 'ConfigMap'), ('v1', 'Service'), ('v1', 'Secret'), ('v1', 'Pod'), ('apps/v1', 'Deployment'), ('apps/v1', 'StatefulSet'),
         ('batch/v1', 'Job'), ('batch/v1', 'CronJob'), ('v1', 'PodTemplate'), ('acme.example/v1', 'Deployment'), ('argoproj.io/v1alpha1', 'Rollout'))
LABELS = ('app', 'acme.example/a', 'tier', 'y', '8080')


def random_render(rnd):
    """A profile's render rules; their keys partly meet what the objects have."""
    def some(n, values):
        return {k: rnd.choice(values) for k in rnd.sample(LABELS + ('acme.example/b', 'zone'), rnd.randint(0, n))}
    values = ('a', 'true', '1', '', 'v1.2', 'on')
    texts = (*values, 'with blank', 'Zoë: "x" #1', 'one\ntwo\n', '日本 🚀', '~', 'no', '- x', 'back\\slash', "it's", '0x1F', '{a: b}')
    render = {'labels': some(2, values), 'annotations': some(2, texts), 'podLabels': some(1, values), 'podAnnotations': some(1, texts)}
    if rnd.random() < 0.3:
        render['inherit'] = False
    if rnd.random() < 0.3:
        render['conflict'] = rnd.choice(('keep', 'overwrite', 'fail'))
    return render


class Writer:
    """Writes data in a style that the random source chooses; features: which oddities may occur."""

    def __init__(self, rnd, features):
        self.rnd, self.features = rnd, features
        self.step = rnd.choice((2, 2, 4, 3, 1))
        self.indentless = rnd.random() < 0.5
        self.anchors, self.names = [], 0

    def maybe(self, chance, feature=None):
        return (feature is None or feature in self.features) and self.rnd.random() < chance

    # --- objects

    def words(self, n):
        return {self.rnd.choice(('k', 'name', 'größe', 'data key', 'x.y', 'on it')) + str(i): self.value(1) for i in range(n)}

    def value(self, depth):
        pick = self.rnd.random()
        if depth > 0 and pick < 0.12:
            return [self.value(depth - 1) for _ in range(self.rnd.randint(0, 3))]
        if depth > 0 and pick < 0.2:
            return self.words(self.rnd.randint(0, 2))
        if pick < 0.3:
            return self.rnd.choice((None, 1, True, 0, 3.5))
        return self.rnd.choice(TEXTS if pick < 0.5 else WORDS)

    def labels(self):
        if self.maybe(0.3, 'null'):
            return self.rnd.choice((None, {}))
        return {k: self.rnd.choice(('a', 'b', 'true', '1', 'on', *(TEXTS if self.maybe(0.1) else ()))) for k in self.rnd.sample(LABELS, self.rnd.randint(1, 3))}

    def metadata(self, named=True):
        if self.maybe(0.2, 'null'):
            return self.rnd.choice((None, {}))
        parts = [('name', self.rnd.choice(('web', 'größe', 'x-1')))] * named
        parts += [(k, self.labels()) for k in ('labels', 'annotations') if self.rnd.random() < 0.6]
        if self.maybe(0.2):
            parts.append(('finalizers', ['a/b', 'c']))
        self.rnd.shuffle(parts)
        return dict(parts)

    def object(self):
        api, kind = self.rnd.choice(KINDS)
        pod = {'spec': {'containers': [{'name': 'c', 'args': ['-x', self.value(0)], 'image': 'a/b:1'}]}}
        if self.maybe(0.8):
            pod = dict(self.rnd.sample([*pod.items(), ('metadata', self.metadata(False))], 2))
        spec = {'replicas': 2, 'selector': {'matchLabels': {'app': 'a'}} if self.maybe(0.2) else {}, 'template': pod}
        if kind == 'CronJob':
            spec = {'schedule': '* * * * *', 'jobTemplate': {'metadata': self.metadata(), 'spec': spec}}
        parts = [('apiVersion', api), ('kind', kind)]
        if self.maybe(0.95):
            parts.append(('metadata', self.metadata()))
        if kind in ('ConfigMap', 'Secret', 'Service'):
            parts.append(('data', self.words(self.rnd.randint(0, 4))))
        elif kind == 'PodTemplate':
            parts.append(('template', pod))
        else:
            parts.append(('spec', pod['spec'] if kind == 'Pod' else spec))
        if self.maybe(0.3):
            self.rnd.shuffle(parts)
        return dict(parts)

    def document(self):
        if self.maybe(0.1, 'documents'):
            return self.rnd.choice(('# only a comment\n', '\n', '', '{}\n', 'just: data\n', '- a\n- kind: Pod\n'))
        if self.maybe(0.2, 'list'):
            kind = self.rnd.choice(('List', 'ConfigMapList', 'DeploymentList'))
            top = {'apiVersion': 'v1', 'kind': kind, 'metadata': self.metadata(), 'items': [self.object() for _ in range(self.rnd.randint(0, 3))]}
        else:
            top = self.object()
        self.anchors = []
        if self.maybe(0.3, 'json'):
            return json.dumps(top, ensure_ascii=self.rnd.random() < 0.1, indent=self.rnd.choice((None, 2, 4))) + '\n'
        if self.maybe(0.1, 'flow'):
            return self.flow(top, 0) + '\n'
        lines = [self.comment(0)] if self.maybe(0.2) else []
        return '\n'.join(lines + self.map(top, 0)) + '\n'

    def stream(self):
        """The documents as (separator and text); joined they are the stream."""
        n = self.rnd.randint(1, 4) if 'documents' in self.features else 1
        parts = []
        for i in range(n):
            head = self.rnd.choice(('---\n', '---\n', '--- # a comment\n', '---\n# Source: a/b.yaml\n')) if i or self.maybe(0.5) else ''
            if not i and self.maybe(0.1, 'documents'):
                head = '%YAML 1.1\n# a directive\n---\n'
            parts.append(head + self.document() + ('...\n' if self.maybe(0.1, 'documents') else ''))
        return parts

    # --- text

    def comment(self, col):
        return self.rnd.choice(('', ' ' * col + '# größer: {a}', ' ' * self.rnd.randint(0, col) + '#x', '# ---', ' ' * (col + self.rnd.randint(1, 7)) + '#x',
                                ' ' * (col + 9)))

    def end(self):
        return self.rnd.choice(('  # note: größe', ' #', '   ')) if self.maybe(0.1) else ''

    def key(self, key):
        if re.fullmatch('[A-Za-zö./ -][A-Za-z0-9öß./ -]*', key) and key not in ('y', 'n', 'on') and self.rnd.random() < 0.85:
            return key
        return json.dumps(key, ensure_ascii=False) if self.rnd.random() < 0.5 else "'" + key.replace("'", "''") + "'"

    def scalar(self, value, flow, col):
        if value is None:
            return self.rnd.choice(('null', '~', 'Null'))
        if not isinstance(value, str):
            return json.dumps(value)
        pick = self.rnd.random()
        if pick < 0.5 and re.fullmatch('[a-z][A-Za-z0-9äöüß./-]*( [a-z]+)*', value) and value not in ('true', 'null', 'on', 'yes', 'n', 'y'):
            return value.replace(' ', f'\n{" " * (col + 2)}', 1) if self.maybe(0.3, 'wrap') and not flow else value
        if pick < 0.75 and not re.search('[\n\t]', value) and not flow and not value.startswith(' ') and not value.endswith(' '):
            quoted = "'" + value.replace("'", "''") + "'"
            return re.sub('(?<=[a-z]) (?=[a-z])', f'\n{" " * (col + 1)}', quoted) if self.maybe(0.3, 'wrap') else quoted
        return json.dumps(value, ensure_ascii=self.rnd.random() < 0.1 and all(ord(c) < 0x10000 for c in value))

    def flow(self, value, col):
        if isinstance(value, dict) and value:
            sep = self.rnd.choice((', ', ', ', ',\n' + ' ' * (col + 2)))
            colon = self.rnd.choice((': ', ':  '))
            return '{' + self.rnd.choice(('', ' ')) + sep.join(
                self.key(k) + ('' if v is None and self.maybe(0.2, 'null') else colon + self.flow(v, col + 2)) for k, v in value.items()) + self.rnd.choice(('', ' ', ',')) + '}'
        if isinstance(value, list) and value:
            return '[' + ', '.join(self.flow(v, col + 2) for v in value) + ']'
        if isinstance(value, (dict, list)):
            return self.rnd.choice(('{}', '{ }') if isinstance(value, dict) else ('[]', '[ ]'))
        return self.scalar(value, True, col)

    def block_scalar(self, value, col):
        """A literal or folded scalar's header and lines, or None where its text does not allow one."""
        body, tail = value.rstrip('\n'), len(value) - len(value.rstrip('\n'))
        if not body or re.search(r'[ \t](\n|$)', body) or '\r' in body:
            return None
        hint = str(self.step) if body.startswith(' ') or self.maybe(0.2) else ''
        chomp = '-' if tail == 0 else '+' if tail > 1 else self.rnd.choice(('', '+'))
        style = '>' if '\n' not in body and self.maybe(0.3) else '|'
        lines = [' ' * (col + self.step) + line if line else '' for line in body.split('\n')] + [''] * max(0, tail - 1)
        if chomp in ('', '-') and self.maybe(0.2):
            lines += ['']
        return f'{style}{hint}{chomp}' if self.maybe(0.5) else f'{style}{chomp}{hint}', lines

    def entry(self, value, col, in_list):
        """What follows 'key:' or '-' as (rest of the line, further lines)."""
        if 'anchors' in self.features and isinstance(value, (dict, str)) and value:
            same = [name for name, kept in self.anchors if kept == value]
            if same and self.rnd.random() < 0.7:
                return f' *{same[-1]}', []
            if self.rnd.random() < 0.25:
                self.names += 1
                prop = f'a{self.names}'
                found = self.plain_entry(value, col, in_list, ' &' + prop)
                self.anchors.append((prop, value))
                return found
        return self.plain_entry(value, col, in_list, '')

    def plain_entry(self, value, col, in_list, prop):
        if self.maybe(0.2, 'tags') and isinstance(value, (dict, list, str)):
            tag = ' !!' + {dict: 'map', list: 'seq', str: 'str'}[type(value)]
            prop = tag + prop if self.maybe(0.5) else prop + tag
        if value is None:
            return self.rnd.choice(('', '', ' ~', ' null', ' ')) + self.end(), []
        if isinstance(value, (dict, list)) and (not value or self.maybe(0.15, 'flow')):
            return f'{prop} {self.flow(value, col)}{self.end()}', []
        if isinstance(value, dict):
            if in_list and not prop and self.maybe(0.7):
                lines = self.map(value, col + 2, plain_first=True)
                return ' ' + lines[0][col + 2:], lines[1:]
            return prop + self.end(), self.map(value, col + self.step)
        if isinstance(value, list):
            if in_list and not prop:
                lines = self.list(value, col + 2)
                return ' ' + lines[0][col + 2:], lines[1:]
            return prop + self.end(), self.list(value, col if self.indentless and not in_list else col + self.step)
        block = self.block_scalar(value, col) if isinstance(value, str) and self.maybe(0.6 if '\n' in value else 0.1) else None
        if block:
            return f'{prop} {block[0]}', block[1]
        return f'{prop} {self.scalar(value, False, col)}{self.end()}', []

    def map(self, value, col, plain_first=False):
        lines, pad = [], ' ' * col
        if self.maybe(0.2, 'merge') and self.anchors:
            found = [name for name, kept in self.anchors if isinstance(kept, dict)]
            lines += [f'{pad}{self.rnd.choice(("<<", "!!merge <<"))}: *{found[-1]}'] if found and not plain_first else []
        for key, item in value.items():
            if lines and self.maybe(0.08):
                lines.append(self.comment(col))
            if self.maybe(0.1, 'explicit') and (lines or not plain_first):
                rest, more = self.entry(item, col, True) if isinstance(item, str) else (' ' + self.flow(item, col), [])
                lines += [f'{pad}? {self.key(key)}', f'{pad}:{rest}', *more]
                continue
            rest, more = self.entry(item, col, False)
            lines += [f'{pad}{self.key(key)}:{rest}', *more]
            if self.maybe(0.03, 'duplicate'):
                lines.append(f'{pad}{self.key(key)}: {self.flow(item, col)}')
        return lines

    def list(self, value, col):
        lines = []
        for item in value:
            if lines and self.maybe(0.08):
                lines.append(self.comment(col))
            rest, more = self.entry(item, col, True)
            lines += [f'{" " * col}-{rest}', *more]
        return lines


FEATURES = {
    'block style': [], 'flow style': ['flow'], 'JSON': ['json', 'flow', 'list'], 'nothing there': ['null', 'flow'], 'several documents': ['documents', 'null'],
    'Lists': ['list', 'null', 'flow'], 'wrapped scalars': ['wrap'], 'explicit keys': ['explicit', 'null'], 'anchors': ['anchors', 'flow', 'list'],
    'tags': ['tags', 'anchors', 'flow', 'null'], 'merge keys': ['anchors', 'merge', 'null'], 'keys given twice': ['duplicate', 'null'],
    'all at once': ['flow', 'json', 'null', 'documents', 'list', 'wrap', 'explicit', 'anchors', 'merge', 'duplicate', 'tags'],
}
ENDS = {'LF': '\n', 'CRLF': '\r\n', 'CR': '\r', 'NEL': '\x85', 'LS': '\u2028'}


def dress(parts, rnd_seed, ends):
    """The stream's bytes: line ends, BOM, final newline."""
    rnd = random.Random(rnd_seed)
    text = ''.join(parts)
    final, bom = rnd.random() < 0.7, rnd.random() < 0.1
    if not final:
        text = text.rstrip('\n') if rnd.random() < 0.5 else text[:-1]
    return ('\ufeff' * bom + text.replace('\n', ENDS[ends])).encode()
