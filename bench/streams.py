# SPDX-License-Identifier: Apache-2.0
"""The manifests that scripts/bench measures with: made from a fixed seed in the shape of rendered charts, and real ones."""
import random
import re

SEED = 20240229
WORDS = ('api auth batch cache catalog events gateway git index ingest jobs ledger login mail metrics notebook proxy queue registry '
         'report router scheduler search session storage sync token web worker').split()
PROSE = ('the number of seconds that the controller waits before it tries again when an object could not be read from the server and '
         'whether this field is kept when a new version of the resource is written by an older client that does not know of it').split()


def metadata(rng, chart, name, indent=0):
    """The metadata that nearly every chart writes."""
    lines = ['metadata:', f'  name: {name}', '  namespace: workbench', '  labels:', f'    helm.sh/chart: {chart}-{rng.randint(1, 9)}.{rng.randint(0, 30)}.2',
             f'    app.kubernetes.io/name: {chart}', '    app.kubernetes.io/instance: site', f'    app.kubernetes.io/version: "{rng.randint(1, 9)}.4.1"',
             '    app.kubernetes.io/managed-by: Helm']
    if rng.random() < 0.3:
        lines += ['  annotations:', f'    checksum/config: {rng.getrandbits(256):064x}', '    helm.sh/hook-weight: "-5"']
    return [' ' * indent + line for line in lines]


def container(rng, name):
    lines = [f'- name: {name}', f'  image: "registry.example/{name}:{rng.randint(1, 9)}.{rng.randint(0, 99)}.0"', '  imagePullPolicy: IfNotPresent',
             '  securityContext:', '    allowPrivilegeEscalation: false', '    capabilities:', '      drop:', '      - ALL', '    readOnlyRootFilesystem: true',
             '  args:', f'  - --config=/etc/{name}/config.yaml', f'  - --listen=:{rng.randint(1024, 9999)}', '  env:']
    for word in rng.sample(WORDS, rng.randint(2, 8)):
        if rng.random() < 0.7:
            lines += [f'  - name: {word.upper()}_URL', f'    value: "http://{word}.workbench.svc:{rng.randint(1024, 9999)}"']
        else:
            lines += [f'  - name: {word.upper()}_KEY', '    valueFrom:', '      secretKeyRef:', f'        name: {word}', '        key: password']
    lines += ['  ports:', '  - name: http', '    containerPort: 8080', '    protocol: TCP', '  livenessProbe:', '    httpGet:', '      path: /healthz',
              '      port: http', '    initialDelaySeconds: 10', '  readinessProbe:', '    httpGet: {path: /ready, port: http}', '  resources:', '    limits:',
              f'      cpu: {rng.randint(1, 8)}', f'      memory: {rng.randint(1, 64)}Gi', '    requests:', '      cpu: 250m', '      memory: 512Mi',
              '  volumeMounts:', '  - name: config', f'    mountPath: /etc/{name}', '  - name: tmp', '    mountPath: /tmp']
    return lines


def pod(rng, chart, name):
    """A pod template: what stands under `template:`."""
    lines = ['metadata:', '  labels:', f'    app.kubernetes.io/name: {chart}', f'    app.kubernetes.io/component: {name}']
    if rng.random() < 0.6:
        lines += ['  annotations:', f'    checksum/config: {rng.getrandbits(256):064x}']
    lines += ['spec:', f'  serviceAccountName: {chart}', '  securityContext:', '    fsGroup: 1001', '    runAsNonRoot: true', '  containers:']
    for i in range(rng.choice((1, 1, 1, 2))):
        lines += ['  ' + line for line in container(rng, f'{name}-{i}' if i else name)]
    lines += ['  volumes:', '  - name: config', '    configMap:', f'      name: {name}', '  - name: tmp', '    emptyDir: {}']
    return lines


def workload(kind, rng, chart, name):
    lines = ['apiVersion: apps/v1' if kind != 'Job' else 'apiVersion: batch/v1', f'kind: {kind}', *metadata(rng, chart, name), 'spec:']
    if kind != 'Job':
        lines += ['  selector:', '    matchLabels:', f'      app.kubernetes.io/name: {chart}', f'      app.kubernetes.io/component: {name}']
    if kind in ('Deployment', 'StatefulSet'):
        lines += [f'  replicas: {rng.randint(1, 5)}']
    if kind == 'StatefulSet':
        lines += [f'  serviceName: {name}']
    return lines + ['  template:'] + ['    ' + line for line in pod(rng, chart, name)]


