#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What runs wbrender in continuous integration, as TAP: the hooks by a real pre-commit, the scripts for GitHub and GitLab by a shell.

usage: tests/ci.py PROGRAM"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOOD = 'apiVersion: wbrender/v1\nkind: SiteProfile\nhostname: workbench.acme.example\nuid: 1000\n'
WRONG = GOOD.replace('uid: 1000', 'uid: "1000"')


class Site:
    """A folder with a good profile and a wrong one, and how commands run in it."""

    def __init__(self, folder, program):
        self.folder = folder
        (folder / 'bin').mkdir()
        (folder / 'bin/wbrender').symlink_to(program)
        self.work = folder / 'work'
        self.work.mkdir()
        (self.work / 'good.yaml').write_text(GOOD)
        (self.work / 'wrong.yaml').write_text(WRONG)
        # Debian's pre-commit wants Debian's Python; git must not read the user's configuration
        self.env = {'PATH': f'{folder}/bin:/usr/bin:/bin', 'HOME': str(folder), 'LC_ALL': 'C.UTF-8', 'GIT_CONFIG_NOSYSTEM': '1',
                    'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '')}

    def run(self, *words, cwd=None, **more):
        return subprocess.run(words, cwd=cwd or self.work, env={**self.env, **more}, capture_output=True, text=True, timeout=120)

    def git(self, folder):
        """A commit of all that is in a folder; its hash."""
        for words in (['init', '-q'], ['add', '-A'], ['-c', 'user.name=test', '-c', 'user.email=test@acme.example', 'commit', '-q', '-m', 'all']):
            done = self.run('git', *words, cwd=folder)
            if done.returncode:
                raise SystemExit(f'Bail out! git {words[0]}: {done.stderr}')
        return self.run('git', 'rev-parse', 'HEAD', cwd=folder).stdout.strip()


def pre_commit(site):
    """the hooks of .pre-commit-hooks.yaml, run by pre-commit on a repository"""
    hooks = site.folder / 'hooks'
    hooks.mkdir()
    shutil.copy(ROOT / '.pre-commit-hooks.yaml', hooks)
    config = {'repos': [{'repo': str(hooks), 'rev': site.git(hooks), 'hooks': [{'id': 'wbrender-lint', 'files': r'^(good|wrong)\.yaml$'},
                                                                               {'id': 'wbrender-fix', 'files': r'^wrong\.yaml$'}]}]}
    (site.work / '.pre-commit-config.yaml').write_text(yaml.safe_dump(config))
    site.git(site.work)
    good = site.run('pre-commit', 'run', 'wbrender-lint', '--files', 'good.yaml')
    wrong = site.run('pre-commit', 'run', 'wbrender-lint', '--all-files')
    fix = site.run('pre-commit', 'run', 'wbrender-fix', '--all-files')
    again = site.run('pre-commit', 'run', '--all-files')
    if good.returncode != 0 or 'Passed' not in good.stdout:
        yield f'the good file: {good.stdout}{good.stderr}'
    if wrong.returncode != 1 or 'wrong.yaml:4:6: error' not in wrong.stdout:
        yield f'the wrong file: {wrong.stdout}{wrong.stderr}'
    if fix.returncode != 1 or 'files were modified by this hook' not in fix.stdout or (site.work / 'wrong.yaml').read_text() != GOOD:
        yield f'the repair: {fix.stdout}{fix.stderr}'
    if again.returncode != 0:
        yield f'after the repair: {again.stdout}{again.stderr}'
    (site.work / 'wrong.yaml').write_text(WRONG)


def github(site):
    """the GitHub action's script, with the inputs that action.yml hands over"""
    action = yaml.safe_load((ROOT / 'integrations/github/action.yml').read_text())
    step, = action['runs']['steps']
    if set(step['env']) != {name.upper() for name in action['inputs']}:
        yield 'not every input is handed over'
    for files, status in (('good.yaml', 0), ('*.yaml', 1)):
        done = site.run(step['shell'], '-c', step['run'], GITHUB_ACTION_PATH=str(ROOT / 'integrations/github'), FILES=files, OPTIONS='--strict',
                        SARIF='out.sarif')
        found = [line for line in done.stdout.splitlines() if line.startswith('::error file=wrong.yaml,line=4,')]
        results = json.loads((site.work / 'out.sarif').read_text())['runs'][0]['results']
        if done.returncode != status or len(found) != status or len(results) != status:
            yield f'{files}: exit status {done.returncode}: {done.stdout}{done.stderr}'


def gitlab(site):
    """the GitLab job's script, and the reports that it names"""
    job = yaml.safe_load((ROOT / 'integrations/gitlab/wbrender.yml').read_text())['.wbrender-lint']
    reports = job['artifacts']['reports']
    for files, status in (('good.yaml', 0), ('*.yaml', 1)):
        done = site.run('sh', '-ec', '\n'.join(job['script']), **{**job['variables'], 'WBRENDER_FILES': files})
        quality = json.loads((site.work / reports['codequality']).read_text())
        failed = xml.etree.ElementTree.parse(site.work / reports['junit']).findall('.//failure')
        if done.returncode != status or len(quality) != status or len(failed) != status or ('error:' in done.stdout) != bool(status):
            yield f'{files}: exit status {done.returncode}: {done.stdout}{done.stderr}'


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    parts = ((pre_commit, 'pre-commit'), (github, 'sh'), (gitlab, 'sh'))
    print(f'1..{len(parts)}')
    bad = 0
    for number, (part, tool) in enumerate(parts, 1):
        line = f'{number} - {part.__doc__}'
        if not shutil.which(tool):
            print(f'ok {line} # SKIP {tool} is not installed')
            continue
        with tempfile.TemporaryDirectory() as tmp:
            wrong = list(part(Site(pathlib.Path(tmp), program)))
        bad += bool(wrong)
        print('not ok' if wrong else 'ok', line)
        for text in wrong:
            print('\n'.join(f'#   {t}' for t in text.splitlines()))
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
