# SPDX-License-Identifier: Apache-2.0
"""What the post-renderer must make of a text, worked out from Kubernetes' rules and other YAML readers, and the check against what it did."""
import bisect
import codecs
import json
import os
import pathlib
import re
import subprocess
import tempfile

from readers import Leaf, Unreadable, data, difference, is_null, is_string, leaf, trees

PROGRAM = os.environ.get('WBRENDER', 'wbrender')
SECONDS = 120
# The way to the pod template, by kind and group.
TEMPLATES = {
    'Pod': ([], ['']), 'PodTemplate': (['template'], ['']), 'ReplicationController': (['spec', 'template'], ['']),
    'Deployment': (['spec', 'template'], ['apps', 'extensions']), 'ReplicaSet': (['spec', 'template'], ['apps', 'extensions']),
    'DaemonSet': (['spec', 'template'], ['apps', 'extensions']), 'StatefulSet': (['spec', 'template'], ['apps']),
    'Job': (['spec', 'template'], ['batch']), 'CronJob': (['spec', 'jobTemplate', 'spec', 'template'], ['batch']),
    'DeploymentConfig': (['spec', 'template'], ['apps.openshift.io', '']), 'Rollout': (['spec', 'template'], ['argoproj.io']),
}
BREAK = re.compile('\r\n|[\n\r\x85\u2028\u2029]')  # what ends a line to libyaml
BYTES_MAX = 300_000  # larger texts are compared line by line only


class Wrong(Exception):
    """The program did what it must not."""


class Refused(Exception):
    """The rules say that this must be refused."""


# --- what must come out

def text_of(value):
    return value.value if isinstance(value, Leaf) and not is_null(value) else ''


def objects(value, within=None):
    """The objects of a document: itself, or the items of a List."""
    if not isinstance(value, dict):
        return
    kind, api = text_of(value.get('kind')), text_of(value.get('apiVersion'))
    if not (kind and api):
        kind, api = within or ('', '')
    if not kind:
        return
    items = value.get('items')
    if kind.endswith('List') and isinstance(items, list) and not isinstance(items, Leaf):
        for item in items:
            yield from objects(item, (kind[:-4], api))
    else:
        yield kind, api, value


def template(kind, api, value):
    """The pod template as (path, map), or None."""
    path, groups = TEMPLATES.get(kind, ([], []))
    if (api.split('/')[0] if '/' in api else '') not in groups:
        return None
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return (path, value) if value is not None and not is_null(value) else None


def wanted_of(render, pod, inherit=True):
    sets = [('labels', 'annotations')] * inherit + [('podLabels', 'podAnnotations')] * pod
    wanted = {'labels': {}, 'annotations': {}}
    for labels, annotations in sets:
        wanted['labels'].update(render.get(labels) or {})
        wanted['annotations'].update(render.get(annotations) or {})
    return {key: value for key, value in wanted.items() if value}


def mark(owner, wanted, conflict, changed):
    """Sets what is wanted in owner's metadata; notes what is changed as (map, key)."""
    def child(of, key):
        if key not in of or is_null(of[key]):
            of[key] = {}
        if not isinstance(of[key], dict):
            raise Refused(f'{key} is no map')
        return of[key]
    if not isinstance(owner, dict):
        raise Refused('a pod template that is no map')
    if not wanted:
        return
    metadata = child(owner, 'metadata')
    for where, values in wanted.items():
        into = child(metadata, where)
        for key, value in values.items():
            old = into.get(key)
            if isinstance(old, Leaf) and is_string(old) and old.value == value:
                continue
            if old is not None and not isinstance(old, Leaf):
                raise Refused(f'{key} is no text')
            if old is not None and not is_null(old):
                if conflict == 'keep':
                    continue
                if conflict == 'fail':
                    raise Refused(f'{key} is there already')
                changed.append((where, key))
            into[key] = Leaf(None, None, value)


def keys(selector):
    """The label keys that one selector names."""
    if not isinstance(selector, dict):
        return
    parts = {'matchLabels', 'matchExpressions'} & set(selector)
    labels = selector.get('matchLabels') if parts else selector
    if isinstance(labels, dict):
        yield from (k for k, v in labels.items() if isinstance(v, Leaf))
    for item in selector.get('matchExpressions') or []:
        if isinstance(item, dict):
            yield text_of(item.get('key'))


