#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Generated sites, as TAP: the values that the program makes of profiles in any style, alone and in other files, and the profiles that it makes of
values, held against an oracle that knows the short forms by itself, and read by real Helm 3 and Helm 4.

usage: tests/sites.py PROGRAM
HELM3 and HELM4 name the two Helms. WBRENDER_SEED repeats a run, WBRENDER_SITES says how many sites (240)."""
import collections
import itertools
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time
import types

import yaml

import writer
from meaning import Wrong, difference, meaning, merged, strict, want
from sitegen import STYLES, Site, other_values, styled

ROOT = pathlib.Path(__file__).resolve().parent.parent
SECONDS = 300


# --- running

def run(program, *args, env=(), code=0):
    done = subprocess.run([program, *map(str, args)], stdin=subprocess.DEVNULL, capture_output=True, env={**os.environ, **dict(env)}, timeout=SECONDS)
    want(done.returncode in (code if isinstance(code, tuple) else (code,)), f'{" ".join(map(str, args))}: exit status {done.returncode}\n{done.stderr.decode()}')
    return done


def hold(site, got, wanted, text):
    found = difference(strict(got), strict(wanted))
    want(not found, f'site {site.number}: {found}\n{text}')


class Run:
    def __init__(self, program, tmp, seed, count):
        self.program, self.tmp, self.seen = program, tmp, collections.Counter()
        self.sites = [Site(random.Random(f'{seed}/{i}'), tmp, i, self.seen) for i in range(count)]
        self.env = {k: v for site in self.sites for k, v in site.env.items()}
        for site in self.sites:
            site.file = tmp / f's{site.number}.yaml'
            site.file.write_text(site.written())
        # these are brought into other files and back, one process each
        self.some, self.based, self.shown = self.sites[:max(40, count // 6)], [], []

    def forms(self):
        """every field, short form and preset occurs"""
        rare = [name for name, n in self.seen.items() if n < 2]
        want(len(self.seen) > 70 and not rare, f'{len(self.seen)} forms, too rare: {rare}')
        return f'{len(self.seen)} forms, the rarest {min(self.seen.values())} times'

    def values(self):
        """the values are what the profiles mean, as YAML to another reader and as JSON; the same profile gives the same bytes"""
        files = [site.file for site in self.sites]
        for format_ in ('json', 'yaml'):
            run(self.program, 'values', '--format', format_, '-d', self.tmp / 'out', *files, env=self.env)
        for site in self.sites:
            text = site.file.read_text()
            site.out = self.tmp / 'out' / site.file.name
            hold(site, json.loads(site.out.with_suffix('.json').read_text()), site.values, text)
            hold(site, yaml.safe_load(site.out.read_text()), site.values, text)
        run(self.program, 'values', '--check', self.tmp / 'out', *files, env=self.env)
        return f'{len(files)} profiles'

    def examples(self):
        """the values of the example profiles are what these mean"""
        files = sorted((ROOT / 'examples').glob('*.yaml'))
        run(self.program, 'values', '-d', self.tmp / 'example', *files)
        for number, file in enumerate(files):
            profile = yaml.safe_load(file.read_text())
            site = types.SimpleNamespace(number=file.stem, values=meaning(profile))
            site.out = self.tmp / 'example' / f'{profile.get("name", file.stem)}.yaml'
            hold(site, yaml.safe_load(site.out.read_text()), site.values, '')
            site.number = f'E{number}'
            self.shown.append(site)
        want(len(files) >= 8, f'{len(files)} examples')
        # what this oracle reads out of the short forms is what the other one put in
        for site in self.sites:
            if 'keycloak' not in site.profile:
                hold(site, meaning(site.profile), site.values, str(site.profile))
        return f'{len(files)} profiles'

    def base(self):
        """brought into another file, they are what Helm reads from both files, and a second time nothing changes"""
        refused = 0
        for site in self.some:
            rnd = random.Random(f'base {site.number} {site.profile["uid"]}')
            write = writer.Writer(rnd, rnd.choice(STYLES))
            other = other_values(rnd, write)
            base, new = self.tmp / f'base-{site.number}.yaml', self.tmp / 'based' / site.file.name
            base.write_text(styled(write, rnd, other) if other else '# none\n')
            done = run(self.program, 'values', site.file, '--base', base, '-o', new, env=self.env, code=(0, 1))
            if done.returncode:
                want('anchors' in write.features and re.search(rb'\[render/(anchor|alias|null)\]', done.stderr), f'{base.read_text()}\n{done.stderr.decode()}')
                refused += 1
                continue
            text = base.read_text()
            site.base, site.based, site.both = base, new, merged(other, site.values)
            hold(site, yaml.safe_load(new.read_text()), site.both, f'{text}\n--- became\n{new.read_text()}')
            again = run(self.program, 'values', site.file, '--base', new, env=self.env)
            want(again.stdout == new.read_bytes(), f'site {site.number}: not the same the second time\n{text}\n{new.read_text()}')
            self.based.append(site)
        want(refused * 5 < len(self.some), f'{refused} of {len(self.some)} files are refused')
        return f'{len(self.based)} files, {refused} with anchors in the way refused'

    def imported(self):
        """a profile made of the values gives them again, to the byte; of other files the same data"""
        refused, lost, into = 0, 0, self.tmp / 'in'
        for site in self.some:
            lost += b'import/comments' in run(self.program, 'import', site.out, '-o', into / site.file.name).stderr
        for site in self.based:
            site.back = into / f'based-{site.number}.yaml'
            done = run(self.program, 'import', site.based, '-o', site.back, code=(0, 1))
            # what is in the other file may be wrong
            want(done.returncode == 0 or b'[schema/' in done.stderr, f'{site.based.read_text()}\n{done.stderr.decode()}')
            refused += done.returncode
        run(self.program, 'values', '-d', self.tmp / 'again', *sorted(into.iterdir()))
        for site in self.some:
            again, profile = (self.tmp / 'again' / site.file.name).read_text(), (into / site.file.name).read_text()
            if 'resourceProfilesKey' in site.profile:
                # under a key of their own nothing tells resource profiles from other values, whose comment is another
                hold(site, yaml.safe_load(again), site.values, profile)
                continue
            changed = [(a, b) for a, b in itertools.zip_longest(again.splitlines(), site.out.read_text().splitlines()) if a != b]
            want(not changed, f'site {site.number}: {changed[:1]}\n{profile}')
        for site in self.based:
            if site.back.exists():
                again = (self.tmp / 'again' / site.back.name).read_text()
                hold(site, yaml.safe_load(again), site.both, site.back.read_text())
        want(lost == 0, f'the comments of {lost} files of our own are lost')
        # more than a third have wrong values; three in four never had
        want(refused * 4 < 3 * len(self.based), f'{refused} of {len(self.based)} files are refused')
        return f'{len(self.some)} of our own, {len(self.based) - refused} others'

    # --- Helm

    def chart(self):
        """One chart with a subchart for each file, whose default values it is, byte for byte: many files in one call."""
        chart = self.tmp / 'chart'
        if not chart.exists():
            files = {f'own{site.number}': (site, site.out, site.values) for site in self.sites + self.shown}
            files.update({f'based{site.number}': (site, site.based, site.both) for site in self.based})
            self.charts = files
            make_chart(chart, 'all')
            for name, (_, file, _) in files.items():
                make_chart(chart / 'charts' / name, name)
                (chart / 'charts' / name / 'values.yaml').write_bytes(file.read_bytes())
        return chart

    def helm(self, version):
        name = os.environ.get(f'HELM{version}')
        if not name:
            return None
        env = {'HOME': str(self.tmp / 'home'), 'KUBECONFIG': '/nonexistent'}
        chart = self.chart()
        got = echoes(run(name, 'template', 'x', chart, env=env).stdout)
        for key, (site, file, wanted) in self.charts.items():
            found = difference({k: v for k, v in got[key].items() if k != 'global'}, wanted)
            want(not found, f'{key}: {found}\n{file.read_text()}')
        bare = self.tmp / 'bare'
        if not bare.exists():
            make_chart(bare, 'bare')
        for site in self.based[:4]:
            one, two = (echoes(run(name, 'template', 'x', bare, *args, env=env).stdout)['bare'] for args in (
                ('-f', site.based), ('-f', site.base, '-f', site.out)))
            want(not difference(one, two) and not difference(one, site.both), f'site {site.number}: {difference(one, two)}, {difference(one, site.both)}')
        return f'{len(self.charts)} files as defaults of charts, 4 by -f, and with the other file by -f -f'

    def helm3(self):
        """Helm 3 reads just that"""
        return self.helm(3)

    def helm4(self):
        """Helm 4 reads just that"""
        return self.helm(4)


def make_chart(folder, name):
    (folder / 'templates').mkdir(parents=True)
    (folder / 'Chart.yaml').write_text(f'apiVersion: v2\nname: {name}\nversion: 0.1.0\n')
    (folder / 'values.yaml').write_text('')
    (folder / 'templates' / 'echo.yaml').write_text('' if name == 'all' else
                                                    'kind: ConfigMap\napiVersion: v1\nmetadata: {name: {{ .Chart.Name }}}\ndata:\n  json: {{ .Values | toJson | b64enc }}\n')


def echoes(out):
    """chart name to the values that its template was given"""
    import base64
    found = re.findall(r'^metadata: {name: (\w+)}\ndata:\n  json: (\S+)$', out.decode(), re.M)
    return {name: json.loads(base64.b64decode(text)) for name, text in found}


def main(argv):
    program = str(pathlib.Path(argv[1]).resolve())
    seed = os.environ.get('WBRENDER_SEED') or str(random.SystemRandom().randrange(10**6))
    count = int(os.environ.get('WBRENDER_SITES') or 240)
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        tmp = pathlib.Path(folder)
        for name in ('based', 'in', 'home'):
            (tmp / name).mkdir()
        done = Run(program, tmp, seed, count)
        cases = [done.forms, done.values, done.examples, done.base, done.imported, done.helm3, done.helm4]
        print(f'1..{len(cases)}\n# WBRENDER_SEED={seed}', flush=True)
        for number, case in enumerate(cases, 1):
            start = time.monotonic()
            try:
                said, wrong = case(), None
            except Exception as e:                                  # the case could not be decided, so it failed
                said, wrong = '', str(e) if isinstance(e, Wrong) else f'{type(e).__name__}: {e}'
            bad += wrong is not None
            skipped = ' # SKIP HELM3 and HELM4 are not set' if said is None else f' ({said}; {time.monotonic() - start:.1f} s)'
            print(f'{"not ok" if wrong else "ok"} {number} - {case.__doc__}{"" if wrong else skipped}', flush=True)
            for line in (wrong or '').splitlines()[:80]:
                print(f'#   {line}', flush=True)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv))
