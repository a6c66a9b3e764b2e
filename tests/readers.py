# SPDX-License-Identifier: Apache-2.0
"""Three YAML readers of others (libyaml through PyYAML, PyYAML itself, libfyaml) that give one form of tree, and the data Helm sees in it."""
import codecs
import collections
import ctypes
import re

import yaml

# A scalar: plain or not, its explicit tag or None, its text. plain is None for a string that is to be inserted: any spelling
# will do that every reader takes for a string.
Leaf = collections.namedtuple('Leaf', 'plain tag value')
DEPTH_MAX = 200


class Unreadable(Exception):
    """A reader does not take the text."""


class Node:
    """What stands in the text: kind is scalar, map, list or alias; start and end are character offsets, without a BOM."""

    def __init__(self, kind, event):
        self.kind, self.flow, self.anchor, self.tag, self.value, self.plain, self.start, self.end = kind, *event[1:]
        self.pairs, self.items, self.used, self.target = [], [], False, None

    def get(self, key):
        """The last value of a key in a map as it stands, or None."""
        found = [v for k, v in self.real().pairs if k.real().kind == 'scalar' and name(leaf(k)) == key]
        return found[-1] if found else None

    def real(self):
        return self.target if self.kind == 'alias' else self

    def merges(self):
        return any(is_merge(k) for k, _ in self.real().pairs)


# --- events: (what, flow, anchor, tag, value, plain, start, end)

def pyyaml_events(text, loader):
    kinds = {yaml.ScalarEvent: 'scalar', yaml.AliasEvent: 'alias', yaml.MappingStartEvent: 'map', yaml.SequenceStartEvent: 'list',
             yaml.MappingEndEvent: 'end', yaml.SequenceEndEvent: 'end', yaml.DocumentStartEvent: 'document'}
    try:
        for e in yaml.parse(text, Loader=loader):
            if type(e) in kinds:
                implicit = e.implicit[0] if isinstance(e, yaml.ScalarEvent) else False
                tag = None if isinstance(e, yaml.ScalarEvent) and any(e.implicit) else getattr(e, 'tag', None)
                yield (kinds[type(e)], bool(getattr(e, 'flow_style', False)), getattr(e, 'anchor', None), tag, getattr(e, 'value', None),
                       implicit, e.start_mark.index, e.end_mark.index)
    except (yaml.YAMLError, RecursionError) as error:
        raise Unreadable(str(error)) from None


class Config(ctypes.Structure):
    _fields_ = [('path', ctypes.c_char_p), ('flags', ctypes.c_uint), ('user', ctypes.c_void_p), ('diag', ctypes.c_void_p)]


class Event(ctypes.Structure):
    _fields_ = [('type', ctypes.c_int), ('tokens', ctypes.c_void_p * 3)]


def open_libfyaml():
    """The library that wbrender itself is linked with."""
    lib = ctypes.CDLL('libfyaml.so.0')
    for function, result, arguments in (
            ('fy_parser_create', ctypes.c_void_p, [ctypes.POINTER(Config)]), ('fy_parser_destroy', None, [ctypes.c_void_p]),
            ('fy_parser_set_string', ctypes.c_int, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t]),
            ('fy_parser_parse', ctypes.POINTER(Event), [ctypes.c_void_p]),
            ('fy_parser_event_free', None, [ctypes.c_void_p, ctypes.POINTER(Event)]),
            ('fy_parser_get_stream_error', ctypes.c_bool, [ctypes.c_void_p]),
            ('fy_diag_cfg_default', None, [ctypes.c_void_p]), ('fy_diag_create', ctypes.c_void_p, [ctypes.c_void_p]),
            ('fy_diag_set_collect_errors', None, [ctypes.c_void_p, ctypes.c_bool]), ('fy_diag_destroy', None, [ctypes.c_void_p]),
            ('fy_scalar_token_get_style', ctypes.c_int, [ctypes.c_void_p]),
            ('fy_token_get_text', ctypes.c_void_p, [ctypes.c_void_p, ctypes.POINTER(ctypes.c_size_t)])):
        getattr(lib, function).restype, getattr(lib, function).argtypes = result, arguments
    return lib


