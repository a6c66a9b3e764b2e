#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each field of the post-renderer's table has a golden case, as TAP, and changes something in every form: block, flow, null and JSON."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CASES = ROOT / 'testdata' / 'edits'
FORMS = ('block', 'flow', 'null', 'json')
# what is not there cannot be taken out; images that need no change
UNCHANGED = {('remove', 'null')}


def table(source):
    """The names of the rows."""
    rows = re.search(r'const struct field fields\[\] = \{(.*?)\n\};', source, re.S)
    return sorted(set(re.findall(r'^\t\{ "(\w+)", FIELD_', rows[1], re.M)))


def wrong(field):
    """What is wrong with the case of a field, in words; or None."""
    case = CASES / field
    if not (case / 'site.yaml').exists() or not (case / 'out').exists():
        return f'no {case.relative_to(ROOT)}/site.yaml and out'
    if not re.search(rf'\b{field}:', (case / 'site.yaml').read_text()):
        return f'its site.yaml has no {field}'
    parts = re.split(r'(?m)^# --- (\w+)\n', (case / 'out').read_text())
    shown = dict(zip(parts[1::2], parts[2::2]))
    if tuple(shown) != FORMS:
        return f'the forms are {", ".join(shown)}'
    for form, text in shown.items():
        if (text == (CASES / f'{form}.yaml').read_text()) != ((field, form) in UNCHANGED):
            return f'{form}: {"changed" if (field, form) in UNCHANGED else "not changed"}'
    return None


def main():
    fields = table((ROOT / 'src' / 'site' / 'render' / 'field.c').read_text())
    spare = sorted(p.name for p in CASES.iterdir() if p.is_dir() and p.name not in fields)
    bad = 0
    print(f'1..{len(fields) + 1}')
    for number, field in enumerate(fields, 1):
        text = wrong(field)
        bad += text is not None
        print(f'{"not ok" if text else "ok"} {number} - {field}' + (f'\n#   {text}' if text else ''))
    good = len(fields) > 20 and not spare
    print(f'{"ok" if good else "not ok"} {len(fields) + 1} - every case is of a field: {", ".join(spare)}')
    return 0 if good and not bad else 1


if __name__ == '__main__':
    sys.exit(main())