def cron_job(rng, chart, name):
    lines = ['apiVersion: batch/v1', 'kind: CronJob', *metadata(rng, chart, name), 'spec:', f'  schedule: "{rng.randint(0, 59)} 3 * * *"', '  jobTemplate:',
             '    spec:', '      template:']
    return lines + ['        ' + line for line in pod(rng, chart, name)]


def service(rng, chart, name):
    return ['apiVersion: v1', 'kind: Service', *metadata(rng, chart, name), 'spec:', '  type: ClusterIP', '  ports:', '  - name: http', '    port: 80',
            '    targetPort: http', '    protocol: TCP', '  selector:', f'    app.kubernetes.io/name: {chart}', f'    app.kubernetes.io/component: {name}']


def config_map(rng, chart, name):
    lines = ['apiVersion: v1', 'kind: ConfigMap', *metadata(rng, chart, name), 'data:', f'  LOG_LEVEL: {rng.choice(("info", "debug"))}', '  config.yaml: |']
    for word in rng.sample(WORDS, rng.randint(3, 20)):
        lines += [f'    {word}:', f'      url: http://{word}.workbench.svc', f'      # {" ".join(rng.sample(PROSE, 8))}', f'      timeout: {rng.randint(1, 99)}s']
    return lines


def secret(rng, chart, name):
    lines = ['apiVersion: v1', 'kind: Secret', *metadata(rng, chart, name), 'type: Opaque', 'data:']
    return lines + [f'  {word}: "{rng.getrandbits(8 * 24):048x}"' for word in rng.sample(WORDS, rng.randint(1, 5))]


def account(rng, chart, name):
    return ['apiVersion: v1', 'kind: ServiceAccount', *metadata(rng, chart, name), 'automountServiceAccountToken: true']


def role(rng, chart, name):
    lines = ['apiVersion: rbac.authorization.k8s.io/v1', 'kind: ClusterRole', *metadata(rng, chart, name), 'rules:']
    for word in rng.sample(WORDS, rng.randint(1, 6)):
        lines += ['- apiGroups: [""]', '  resources:', f'  - {word}s', '  verbs: ["get", "list", "watch"]']
    return lines


def binding(rng, chart, name):
    return ['apiVersion: rbac.authorization.k8s.io/v1', 'kind: ClusterRoleBinding', *metadata(rng, chart, name), 'roleRef:',
            '  apiGroup: rbac.authorization.k8s.io', '  kind: ClusterRole', f'  name: {name}', 'subjects:', '- kind: ServiceAccount', f'  name: {chart}',
            '  namespace: workbench']


def network_policy(rng, chart, name):
    return ['apiVersion: networking.k8s.io/v1', 'kind: NetworkPolicy', *metadata(rng, chart, name), 'spec:', '  podSelector:', '    matchLabels:',
            f'      app.kubernetes.io/component: {name}', '  policyTypes:', '  - Ingress', '  ingress:', '  - ports:', '    - port: 8080']


def ingress(rng, chart, name):
    return ['apiVersion: networking.k8s.io/v1', 'kind: Ingress', *metadata(rng, chart, name), 'spec:', '  ingressClassName: nginx', '  rules:',
            f'  - host: {name}.acme.example', '    http:', '      paths:', '      - path: /', '        pathType: Prefix', '        backend:',
            '          service:', f'            name: {name}', '            port: {name: http}']


def definition(rng, chart, name):
    """A CustomResourceDefinition, three quarters of the bytes of real charts: long, and most of it prose."""
    lines = ['apiVersion: apiextensions.k8s.io/v1', 'kind: CustomResourceDefinition', *metadata(rng, chart, f'{name}s.acme.example'), 'spec:',
             '  group: acme.example', '  names:', f'    kind: {name.title().replace("-", "")}', f'    plural: {name}s', '  scope: Namespaced', '  versions:',
             '  - name: v1', '    served: true', '    storage: true', '    schema:', '      openAPIV3Schema:', '        type: object', '        properties:']

    def field(indent, depth):
        for i, word in enumerate(rng.sample(WORDS, rng.randint(2, 6))):
            text = [' '.join(rng.choices(PROSE, k=10)) for _ in range(rng.randint(1, 4))]
            lines.append(f'{indent}{word}:')
            lines.extend([f'{indent}  description: {text[0]}'] if i % 2 else [f'{indent}  description: |-', *(f'{indent}    {t}' for t in text)])
            if depth > 0 and rng.random() < 0.5:
                lines.extend([f'{indent}  type: object', f'{indent}  properties:'])
                field(indent + '    ', depth - 1)
            else:
                lines.append(f'{indent}  type: {rng.choice(("string", "integer", "boolean"))}')
    field(' ' * 10, 4)
    return lines


