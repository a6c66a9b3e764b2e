#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random edits to real and to generated manifests, as TAP: what libyaml and libfyaml read from the result is the edited data.

usage: tests/edits.py TRIAL
TRIAL is the built trial-run, which shrinks and shows what fails. SHARED names the folder with the real manifests; WBRENDER_SEED
repeats a run; WBRENDER_CASES is the number of generated streams (300)."""
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import writer

ENDS = ('LF', 'LF', 'LF', 'CRLF', 'CR')


def generated(folder, seed, cases):
    """Streams in random styles, as files."""
    families = list(writer.FEATURES)
    for i in range(cases):
        rnd = random.Random(f'{seed}/{i}')
        parts = writer.Writer(rnd, writer.FEATURES[families[i % len(families)]]).stream()
        (folder / f'{i:04}.yaml').write_bytes(writer.dress(parts, f'{seed}/{i}', ENDS[i % len(ENDS)]))
    return sorted(folder.iterdir())


def run(number, name, trial, seed, rounds, files):
    done = subprocess.run([trial, str(seed), str(rounds), *map(str, files)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    said = done.stdout.decode('utf-8', 'replace').splitlines()
    last = said[-1] if said else ''
    edits = re.fullmatch(r'\d+ files, 0 bad, (\d+) edits', last)
    good = done.returncode == 0 and edits and int(edits[1]) > len(files)
    print(f'{"ok" if good else "not ok"} {number} - {name}: {last}')
    for line in [] if good else said[:80]:
        print(f'#   {line}')
    return bool(good)


def main():
    trial = sys.argv[1]
    seed = int(os.environ.get('WBRENDER_SEED') or random.SystemRandom().randrange(10**6))
    cases = int(os.environ.get('WBRENDER_CASES') or 300)
    shared = os.environ.get('SHARED')
    folders = ('rendered', 'stdin-helm3', 'stdin-helm4')
    print(f'1..{len(folders) + 1}\n# WBRENDER_SEED={seed}', flush=True)
    with tempfile.TemporaryDirectory() as folder:
        good = run(1, 'generated', trial, seed, 10, generated(pathlib.Path(folder), seed, cases))
    for number, folder in enumerate(folders, 2):
        if not shared:
            print(f'ok {number} - {folder} # SKIP no shared data')
            continue
        good = run(number, folder, trial, seed, 3, sorted((pathlib.Path(shared) / 'corpus' / 'manifests' / folder).glob('*.yaml'))) and good
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main())
