# SPDX-License-Identifier: Apache-2.0
"""Random site profiles in random YAML styles, each with the values that it means."""
import json

import yaml

import writer
from meaning import OPENSHIFT_DNS, difference, merged, strict

HEADER = {'apiVersion': 'wbrender/v1', 'kind': 'SiteProfile'}
PLATFORMS = 'vanilla tanzu openshift anthos eks aks gke rosa'.split()
SCOPES = ('global', 'system', 'ingress', 'user')
EFFECTS = ('NoSchedule', 'PreferNoSchedule', 'NoExecute')
KEYS = ('role', 'zone', 'acme.example/workbench', 'nvidia.com/gpu.product', 'Y', 'x_y.z')
LABELS = ('a', 'system', 'v1.2', 'true', '0644', 'N', '1e3', '')
# These change what is written, not only how.
STYLES = [f for f in writer.FEATURES.values() if not {'merge', 'duplicate', 'documents'} & set(f)]


class Site:
    """A random profile, and what its values must be; seen counts the forms that were used."""

    def __init__(self, rnd, tmp, number, seen):
        self.rnd, self.tmp, self.seen = rnd, tmp, seen
        self.writer = writer.Writer(rnd, rnd.choice(STYLES))
        self.env = {}
        self.number = number
        self.profile = {**HEADER, 'hostname': f'wb{number}.acme.example', 'uid': rnd.choice((1, 1000, 1000660000, 2147483647))}
        self.values = {'hostname': self.profile['hostname'], 'uid': self.profile['uid'], 'serviceAccountName': 'anaconda-enterprise'}
        platform = self.rnd.choice(PLATFORMS)
        if self.maybe('platform'):
            self.profile['platform'] = platform
            if platform in ('openshift', 'rosa'):
                self.values['dnsServer'] = OPENSHIFT_DNS
        for field in ('account', 'image', 'certs', 'keycloak', 'ingress', 'claims', 'dns', 'tolerations', 'affinity', 'sizes', 'facts', 'more'):
            if self.maybe(field):
                getattr(self, field)()

    def maybe(self, what, chance=0.5):
        found = self.rnd.random() < chance
        if found:
            self.seen[what] += 1
        return found

    def pick(self, what, *choices):
        """One of (name, value), counted by its name."""
        name, value = self.rnd.choice(choices)
        self.seen[f'{what}: {name}'] += 1
        return value

    def same(self, field, value):
        self.profile[field] = self.values[field] = value

    def text(self):
        return self.rnd.choice(writer.WORDS + writer.TEXTS)

    def account(self):
        self.same('serviceAccountName', 'workbench.sa')

    def image(self):
        image = {}
        if self.maybe('image.server', 0.7):
            image['server'] = self.rnd.choice(('aedev/', 'registry.acme.example:5000/aedev/'))
        if self.maybe('image.pullSecrets', 0.7):
            image['pullSecrets'] = self.pick('pull secrets', ('name', 'regcred'), ('list', ['regcred', 'hub.mirror']), ('null', None), ('empty', []))
        if image:
            self.values['image'] = image
        self.profile['image'] = {**image, **({'tags': {'postgres': '16.2'}, 'mirror': 'r.acme.example/x'} if self.maybe('image facts') else {})}

    def certs(self):
        self.same('generateCerts', self.rnd.choice(('generate', 'load', 'skip')))

    def keycloak(self):
        # a line end behind the password in a file is not part of it, and an empty one is none
        password = self.rnd.choice([w for w in writer.WORDS if w])
        name = f'WB_PW_{self.number}'
        where = self.pick('password', ('environment', {'env': name}), ('file', {'file': f'pw-{self.number}'}), ('text', password))
        if where == {'env': name}:
            self.env[name] = password
        elif isinstance(where, dict):
            (self.tmp / where['file']).write_text(password + self.rnd.choice(('', '\n', '\r\n')), newline='')
        self.profile['keycloak'] = {'truststore': '/etc/ts.jks', 'truststore_password': where, 'truststore_secret': 'ts'}
        self.values['keycloak'] = {**self.profile['keycloak'], 'truststore_password': password}

    def ingress(self):
        ingress = {k: v for k, v in (('className', 'nginx'), ('install', True), ('installClass', False)) if self.maybe(f'ingress.{k}')}
        if self.maybe('ingress.labels'):
            ingress['labels'] = {k: self.rnd.choice(LABELS) for k in self.rnd.sample(KEYS, 2)}
        for scope in ('global', 'system', 'user'):
            if self.maybe(f'ingress.{scope}'):
                ingress[scope] = {f'acme.example/{k}': self.text() for k in self.rnd.sample('abcd', self.rnd.randint(0, 3))}
        self.same('ingress', ingress)

    def claims(self):
        for field in ('storage', 'persistence'):
            form = self.pick('claim', ('name', 'n'), ('map', 'm'), ('facts alone', 'f'), ('none', ''))
            facts = {'accessMode': 'ReadWriteMany', 'size': '500Gi'}
            if form:
                self.profile[field] = {'n': 'claim-a', 'm': {'pvc': 'claim-b', **facts}, 'f': facts}[form]
            if form in ('n', 'm'):
                self.values[field] = {'pvc': {'n': 'claim-a', 'm': 'claim-b'}[form]}

    def dns(self):
        self.same('dnsServer', 'dns.acme.example')

    def toleration(self):
        """As written, as meant."""
        key, value, effect = self.rnd.choice(KEYS), self.rnd.choice([x for x in LABELS if x]), self.rnd.choice(EFFECTS)
        full = self.rnd.choice(({'operator': 'Exists'}, {'key': key, 'operator': 'Equal', 'value': value, 'effect': effect},
                                {'key': key, 'operator': 'Exists', 'effect': 'NoExecute', 'tolerationSeconds': 30}))
        return self.pick('toleration',
                         ('key=value:Effect', (f'{key}={value}:{effect}', {'key': key, 'operator': 'Equal', 'value': value, 'effect': effect})),
                         ('key:Effect', (f'{key}:{effect}', {'key': key, 'operator': 'Exists', 'effect': effect})),
                         ('key', (key, {'key': key, 'operator': 'Exists'})), ('full', (full, full)))

    def several_tolerations(self):
        found = [self.toleration() for _ in range(self.rnd.randint(0, 3))]
        # a word that YAML takes for a boolean is quoted by the writer
        return [written for written, _ in found], [meant for _, meant in found]

    def tolerations(self):
        self.profile['tolerations'], self.values['tolerations'] = {}, {}
        for scope in SCOPES:
            if self.maybe(f'tolerations.{scope}'):
                self.profile['tolerations'][scope], self.values['tolerations'][scope] = self.several_tolerations()

    def requirement(self):
        key, values = self.rnd.choice(KEYS), self.rnd.sample(LABELS[:-1], self.rnd.randint(1, 3))
        blank = self.rnd.choice(('', ' '))
        listed = f'({blank}{f",{blank}".join(values)}{blank})'
        return self.pick('selector',
                         ('=', (f'{key}{blank}={blank}{values[0]}', (key, 'In', values[:1]))), ('==', (f'{key}=={values[0]}', (key, 'In', values[:1]))),
                         ('!=', (f'{key}{blank}!={values[0]}', (key, 'NotIn', values[:1]))), ('in', (f'{key} in {listed}', (key, 'In', values))),
                         ('notin', (f'{key} notin {listed}', (key, 'NotIn', values))), ('key', (key, (key, 'Exists', None))),
                         ('!key', (f'!{blank}{key}', (key, 'DoesNotExist', None))), ('>', (f'{key}>5', (key, 'Gt', ['5']))), ('<', (f'{key} < 7', (key, 'Lt', ['7']))))

    def selector(self):
        """As written, as the term of a nodeSelector that it means."""
        found = [self.requirement() for _ in range(self.rnd.randint(1, 3))]
        meant = [{'key': key, 'operator': operator, **({'values': values} if values else {})} for _, (key, operator, values) in found]
        return self.rnd.choice((',', ', ')).join(written for written, _ in found), {'matchExpressions': meant}

    def affinity(self):
        self.profile['affinity'], self.values['affinity'] = {}, {}
        full = {'podAntiAffinity': {'preferredDuringSchedulingIgnoredDuringExecution': [
            {'weight': 50, 'podAffinityTerm': {'labelSelector': {'matchLabels': {'app': 'true'}}, 'topologyKey': 'kubernetes.io/hostname'}}]}}
        for scope in SCOPES:
            if self.maybe(f'affinity.{scope}'):
                written, term = self.selector()
                required = {'nodeAffinity': {'requiredDuringSchedulingIgnoredDuringExecution': {'nodeSelectorTerms': [term]}}}
                preferred = {'nodeAffinity': {'preferredDuringSchedulingIgnoredDuringExecution': [{'weight': 100, 'preference': term}]}}
                self.profile['affinity'][scope], self.values['affinity'][scope] = self.pick(
                    'affinity', ('selector', (written, required)), ('prefer', ({'prefer': written}, preferred)), ('full', (full, full)), ('empty', ({}, {})))

    def size(self):
        """A resource profile as written, as meant."""
        written, meant, limits = {}, {}, {}
        for ours, theirs, value in (('description', 'description', self.text()), ('userVisible', 'user_visible', False), ('nodeSelector', 'node_selector', {'gpu': 'on'}),
                                    ('acl', 'acl', {'groups': ['ml-team']})):
            if self.maybe(f'size.{ours}', 0.4):
                written[ours], meant[theirs] = value, value
        for name, value in (('cpu', self.rnd.choice((2, 0.5, '500m', '2'))), ('memory', '8Gi')):
            if self.maybe(f'size.{name}', 0.7):
                written[name] = limits[name] = value
        if self.maybe('size.gpu'):
            written['gpu'], resource, count = self.pick('gpu', ('number', (2, 'nvidia.com/gpu', 2)), ('count', ({'count': 3}, 'nvidia.com/gpu', 3)),
                                                        ('resource', ({'resource': 'amd.com/gpu'}, 'amd.com/gpu', 1)),
                                                        ('both', ({'resource': 'nvidia.com/mig-1g.5gb', 'count': 2}, 'nvidia.com/mig-1g.5gb', 2)))
            limits[resource] = count
        resources = {'limits': limits} if limits else {}
        if self.maybe('size.requests'):
            written['requests'] = resources['requests'] = {'cpu': '100m', 'memory': '1Gi'}
        if resources:
            meant['resources'] = resources
        if self.maybe('size.tolerations'):
            written['tolerations'], meant['tolerations'] = self.several_tolerations()
        return written, meant

    def sizes(self):
        found = {name: self.size() for name in self.rnd.sample(('default', 'gpu-small', 'Y', '2.x'), self.rnd.randint(0, 3))}
        key = 'resource-profiles'
        if self.maybe('resourceProfilesKey', 0.2):
            key = self.profile['resourceProfilesKey'] = 'profiles of resources'
        self.profile['resourceProfiles'] = {name: written for name, (written, _) in found.items()}
        self.values[key] = {name: meant for name, (_, meant) in found.items()}

    def facts(self):
        self.profile.update({'kubernetesVersion': '1.27', 'release': 'wb', 'namespace': 'workbench', 'gid': 0, 'airGapped': True,
                             'openshift': {'scc': 'anyuid'}, 'cluster': {'ingressClasses': ['nginx']}, 'certificates': {'dir': 'certs'},
                             'render': {'labels': {'a': 'b'}}})

    def more(self):
        more = {f'x{i}': self.writer.value(2) for i in range(self.rnd.randint(0, 4))}
        for section, inner in (('image', {'pullPolicy': 'Always'}), ('ingress', {'className': 'other', 'tls': {'a': [1]}}), ('tolerations', {'batch': [{'key': 'x'}]}),
                               ('new', {'a': {'b': None}, 'größe': [[], {}]})):
            if self.maybe(f'values.{section}', 0.3):
                more[section] = inner
        self.profile['values'] = more
        self.values = merged(self.values, more)

    def written(self):
        """The profile in a random order and style."""
        return styled(self.writer, self.rnd, self.profile)


