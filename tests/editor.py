#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An editor's view of profiles, as TAP: yaml-language-server reads the schema that the first line names, and says what lint says.

usage: tests/editor.py PROGRAM
YAML_LANGUAGE_SERVER is its folder, the one that holds node_modules; where not set, build/tools has it (scripts/setup)."""
import json
import os
import pathlib
import queue
import re
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parent.parent
SERVER = pathlib.Path(os.environ.get('YAML_LANGUAGE_SERVER') or ROOT / 'build' / 'tools' / 'yaml-language-server')
MODELINE = '# yaml-language-server: $schema=site-profile.schema.json\n'
HEADER = 'apiVersion: wbrender/v1\nkind: SiteProfile\n'
SETTINGS = {'yaml': {'validate': True, 'hover': True, 'completion': True, 'schemaStore': {'enable': False}}, 'http': {}, '[yaml]': {}, 'editor': {}, 'files': {}}
SECONDS = 60

# what is wrong, and in which line, counted from the one behind the header
WRONG = {
    'unknown key': ('hostname: workbench.acme.org\nuid: 1000\nserviceAcountName: x\n', 3),
    'unknown key below': ('hostname: workbench.acme.org\nuid: 1000\ningress:\n  classname: nginx\n', 4),
    'text for a number': ('hostname: workbench.acme.org\nuid: root\n', 2),
    'number out of bounds': ('hostname: workbench.acme.org\nuid: 0\n', 2),
    'number for a text': ('hostname: workbench.acme.org\nuid: 1000\nkubernetesVersion: 1.27\n', 3),
    'unknown choice': ('hostname: workbench.acme.org\nuid: 1000\nplatform: k3s\n', 3),
    'bad form': ('hostname: https://workbench.acme.org\nuid: 1000\n', 1),
    'list for a map': ('hostname: workbench.acme.org\nuid: 1000\ntolerations:\n  - workbench:NoSchedule\n', 4),
    'bad toleration': ('hostname: workbench.acme.org\nuid: 1000\ntolerations:\n  system:\n    - key: a\n      effect: Never\n', 6),
    'bad rule': ('hostname: workbench.acme.org\nuid: 1000\nrender:\n  rules:\n    - name: a\n      gpu: {count: 0}\n', 6),
}


class Server:
    """yaml-language-server, spoken to over its standard streams."""

    def __init__(self, tmp):
        program = SERVER / 'node_modules' / 'yaml-language-server' / 'bin' / 'yaml-language-server'
        if not program.exists():
            raise RuntimeError(f'{program} is not there: scripts/setup')
        command = ['node', str(program), '--stdio']
        # with no network where that can be had: everything must be in the file beside the profile
        if subprocess.run(['unshare', '-rn', 'true'], capture_output=True).returncode == 0:
            command = ['unshare', '-rn', *command]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp)
        self.number, self.said = 0, queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()
        self.ask('initialize', {'processId': os.getpid(), 'rootUri': tmp.as_uri(), 'capabilities': {
            'workspace': {'configuration': True}, 'textDocument': {'publishDiagnostics': {}, 'hover': {'contentFormat': ['plaintext']}}}})
        self.tell('initialized', {})

    def read(self):
        while True:
            length = None
            while (line := self.process.stdout.readline().strip()):
                if line.lower().startswith(b'content-length:'):
                    length = int(line.split(b':')[1])
            if length is None:
                self.said.put(None)
                return
            self.said.put(json.loads(self.process.stdout.read(length)))

    def send(self, **message):
        data = json.dumps({'jsonrpc': '2.0', **message}).encode()
        self.process.stdin.write(b'Content-Length: %d\r\n\r\n%s' % (len(data), data))
        self.process.stdin.flush()

    def tell(self, method, params):
        self.send(method=method, params=params)

    def wait(self, wanted):
        """The first message for which it holds; questions of the server are answered meanwhile."""
        while True:
            message = self.said.get(timeout=SECONDS)
            if message is None:
                raise RuntimeError('yaml-language-server has ended')
            if 'id' in message and 'method' in message:
                items = message['params'].get('items', []) if isinstance(message.get('params'), dict) else []
                self.send(id=message['id'], result=[SETTINGS.get(i.get('section'), {}) for i in items] if items else None)
            elif wanted(message):
                return message

    def ask(self, method, params):
        self.number += 1
        number = self.number
        self.send(id=number, method=method, params=params)
        return self.wait(lambda m: m.get('id') == number and 'method' not in m)['result']

    def open(self, path):
        """The diagnostics of a file: (line from 1, text)."""
        uri = path.as_uri()
        self.tell('textDocument/didOpen', {'textDocument': {'uri': uri, 'languageId': 'yaml', 'version': 1, 'text': path.read_text()}})
        found = self.wait(lambda m: m.get('method') == 'textDocument/publishDiagnostics' and m['params']['uri'] == uri)
        return [(d['range']['start']['line'] + 1, d['message']) for d in found['params']['diagnostics']]

    def close(self):
        self.process.kill()
        self.process.wait()


class Folder:
    """A folder with the schema, as 'wbrender init --schema' leaves it, and profiles beside it."""

    def __init__(self, program, tmp):
        self.program, self.path, self.count = program, tmp, 0
        subprocess.run([program, 'init', '-o', str(tmp / 'first.yaml'), '--schema'], check=True)
        self.server = Server(tmp)

    def put(self, text):
        self.count += 1
        path = self.path / f'site{self.count}.yaml'
        path.write_text(text)
        return path

    def lint(self, path):
        done = subprocess.run([self.program, 'lint', '--format', 'json', str(path)], capture_output=True, text=True)
        return [(f['line'], f['rule']) for f in json.loads(done.stdout)['findings'] if f['level'] == 'error']


def good(folder):
    """the examples, and what 'wbrender init' writes for each platform, have nothing wrong"""
    texts = {p.name: p.read_text() for p in sorted((ROOT / 'examples').glob('*.yaml'))}
    for platform in list(texts):
        platform = platform.removesuffix('.yaml')
        args = ['--platform', platform, '--hostname', 'workbench.acme.org', '--uid', '1000']
        texts[f'init {platform}'] = subprocess.run([folder.program, 'init', *args], capture_output=True, text=True, check=True).stdout
    if len(texts) < 16:
        yield f'only {sorted(texts)}'
    for name, text in texts.items():
        text = re.sub(r'# yaml-language-server: .*\n', '', text)
        found = folder.server.open(folder.put(MODELINE + text))
        if found:
            yield f'{name}: {found}'


def bad(folder):
    """each mistake is marked in the line where lint finds it, and nothing else is"""
    for name, (text, line) in WRONG.items():
        path = folder.put(MODELINE + HEADER + text)
        found, line = folder.server.open(path), line + 3
        linted = {at for at, _ in folder.lint(path)}
        if linted != {line} and name != 'list for a map':
            yield f'{name}: lint finds {linted}, line {line} is wanted'
        if {at for at, _ in found} - {line} or not found:
            yield f'{name}: {found}, line {line} is wanted'


def together(folder):
    """several mistakes in one profile are all marked at once"""
    path = folder.put(MODELINE + HEADER + 'hostname: Workbench\nuid: "1000"\nplatform: k3s\nreplicas: 2\nairGapped: "yes"\n')
    found = {line for line, _ in folder.server.open(path)}
    if found != {4, 5, 6, 7, 8} or found != {line for line, _ in folder.lint(path)}:
        yield f'editor: {sorted(found)}, lint: {folder.lint(path)}'


def told(folder):
    """what a field means is shown over it, and fields and choices are offered"""
    path = folder.put(MODELINE + HEADER + 'hostname: workbench.acme.org\nuid: 1000\nplatform: \n')
    folder.server.open(path)
    at = {'textDocument': {'uri': path.as_uri()}}
    hover = json.dumps(folder.server.ask('textDocument/hover', {**at, 'position': {'line': 4, 'character': 1}}))
    if 'user ID of the containers' not in hover or 'User ID' not in hover:
        yield f'uid: {hover}'
    offered = {i['label'] for i in folder.server.ask('textDocument/completion', {**at, 'position': {'line': 5, 'character': 10}})['items']}
    if not {'openshift', 'rosa', 'vanilla'} <= offered:
        yield f'platform: {offered}'
    offered = {i['label'] for i in folder.server.ask('textDocument/completion', {**at, 'position': {'line': 6, 'character': 0}})['items']}
    if not {'ingress', 'serviceAccountName', 'render'} <= offered:
        yield f'fields: {offered}'


CASES = [good, bad, together, told]


def main():
    program, failed = str(pathlib.Path(sys.argv[1]).resolve()), 0
    print(f'1..{len(CASES)}')
    with tempfile.TemporaryDirectory() as tmp:
        folder = Folder(program, pathlib.Path(tmp))
        for number, case in enumerate(CASES, 1):
            problems = list(case(folder))
            print(f'{"not ok" if problems else "ok"} {number} - {case.__doc__}')
            for problem in problems[:20]:
                print(f'#   {problem}')
            failed += bool(problems)
        folder.server.close()
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
