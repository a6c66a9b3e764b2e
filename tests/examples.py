#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the post-renderer makes of the stand-in chart by each example profile, as TAP: examples/diffs holds it, and is up to date.

usage: tests/examples.py PROGRAM [-u]
HELM3 names the Helm that renders the chart; -u writes the diffs down."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXAMPLES, DIFFS = ROOT / 'examples', ROOT / 'examples' / 'diffs'
SECONDS = 120


def run(*command, **more):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=SECONDS, check=False, **more)
    if done.returncode != 0:
        raise RuntimeError(f'{" ".join(map(str, command))}: exit status {done.returncode}\n{done.stderr}')
    return done.stdout


def diff(program, helm, profile):
    """The diff as `helm template | wbrender render --diff` gives it, hooks too."""
    version = re.search(r'(?m)^kubernetesVersion: "([0-9.]+)"', profile.read_text())[1]
    with tempfile.TemporaryDirectory() as folder:
        values = pathlib.Path(folder, 'values.yaml')
        values.write_text(run(program, 'values', profile))
        manifests = run(helm, 'template', 'anaconda-enterprise', EXAMPLES / 'chart', '-f', values, '--kube-version', f'{version}.0',
                        env={**os.environ, 'HOME': folder})
    for options in (['--verify'], ['--diff']):
        out = run(program, 'render', *options, '-p', profile, input=manifests)
        if options == ['--verify']:
            again = run(program, 'render', '-p', profile, input=out)
            if again != out:
                raise RuntimeError('a second run changes it again')
    return out


def main():
    program, helm, update = pathlib.Path(sys.argv[1]).resolve(), os.environ.get('HELM3'), '-u' in sys.argv
    profiles = sorted(EXAMPLES.glob('*.yaml'))
    bad = 0
    print(f'1..{len(profiles) + 1}')
    for number, profile in enumerate(profiles, 1):
        if not helm:
            print(f'ok {number} - {profile.stem} # SKIP HELM3 names no Helm')
            continue
        file, said = DIFFS / f'{profile.stem}.diff', ''
        try:
            now = diff(program, helm, profile)
            if update:
                DIFFS.mkdir(exist_ok=True)
                file.write_text(now)
            elif not file.exists() or file.read_text() != now:
                said = f'{file.relative_to(ROOT)} is not what comes out; tests/examples.py PROGRAM -u writes it'
            if not said and 'rules:' in profile.read_text() and not now:
                said = 'nothing changes'
        except RuntimeError as error:
            said = str(error)
        bad += bool(said)
        print(f'{"not ok" if said else "ok"} {number} - {profile.stem}')
        for line in said.splitlines()[:20]:
            print(f'#   {line}')
    spare = {p.stem for p in DIFFS.glob('*')} - {p.stem for p in profiles}
    bad += bool(spare) or len(profiles) < 8
    print(f'{"not ok" if spare or len(profiles) < 8 else "ok"} {len(profiles) + 1} - eight profiles, and no other diffs')
    return bad > 0


if __name__ == '__main__':
    sys.exit(main())
