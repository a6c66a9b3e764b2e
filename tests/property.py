#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random manifests in random styles with random profiles through wbrender, as TAP; a failure is made small and shown.

WBRENDER names the program, WBRENDER_SEED repeats a run, WBRENDER_CASES is the number of streams (360)."""
import os
import random
import sys
import time

import oracle
import writer

SMALL = 4000        # texts up to this size are read by PyYAML's own reader too
SHRINK_MAX = 400    # tries to make a failure smaller
UNREADABLE = 0.1    # so many of the generated streams may be no YAML


def verdict(source, render, options=()):
    """What became of it, and in words what is wrong, if anything."""
    readers = ('libyaml', 'libfyaml', 'PyYAML') if len(source) < SMALL and not b'\xe2\x80\xa8' in source else ('libyaml', 'libfyaml')
    try:
        return oracle.check(source, render, readers, options), None
    except oracle.Wrong as error:
        return 'wrong', str(error)


def shrink(parts, render, make, options):
    """The smallest failing stream and rules that are found by leaving out documents, lines and rules."""
    tries = SHRINK_MAX

    def fails(parts_, render_):
        nonlocal tries
        tries -= 1
        return tries > 0 and verdict(make(parts_), render_, options)[1]

    def less(items, still):
        size = max(1, len(items) // 2)
        while True:
            at = 0
            while at < len(items):
                rest = items[:at] + items[at + size:]
                if rest and still(rest):
                    items = rest
                else:
                    at += size
            if size == 1:
                return items
            size //= 2
    parts = less(parts, lambda p: fails(p, render))
    for key in list(render):
        without = {k: v for k, v in render.items() if k != key}
        if fails(parts, without):
            render = without
    lines = less(''.join(parts).splitlines(True), lambda p: fails(p, render))
    return lines, render


def case(seed, family, ends):
    """One random stream: how it went, and the words for a failure."""
    rnd = random.Random(seed)
    parts = writer.Writer(rnd, writer.FEATURES[family]).stream()
    render = writer.random_render(rnd)

    options = ['--verify'] * (rnd.random() < 0.5)

    def make(these):
        return writer.dress(these, seed, ends)
    found, wrong = verdict(make(parts), render, options)
    if wrong:
        parts, render = shrink(parts, render, make, options)
        wrong = f'{verdict(make(parts), render, options)[1] or wrong}\nseed {seed}, render: {render} {" ".join(options)}\ninput: {make(parts)!r}\n{"".join(parts)}'
    return found, wrong


def main():
    seed = os.environ.get('WBRENDER_SEED') or str(random.SystemRandom().randrange(10**6))
    cases = int(os.environ.get('WBRENDER_CASES') or 360)
    families = list(writer.FEATURES)
    each, bad = max(1, cases // len(families)), 0
    print(f'1..{len(families)}\n# WBRENDER_SEED={seed}', flush=True)
    for number, family in enumerate(families, 1):
        start, counts, wrongs = time.monotonic(), {}, []
        for i in range(each):
            ends = ('CRLF', 'CR', 'NEL', 'LS')[i // 5 % 4] if i % 5 == 4 else 'LF'
            found, wrong = case(f'{seed}/{family}/{i}', family, ends)
            counts[found] = counts.get(found, 0) + 1
            if wrong:
                wrongs.append(wrong)
        if counts.get('unreadable', 0) > UNREADABLE * each + 2:
            wrongs.append('too many of the streams are no YAML')
        said = ', '.join(f'{n} {what}' for what, n in sorted(counts.items()))
        print(f'{"not ok" if wrongs else "ok"} {number} - {family} ({said}; {time.monotonic() - start:.1f} s)', flush=True)
        for text in wrongs[:3]:
            print('\n'.join(f'#   {line}' for line in text.splitlines()), flush=True)
        bad += bool(wrongs)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