# How many of a hundred documents are of a kind; the real ones' counts, with fewer definitions so that more is edited.
SHARES = [(14, lambda *a: workload('Deployment', *a)), (5, lambda *a: workload('StatefulSet', *a)), (3, lambda *a: workload('DaemonSet', *a)),
          (3, lambda *a: workload('Job', *a)), (1, cron_job), (16, service), (12, account), (11, config_map), (6, secret), (9, role), (9, binding),
          (5, network_policy), (2, ingress), (4, definition)]


def document(rng, make, number):
    chart, name = rng.choice(WORDS), f'{rng.choice(WORDS)}-{number}'
    return '\n'.join(['---', f'# Source: {chart}/templates/{name}.yaml', *make(rng, chart, name)]) + '\n'


def stream(size):
    """About size bytes of what `helm template` writes, many kinds mixed."""
    rng, parts, total = random.Random(SEED), [], 0
    shares, makers = zip(*SHARES)
    while total < size:
        parts.append(document(rng, rng.choices(makers, shares)[0], len(parts)))
        total += len(parts[-1])
    return ''.join(parts).encode()


def small(size):
    """As stream(), but not above size: what would not fit is left out."""
    rng, parts, room = random.Random(SEED), [], size
    shares, makers = zip(*SHARES)
    while room > 450:
        text = document(rng, rng.choices(makers, shares)[0], len(parts))
        if len(text) <= room:
            parts.append(text)
            room -= len(text)
    return ''.join(parts).encode()


def large(size):
    """As stream(), made fast: ten million bytes over and over, with other names."""
    block, copies = stream(min(size, 10_000_000)), size // 10_000_000
    return b''.join(block.replace(b'name: ', b'name: c%d-' % i) for i in range(copies)) if copies > 1 else block


def deployments(count):
    rng = random.Random(SEED)
    return ''.join(document(rng, lambda *a: workload('Deployment', *a), i) for i in range(count)).encode()


def giants(scale):
    """Names and bytes of single documents: scale 1 is the full size."""
    head = b'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: big\ndata:\n'
    line = b'x' * 85
    count = 1_000_000 // scale
    yield 'a ConfigMap of many keys', head + b''.join(b'  key-%07d: %s\n' % (i, line) for i in range(count))
    yield 'one scalar in a block', head + b'  log: |\n' + (b'    ' + line + b'\n') * (560_000 // scale)
    yield 'one scalar in double quotes', head + b'  log: "' + (line + b'\\n') * (575_000 // scale) + b'"\n'
    yield 'a list of small items', (b'apiVersion: acme.example/v1\nkind: Hosts\nmetadata:\n  name: big\nspec:\n  addresses:\n'
                                    + b''.join(b'  - host-%d\n' % i for i in range(count)))
    yield 'a list of small maps', (b'apiVersion: acme.example/v1\nkind: Hosts\nmetadata:\n  name: big\nspec:\n  addresses:\n'
                                   + b''.join(b'  - name: host-%d\n    port: 80\n' % i for i in range(count)))
    yield 'a kind: List of ConfigMaps', (b'apiVersion: v1\nkind: List\nitems:\n' + b''.join(
        b'- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: c-%d\n    labels:\n      app: web\n  data:\n    key: %s\n' % (i, line)
        for i in range(count // 10)))


def real(folder):
    """All manifests of a folder in one stream, and how many files there are."""
    files = sorted(folder.glob('*.yaml'))
    parts = [f.read_bytes() for f in files]
    return b''.join((b'' if p.startswith(b'---') else b'---\n') + p + (b'' if p.endswith(b'\n') else b'\n') for p in parts), len(files)


def distinct(text):
    """The stream with one object of each name, as kustomize wants it, and without what is no object. Returns also how many there are."""
    seen, parts = set(), []
    for part in re.split(rb'(?m)^(?=---)', text):
        found = (re.search(rb'^%s: *["\']?([^\s"\']+)' % key, part, re.M) for key in (b'apiVersion', b'kind'))
        metadata = re.search(rb'^metadata:.*\n((?: .*\n|\n)*)', part, re.M)
        found = [*found, metadata and re.search(rb'^  name: *["\']?([^\s"\']+)', metadata[1], re.M)]
        key = tuple(m and m[1] for m in found)
        if all(key) and key not in seen:
            seen.add(key)
            parts.append(part)
    return b''.join(parts), len(parts)