def within(value, *path):
    """What is at a path, through the items of lists."""
    if isinstance(value, list) and not isinstance(value, Leaf):
        for item in value:
            yield from within(item, *path)
    elif not path:
        yield value
    elif isinstance(value, dict):
        yield from within(value.get(path[0]), *path[1:])


def selectors(kind, api, value):
    """The label keys that the selectors of an object name."""
    _, pod = template(kind, api, value) or (None, None)
    ways = [(value, 'spec', 'selector'), (value, 'spec', 'podSelector'), (value, 'spec', 'ingress', 'from', 'podSelector'),
            (value, 'spec', 'egress', 'to', 'podSelector'), (pod, 'spec', 'topologySpreadConstraints', 'labelSelector')]
    for affinity in ('podAffinity', 'podAntiAffinity'):
        ways += [(pod, 'spec', 'affinity', affinity, 'requiredDuringSchedulingIgnoredDuringExecution', 'labelSelector'),
                 (pod, 'spec', 'affinity', affinity, 'preferredDuringSchedulingIgnoredDuringExecution', 'podAffinityTerm', 'labelSelector')]
    for start, *path in ways:
        for selector in within(start, *path):
            yield from keys(selector)


def expect(documents, render):
    """The data of documents with the profile's labels and annotations; Refused where that must not be."""
    changed, selected = [], set()
    for document in documents:
        for kind, api, value in objects(document):
            selected |= set(selectors(kind, api, value))
            there = template(kind, api, value)
            own = there is not None and not there[0]
            conflict = render.get('conflict', 'overwrite')
            mark(value, wanted_of(render, pod=own), conflict, changed)
            if there and not own:
                mark(there[1], wanted_of(render, pod=True, inherit=render.get('inherit', True)), conflict, changed)
    for where, key in changed:
        if where == 'labels' and key in selected:
            raise Refused(f'the label {key} is used by a selector')
    return documents


# --- where in the text

def ways(root, within=None):
    """For each object of a document the maps and values on the way to what may be edited, as nodes of the text."""
    kind, api = (text_of(leaf(n)) if n and n.real().kind == 'scalar' else '' for n in (root.get('kind'), root.get('apiVersion')))
    if not (kind and api):
        kind, api = within or ('', '')
    items = root.get('items')
    if kind.endswith('List') and items and items.real().kind == 'list':
        yield root
        yield items
        for item in items.real().items:
            yield from ways(item, (kind[:-4], api))
        return
    path, _ = TEMPLATES.get(kind, ([], []))
    yield root
    for way in (['metadata'], [*path, 'metadata']):
        node = root
        for key in way:
            node = node.get(key) if node and node.real().kind == 'map' else None
            if node:
                yield node
        for key in ('labels', 'annotations'):
            found = node.get(key) if node and node.real().kind == 'map' else None
            if found:
                yield found
                yield from (value for _, value in found.real().pairs)


def odd(roots, text):
    """True where an alias, an anchor with one, a merge key, a tag or a null without ':' is on the way."""
    for root in roots:
        for node in ways(root):
            null = node.kind == 'scalar' and node.start == node.end
            if node.kind == 'alias' or node.used or node.tag is not None or node.merges() or (node.anchor and node.kind == 'scalar' and is_null(leaf(node))):
                return True
            if null and text[node.start - 1:node.start] != ':':
                return True
            if any(key.kind != 'scalar' for key, _ in node.pairs):
                return True
    return False


def spans(roots, text):
    """The character spans that an edit may change, not only insert into; and those of flow maps."""
    replaced, flow = [], []
    for root in roots:
        for node in ways(root):
            if node.kind in ('scalar', 'alias') and node.end > node.start:
                replaced.append((node.start, node.end))
            elif node.flow:
                flow.append((node.start, node.end))
            elif node.kind == 'map' and node.pairs and not text.endswith(('\n', '\r', '\x85', '\u2028', '\u2029')):
                # before the first key is the one place that does not change a block scalar at the end
                flow.append((node.start, node.start))
    return replaced, flow


def lines_kept(text, out, allowed):
    """The first line of the text that is not in the output, in order, and is none of the allowed; or None."""
    rest = iter(BREAK.split(out))
    for number, line in enumerate(BREAK.split(text)):
        if number not in allowed and not any(line == new for new in rest):
            return f'line {number + 1} is lost or changed: {line!r}'
    return None