def styled(write, rnd, data):
    """The data in a random order and style. A comment behind a block scalar may become part of it: then the dice are thrown again."""
    keys = list(data)
    rnd.shuffle(keys)
    data = {k: data[k] for k in keys}
    for _ in range(20):
        write.anchors = []
        if write.maybe(0.2, 'json'):
            return json.dumps(data, indent=2, ensure_ascii=False) + '\n'
        text = ('# a comment\n' if write.maybe(0.3) else '') + '\n'.join(write.map(data, 0)) + '\n'
        try:
            if not difference(strict(yaml.safe_load(text)), strict(data)):
                return text
        except yaml.YAMLError:
            pass
    return yaml.safe_dump(data, allow_unicode=True)


def other_values(rnd, write):
    """Some other site's values: what a file may hold that a site's values are brought into."""
    some = {'hostname': 'old.acme.example', 'uid': 7, 'image': {'server': 'old/', 'pullSecrets': ['a', 'b'], 'pullPolicy': 'Never'},
            'ingress': {'install': False, 'labels': {'role': 'a'}, 'global': {}, 'user': {'acme.example/a': 'x'}}, 'storage': {'pvc': 'old'},
            'tolerations': {'global': [], 'system': [{'key': 'old', 'operator': 'Exists'}]}, 'affinity': {'global': {}, 'user': {'podAffinity': {}}},
            'keycloak': {'truststore': '', 'truststore_password': ''}, 'dnsServer': 'old.dns', 'x0': write.value(2), 'x1': write.value(2), 'new': {'a': 5},
            'resource-profiles': {'default': {'description': 'old'}}, 'other': write.value(2), 'persistence': None}
    return {k: some[k] for k in rnd.sample(list(some), rnd.randint(0, len(some)))}
