#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Really rendered manifests through wbrender, as TAP: unchanged by an empty profile, else exactly the profile's keys at their places.

WBRENDER names the program, SHARED the folder with the large test data; without it the parts are skipped."""
import os
import pathlib
import sys
import time

import oracle

PLACES = ('corpus/manifests/rendered', 'corpus/manifests/stdin-helm3', 'corpus/manifests/stdin-helm4', 'corpus/helm-facts/examples')
EMPTY = {}
FULL = {
    'labels': {'acme.example/cost-center': '4711', 'app.kubernetes.io/managed-by': 'yes'},
    'annotations': {'acme.example/owner': 'Zoë "Z" O\'Neil: #1', 'acme.example/since': '2024-01-01'},
    'podLabels': {'acme.example/pod': 'on'},
    'podAnnotations': {'acme.example/text': 'one\ntwo\n', 'acme.example/null': '~'},
}
KEEP = {'labels': {'app.kubernetes.io/managed-by': 'acme', 'heritage': 'acme'}, 'podLabels': {'app.kubernetes.io/instance': 'acme'},
        'inherit': False, 'conflict': 'keep'}

RULES = {'imagePullSecrets': ['regcred'], 'imageRegistry': {'from': 'docker.io', 'to': 'registry.acme.example/hub'}, 'rules': [
    {'name': 'all', 'expect': '0+', 'labels': {'tier': 'gold'}, 'gpu': {'count': 2, 'runtimeClassName': 'nvidia'},
     'env': {'ACME_ONE': 'on', 'ACME_TWO': '2'}, 'resources': {'limits': {'memory': '1Gi'}, 'requests': {'cpu': 1}},
     'securityContext': {'allowPrivilegeEscalation': False}, 'podSecurityContext': {'fsGroup': 1000}, 'nodeSelector': {'disk': 'ssd'},
     'tolerations': ['pool=fast:NoExecute'], 'priorityClassName': 'high', 'dnsConfig': {'searches': ['acme.example']}},
    {'name': 'taken out and put in', 'expect': '0+', 'remove': {'labels': ['chart', 'heritage', 'helm.sh/chart'], 'annotations': ['checksum/config']},
     'annotations': {'acme.example/a': 'b'}},
    {'name': 'set', 'expect': '0+', 'match': {'kind': ['Deployment', 'StatefulSet', 'DaemonSet']}, 'set': {'/spec/revisionHistoryLimit': 3,
     '/spec/template/spec/terminationGracePeriodSeconds': None, '/spec/template/spec/containers/0/lifecycle': {'preStop': {'exec': {'command': ['true']}}}}},
    {'name': 'not the jobs', 'expect': '0+', 'match': {'kind': {'not': 'Job'}, 'hook': 'exclude'}, 'env': {'ACME_ONE': 'off'}}]}


def rules(source):
    """--verify holds the result against the data that is meant; a second run changes nothing."""
    try:
        once = oracle.run(source, RULES, '--verify')
    except oracle.Refused as refused:
        if '[render/anchor]' not in str(refused) and '[render/selector]' not in str(refused):
            raise
        return 'refused'
    if oracle.run(once, RULES) != once:
        raise oracle.Wrong('a second run changes it again')
    return 'done'


def identity(source):
    if oracle.run(source, EMPTY) != source:
        raise oracle.Wrong('the output is not the input')
    return 'done'


PARTS = (
    ('an empty profile changes nothing', identity),
    ('labels and annotations', lambda source: oracle.check(source, FULL, options=['--verify'])),
    ('pod templates only, and what is there is kept', lambda source: oracle.check(source, KEEP)),
    ('rules for pods and containers', rules),
)


def main():
    shared = os.environ.get('SHARED')
    number, bad = 0, 0
    print(f'1..{len(PARTS) * len(PLACES)}')
    for place in PLACES:
        files = sorted(pathlib.Path(shared, place).glob('*.yaml')) if shared else []
        for title, part in PARTS:
            number += 1
            title = f'{place.removeprefix("corpus/")}: {title}'
            if not shared:
                print(f'ok {number} - {title} # SKIP no shared data')
                continue
            start, counts, wrong = time.monotonic(), {}, [] if files else ['no files there']
            for path in files:
                try:
                    verdict = part(path.read_bytes())
                    counts[verdict] = counts.get(verdict, 0) + 1
                except (oracle.Wrong, oracle.Refused) as error:
                    wrong.append(f'{path.name}: {error}')
            said = ', '.join(f'{n} {verdict}' for verdict, n in sorted(counts.items()))
            print(f'{"not ok" if wrong else "ok"} {number} - {title} ({said}; {time.monotonic() - start:.1f} s)', flush=True)
            for text in wrong:
                print('\n'.join(f'#   {line}' for line in text.splitlines()), flush=True)
            bad += bool(wrong)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