def kept(text, out, roots):
    """Every line is there but those that had to change, and every byte but those of replaced values."""
    replaced, flow = spans(roots, text)
    allowed, starts = set(), [0, *(m.end() for m in BREAK.finditer(text))]
    for start, end in replaced + flow:
        first = bisect.bisect(starts, start) - 1
        allowed.update(range(first, bisect.bisect(starts, end)))
    found = lines_kept(text, out, allowed)
    if found or len(text) > BYTES_MAX:
        return found
    gone, at = {i for start, end in replaced for i in range(start, end)}, 0
    for i, c in enumerate(text):
        if i not in gone:
            at = out.find(c, at) + 1
            if at == 0:
                return f'character {i} ({c!r}) is lost'
    return None


# --- the program

def profile(render, more=None):
    """The text of a profile; JSON is YAML."""
    return json.dumps({'apiVersion': 'wbrender/v1', 'kind': 'SiteProfile', 'hostname': 'workbench.acme.example', 'uid': 1000, **(more or {}), 'render': render},
                      ensure_ascii=False)


def run(source, render, *options, more=None):
    """What the program makes of a text; Refused, with its findings, when it does not. more: of the profile, beside render."""
    with tempfile.NamedTemporaryFile('w', suffix='.yaml') as f:
        f.write(profile(render, more))
        f.flush()
        try:
            done = subprocess.run([PROGRAM, 'render', *options, '-p', f.name], input=source, capture_output=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise Wrong(f'no end after {SECONDS} s') from None
    err = done.stderr.decode('utf-8', 'replace')
    if done.returncode == 0:
        return done.stdout
    if done.returncode != 1 or done.stdout or not re.search(r'^stdin:\d+:\d+: error: ', err, re.M):
        raise Wrong(f'status {done.returncode}, {len(done.stdout)} bytes of output, it says:\n{err[-2000:]}')
    raise Refused(err)


def check(source, render, readers=('libyaml', 'libfyaml'), options=()):
    """Renders a text and judges the result: 'done', 'refused' or, when libyaml does not read it, 'unreadable'. Raises Wrong."""
    try:
        roots = trees(source, 'libyaml')
    except Unreadable:
        try:
            run(source, render)
        except Refused:
            return 'unreadable'
        raise Wrong('libyaml does not read this, and it was not refused') from None
    text = source.decode().removeprefix(codecs.BOM_UTF8.decode())
    may_refuse, why = odd(roots, text), None
    try:
        wanted = expect([data(root) for root in roots], render)
    except Refused as reason:
        wanted, why = None, reason
    try:
        out = run(source, render, *options)
    except Refused as said:
        if why or may_refuse:
            return 'refused'
        raise Wrong(f'refused without need:\n{said}') from None
    if why:
        raise Wrong(f'not refused, although {why}')
    for reader in readers:
        compare(source, out, roots, wanted, render, reader)
    try:
        again = run(out, render)
    except Refused as said:
        raise Wrong(f'its own output is refused:\n{said}') from None
    if again != out:
        raise Wrong('rendering twice differs from rendering once')
    got = out.decode()
    if got.startswith('\ufeff') != source.startswith(codecs.BOM_UTF8):
        raise Wrong('the BOM has come or gone')
    found = kept(text, got.removeprefix('\ufeff'), roots)
    if not found and '\r\n' in text and not re.search(r'(?<!\r)\n', text) and re.search(r'(?<!\r)\n', got):
        found = 'LF among CRLF'
    if found:
        raise Wrong(found)
    return 'done'


def compare(source, out, roots, wanted, render, reader):
    """The output as a reader reads it is what is wanted; a reader that reads the input otherwise than libyaml is not asked."""
    if reader != 'libyaml':
        try:
            before = [data(root) for root in trees(source, reader)]
        except Unreadable:
            return
        if difference(before, [data(root) for root in roots]):
            return
    try:
        got = [data(root) for root in trees(out, reader)]
    except Unreadable as error:
        raise Wrong(f'{reader} does not read the output: {error}') from None
    found = difference(got, wanted)
    if found:
        raise Wrong(f'{reader} reads {found}')