FY = open_libfyaml()
FY_FLAGS = 1 << 0 | 1 << 16  # quiet, never JSON
FY_LEVEL = 24                # where the level stands in struct fy_diag_cfg, behind three pointers


def silent():
    """A collector of libfyaml's findings that shows none of them: showing them is what crashes in 0.7.12."""
    config = ctypes.create_string_buffer(256)
    FY.fy_diag_cfg_default(config)
    config[FY_LEVEL] = 5
    diag = FY.fy_diag_create(config)
    FY.fy_diag_set_collect_errors(diag, True)
    return diag


def fy_text(token):
    n = ctypes.c_size_t()
    at = FY.fy_token_get_text(token, ctypes.byref(n)) if token else None
    return ctypes.string_at(at, n.value).decode() if at else None if not token else ''


def libfyaml_events(text):
    source, diag = text.encode(), silent()
    config = Config(None, FY_FLAGS, None, diag)
    parser = FY.fy_parser_create(ctypes.byref(config))
    try:
        if FY.fy_parser_set_string(parser, source, len(source)) != 0:
            raise Unreadable('libfyaml')
        while True:
            event = FY.fy_parser_parse(parser)
            if not event:
                break
            what = ('', '', '', 'document', '', 'map', 'end', 'list', 'end', 'scalar', 'alias')[event.contents.type]
            tokens, name_, tag, value, plain = event.contents.tokens, None, None, None, False
            if what in ('map', 'list', 'scalar'):
                name_, tag = fy_text(tokens[0]), fy_text(tokens[1])
            if what == 'scalar':
                value = fy_text(tokens[2]) or ''
                plain = tag is None and (not tokens[2] or FY.fy_scalar_token_get_style(tokens[2]) == 0)
            if what == 'alias':
                name_ = fy_text(tokens[0])
            FY.fy_parser_event_free(parser, event)
            if what:
                yield what, False, name_, tag, value, plain, None, None
        if FY.fy_parser_get_stream_error(parser):
            raise Unreadable('libfyaml')
    finally:
        FY.fy_parser_destroy(parser)
        FY.fy_diag_destroy(diag)


READERS = {
    'libyaml': lambda text: pyyaml_events(text, yaml.CLoader),
    'PyYAML': lambda text: pyyaml_events(text, yaml.SafeLoader),
    'libfyaml': libfyaml_events,
}


def trees(source, reader):
    """The root node of each document; Unreadable if the reader refuses."""
    try:
        text = source.decode()
    except UnicodeDecodeError as error:
        raise Unreadable(str(error)) from None
    roots, stack, anchors = [], [], {}
    for event in READERS[reader](text.removeprefix(codecs.BOM_UTF8.decode())):
        if event[0] == 'document':
            anchors = {}
            continue
        if event[0] == 'end':
            done, _ = stack.pop()
            done.end = event[-1]
            continue
        node = Node(event[0], event)
        if node.kind == 'alias':
            if node.anchor not in anchors:
                raise Unreadable(f'no anchor {node.anchor}')
            node.target = anchors[node.anchor]
            if any(node.target is open_ for open_, _ in stack):
                raise Unreadable(f'the anchor {node.anchor} contains itself')
            node.target.used = True
        elif node.anchor:
            anchors[node.anchor] = node
        if not stack:
            roots.append(node)
        elif stack[-1][0].kind == 'list':
            stack[-1][0].items.append(node)
        elif stack[-1][1] is None:
            stack[-1][1] = node
        else:
            stack[-1][0].pairs.append((stack[-1][1], node))
            stack[-1][1] = None
        if node.kind in ('map', 'list'):
            stack.append([node, None])
            if len(stack) > DEPTH_MAX:
                raise Unreadable('too deep for this reader')
    return roots


# --- what Helm takes it for (sigs.k8s.io/yaml)

BOOL = re.compile('y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE|n|N|no|No|NO|off|Off|OFF|false|False|FALSE')
NULL = re.compile('|~|null|Null|NULL')
NUMBER = re.compile(r'[-+]?(0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]+|[0-9][0-9_]*|(\.[0-9]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?)'
                    r'|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)')
# What some reader of YAML 1.1 or 1.2 takes for anything but a string, or cuts: never to be inserted without quotes.
UNSAFE = re.compile(rf'{BOOL.pattern}|{NULL.pattern}|[-+.]?[0-9].*|[-+]?\.(inf|nan|Inf|NaN|INF|NAN)|=|<<|[-?:,\[\]{{}}#&*!|>\'"%@`].*|.*(: | #).*|.*:|\s.*|.*\s',
                    re.S)


def leaf(node):
    node = node.real()
    return Leaf(node.plain, node.tag, node.value)


def is_merge(key):
    return key.kind == 'scalar' and ((key.plain and key.value == '<<') or key.tag in ('tag:yaml.org,2002:merge', '!!merge'))


def is_string(x):
    if not isinstance(x, Leaf):
        return False
    if x.tag is not None:
        return x.tag in ('!', '!!str', 'tag:yaml.org,2002:str')
    return not x.plain or not (BOOL.fullmatch(x.value) or NULL.fullmatch(x.value) or NUMBER.fullmatch(x.value))


def is_null(x):
    return isinstance(x, Leaf) and ((x.plain and NULL.fullmatch(x.value) is not None) or x.tag in ('!!null', 'tag:yaml.org,2002:null'))


def name(x):
    """A key as JSON has it: 8080 is "8080", yes is "true"."""
    if is_string(x):
        return x.value
    if BOOL.fullmatch(x.value):
        return 'true' if x.value[0] in 'yYtT' or x.value[:2].lower() == 'on' else 'false'
    if re.fullmatch('0[oO]?[0-7]+', x.value):
        return str(int(x.value.lstrip('0oO') or '0', 8))
    return x.value


def data(node):
    """Dictionaries, lists and leaves as Helm reads them: aliases followed, the last of equal keys and merge keys in their order."""
    node = node.real()
    if node.kind == 'scalar':
        return leaf(node)
    if node.kind == 'list':
        return [data(item) for item in node.items]
    found = {}
    for key, value in node.pairs:
        if is_merge(key):
            value = data(value)
            for part in reversed(value if isinstance(value, list) else [value]):
                found.update(part if isinstance(part, dict) else {})
        elif key.real().kind != 'scalar':
            found[repr(data(key))] = data(value)
        else:
            found[name(leaf(key))] = data(value)
    return found


def difference(got, wanted, at=''):
    """Where the two differ first, in words, or None."""
    if isinstance(wanted, Leaf) and wanted.plain is None:
        if not isinstance(got, Leaf) or got.value != wanted.value or got.tag is not None or (got.plain and UNSAFE.fullmatch(got.value)):
            return f'{at}: {got!r}, wanted the string {wanted.value!r}'
        return None
    if isinstance(got, dict) and isinstance(wanted, dict):
        for key in {**wanted, **got}:
            if key not in got or key not in wanted:
                return f'{at}/{key}: {"missing" if key in wanted else "too much"}'
            found = difference(got[key], wanted[key], f'{at}/{key}')
            if found:
                return found
        return None
    if isinstance(got, list) and isinstance(wanted, list) and not isinstance(got, Leaf) and not isinstance(wanted, Leaf):
        if len(got) != len(wanted):
            return f'{at}: {len(got)} items, wanted {len(wanted)}'
        return next(filter(None, (difference(g, w, f'{at}/{i}') for i, (g, w) in enumerate(zip(got, wanted)))), None)
    return None if got == wanted else f'{at}: {got!r}, wanted {wanted!r}'
