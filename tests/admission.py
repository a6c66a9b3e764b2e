# SPDX-License-Identifier: Apache-2.0
"""What OpenShift's and Kubernetes' admission say of a pod: a second opinion, written from their tables and not from our code.

SCCs: github.com/openshift/cluster-kube-apiserver-operator, bindata/bootkube/scc-manifests, and the admission of
github.com/openshift/apiserver-library-go, pkg/securitycontextconstraints: it fills in what is unset, then validates.
Pod Security Standards: kubernetes.io/docs/concepts/security/pod-security-standards: they look at what is written."""
import copy

LISTS = ('initContainers', 'containers', 'ephemeralContainers')
PLAIN = {'configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'}
HOST = ('hostNetwork', 'hostPID', 'hostIPC')

# user, fsGroup, supplemental groups: 'range' (the namespace's), 'nonroot', 'any' or a range of its own; SELinux: 'set' (by admission) or 'any'
TABLE = '''
SCC                  user        fsGroup     groups      SELinux  escalation  drop                      add                seccomp          host
restricted-v3        1000-65534  1000-65534  1000-65534  set      no          ALL                       NET_BIND_SERVICE   RuntimeDefault   hostUsers
restricted-v2        range       range       any         set      no          ALL                       NET_BIND_SERVICE   RuntimeDefault   -
restricted           range       range       any         set      yes         KILL,MKNOD,SETUID,SETGID  -                  -                -
nonroot-v2           nonroot     any         any         set      no          ALL                       NET_BIND_SERVICE   RuntimeDefault   -
nonroot              nonroot     any         any         set      yes         KILL,MKNOD,SETUID,SETGID  -                  -                -
nested-container     0-65534     0-65534     0-65534     set      yes         -                         SETUID,SETGID      any              hostUsers
anyuid               any         any         any         set      yes         MKNOD                     -                  -                -
hostnetwork-v2       range       range       range       set      no          ALL                       NET_BIND_SERVICE   RuntimeDefault   hostNetwork,hostPorts
hostnetwork          range       range       range       set      yes         KILL,MKNOD,SETUID,SETGID  -                  -                hostNetwork,hostPorts
hostaccess           range       range       any         set      yes         KILL,MKNOD,SETUID,SETGID  -                  -                hostPath,hostIPC,hostPID,hostNetwork,hostPorts
hostmount-anyuid     any         any         any         set      yes         MKNOD                     -                  -                hostPath,nfs
hostmount-anyuid-v2  any         any         any         any      yes         MKNOD                     -                  -                hostPath,nfs
privileged           any         any         any         any      yes         -                         *                  any              *
'''
SCCS = {line.split()[0]: dict(zip(TABLE.split('\n')[1].split(), line.split())) for line in TABLE.strip().split('\n')[1:]}
# What of a pod an SCC fills in or is indifferent to goes; "containers: remove" of what they ask for stands apart, for `strip`.
STANDARDS = ('restricted', 'baseline', 'privileged')
SYSCTLS = {'kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_unprivileged_port_start', 'net.ipv4.tcp_syncookies',
           'net.ipv4.ping_group_range', 'net.ipv4.ip_local_reserved_ports', 'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout',
           'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'}
BASELINE = {'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP',
            'SETUID', 'SYS_CHROOT'}
OLD_SECCOMP = 'seccomp.security.alpha.kubernetes.io/'
OLD_APPARMOR = 'container.apparmor.security.beta.kubernetes.io/'


class Namespace:
    """The annotations that matter: openshift.io/sa.scc.uid-range and .supplemental-groups."""

    def __init__(self, uids=None, groups=None):
        self.uids = blocks(uids)
        self.groups = blocks(groups) or self.uids


def blocks(text):
    found = []
    for block in (text or '').split(',') if text else []:
        start, sep, rest = block.partition('/') if '/' in block else block.partition('-')
        found.append((int(start), int(start) + int(rest) - 1 if sep == '/' else int(rest)))
    return found


def words(cell):
    return [] if cell == '-' else cell.split(',')


def containers(spec):
    for key in LISTS:
        for container in spec.get(key) or []:
            yield key, container


def context(owner):
    return owner.get('securityContext') or {}


def ranges(cell, namespace_ranges, single=False):
    """The ranges of a cell; None where there is none to keep to."""
    if cell in ('any', 'nonroot'):
        return None
    if cell == 'range':
        return [(r[0], r[0]) for r in namespace_ranges[:1]] if single else namespace_ranges
    low, high = cell.split('-')
    return [(int(low), int(high))]


def within(number, allowed):
    return isinstance(number, int) and not isinstance(number, bool) and any(low <= number <= high for low, high in allowed)


# --- SCC

def fill(row, spec, namespace):
    """What admission makes of a pod before it judges."""
    spec = copy.deepcopy(spec)
    pod = spec['securityContext'] = dict(context(spec))
    for field, cell, single in (('fsGroup', row['fsGroup'], True), ('supplementalGroups', row['groups'], False)):
        allowed = ranges(cell, namespace.groups, single)
        if allowed and pod.get(field) in (None, []):
            pod[field] = allowed[0][0] if single else [allowed[0][0]]
    if row['SELinux'] == 'set' and pod.get('seLinuxOptions') is None:
        pod['seLinuxOptions'] = 'of the namespace'
    if row['seccomp'] == 'RuntimeDefault' and pod.get('seccompProfile') is None:
        pod['seccompProfile'] = {'type': 'RuntimeDefault'}
    for _, container in containers(spec):
        own = container['securityContext'] = dict(context(container))
        users = ranges(row['user'], namespace.uids)
        if own.get('runAsUser') is None and pod.get('runAsUser') is None and users:
            own['runAsUser'] = users[0][0]
        user = own.get('runAsUser') if own.get('runAsUser') is not None else pod.get('runAsUser')
        if own.get('runAsNonRoot') is None and pod.get('runAsNonRoot') is None and (user > 0 if user is not None else row['user'] == 'nonroot'):
            own['runAsNonRoot'] = True
        if own.get('seLinuxOptions') is None:
            own['seLinuxOptions'] = pod.get('seLinuxOptions')
        wanted = words(row['drop'])
        if wanted:
            capabilities = own['capabilities'] = dict(own.get('capabilities') or {})
            capabilities['drop'] = sorted(set(capabilities.get('drop') or []) | set(wanted))
        if own.get('allowPrivilegeEscalation') is None and row['escalation'] == 'no':
            own['allowPrivilegeEscalation'] = False
    return spec


def scc_pod(row, annotations, spec, namespace):
    host, pod = words(row['host']), context(spec)
    if row['host'] != '*':
        yield from (f'{field} is not allowed' for field in HOST if spec.get(field) and field not in host)
        for volume in spec.get('volumes') or []:
            types = {k for k, v in volume.items() if k != 'name' and v is not None}
            yield from (f'{kind} volumes are not allowed' for kind in sorted(types - PLAIN - set(host)))
        yield from (f'unsafe sysctl {s["name"]}' for s in pod.get('sysctls') or [] if s['name'] not in SYSCTLS)
    if 'hostUsers' in host and spec.get('hostUsers') is not False:
        yield 'hostUsers must be false'
    allowed = ranges(row['fsGroup'], namespace.groups, True)
    if allowed is not None and not within(pod.get('fsGroup'), allowed) and (allowed or pod.get('fsGroup') is not None):
        yield f'fsGroup {pod.get("fsGroup")} is not an allowed group'
    allowed = ranges(row['groups'], namespace.groups)
    if allowed is not None:
        yield from (f'supplemental group {group} is not allowed' for group in pod.get('supplementalGroups') or [] if not within(group, allowed))
    if row['SELinux'] == 'set' and pod.get('seLinuxOptions') != 'of the namespace':
        yield 'seLinuxOptions are not those of the namespace'
    profile = (pod.get('seccompProfile') or {}).get('type')
    if row['seccomp'] != 'any' and (profile is not None if row['seccomp'] == '-' else profile != row['seccomp']):
        yield f'seccomp profile {profile}'
    for key, value in annotations.items():
        if OLD_SECCOMP in key and row['seccomp'] != 'any' and (row['seccomp'] == '-' or value not in ('runtime/default', 'docker/default')):
            yield f'annotation {key}'


def scc_container(row, spec, container, namespace):
    own, pod = context(container), context(spec)

    def effective(field):
        return own.get(field) if own.get(field) is not None else pod.get(field)
    users = ranges(row['user'], namespace.uids)
    if users is not None and not within(effective('runAsUser'), users) and (users or effective('runAsUser') is not None):
        yield f'runAsUser {effective("runAsUser")} is not in the range'
    if row['user'] == 'nonroot' and (effective('runAsUser') == 0 or effective('runAsNonRoot') is False):
        yield 'runs as root'
    if row['SELinux'] == 'set' and own.get('seLinuxOptions') != 'of the namespace':
        yield 'seLinuxOptions are not those of the namespace'
    if own.get('privileged') and row['add'] != '*':
        yield 'privileged'
    if own.get('allowPrivilegeEscalation') and row['escalation'] == 'no':
        yield 'allowPrivilegeEscalation'
    capabilities = own.get('capabilities') or {}
    if row['add'] != '*':
        yield from (f'capability {c} may not be added' for c in capabilities.get('add') or [] if c not in words(row['add']))
        yield from (f'{c} is to be dropped' for c in words(row['drop']) if c not in (capabilities.get('drop') or []))
    profile = (effective('seccompProfile') or {}).get('type')
    if row['seccomp'] != 'any' and (profile is not None if row['seccomp'] == '-' else profile != row['seccomp']):
        yield f'seccomp profile {profile}'
    if row['host'] != '*' and 'hostPorts' not in words(row['host']):
        yield from (f'hostPort {p["hostPort"]}' for p in container.get('ports') or [] if p.get('hostPort'))


# --- Pod Security Standards

def standard_pod(level, annotations, spec):
    pod = context(spec)
    yield from (f'{field}' for field in HOST if spec.get(field))
    for volume in spec.get('volumes') or []:
        types = {k for k, v in volume.items() if k != 'name' and v is not None}
        yield from (f'{t} volume' for t in sorted(types - PLAIN | types & {'image'} if level == 'restricted' else types & {'hostPath'}))
    yield from (f'sysctl {s["name"]}' for s in pod.get('sysctls') or [] if s['name'] not in SYSCTLS)
    yield from standard_context(pod)
    for key, value in annotations.items():
        if key.startswith(OLD_APPARMOR) and value not in ('', 'runtime/default') and not value.startswith('localhost/'):
            yield f'annotation {key}'
        if OLD_SECCOMP in key and value not in ('runtime/default', 'docker/default') and not value.startswith('localhost/'):
            yield f'annotation {key}'
    if level == 'restricted':
        if pod.get('runAsNonRoot') is False:
            yield 'runAsNonRoot is false'
        if pod.get('runAsUser') == 0:
            yield 'runAsUser is 0'


def standard_context(own):
    options = own.get('seLinuxOptions') or {}
    if (options.get('type') or '') not in ('', 'container_t', 'container_init_t', 'container_kvm_t'):
        yield f'SELinux type {options["type"]}'
    if options.get('user') or options.get('role'):
        yield 'SELinux user or role'
    if own.get('seccompProfile') is not None and own['seccompProfile'].get('type') not in ('RuntimeDefault', 'Localhost'):
        yield 'seccomp profile'
    if own.get('appArmorProfile') is not None and own['appArmorProfile'].get('type') not in ('RuntimeDefault', 'Localhost'):
        yield 'AppArmor profile'
    if (own.get('windowsOptions') or {}).get('hostProcess'):
        yield 'Windows host process'


def standard_container(level, spec, container):
    own, pod = context(container), context(spec)
    yield from standard_context(own)
    if own.get('privileged'):
        yield 'privileged'
    if own.get('procMount') not in (None, 'Default'):
        yield 'procMount'
    yield from (f'hostPort {p["hostPort"]}' for p in container.get('ports') or [] if p.get('hostPort'))
    capabilities = own.get('capabilities') or {}
    added = set(capabilities.get('add') or [])
    yield from (f'capability {c}' for c in sorted(added - ({'NET_BIND_SERVICE'} if level == 'restricted' else BASELINE)))
    if level != 'restricted':
        return
    if own.get('runAsNonRoot') is False or (own.get('runAsNonRoot') is None and pod.get('runAsNonRoot') is not True):
        yield 'runAsNonRoot'
    if own.get('runAsUser') == 0:
        yield 'runAsUser is 0'
    if own.get('allowPrivilegeEscalation') is not False:
        yield 'allowPrivilegeEscalation'
    if 'ALL' not in (capabilities.get('drop') or []):
        yield 'capabilities.drop'
    if own.get('seccompProfile') is None and pod.get('seccompProfile') is None:
        yield 'seccompProfile'


# --- both

def objections(preset, annotations, spec, namespace):
    """What admission has against a pod; empty: it is admitted. preset: ('scc', NAME) or ('podSecurity', LEVEL)."""
    kind, name = preset
    annotations, found = annotations or {}, []
    if kind == 'scc':
        row = SCCS[name]
        spec = fill(row, spec, namespace)
        found += scc_pod(row, annotations, spec, namespace)
        for key, container in containers(spec):
            found += (f'{key} {container.get("name")}: {text}' for text in scc_container(row, spec, container, namespace))
    elif name != 'privileged':
        found += standard_pod(name, annotations, spec)
        for key, container in containers(spec):
            found += (f'{key} {container.get("name")}: {text}' for text in standard_container(name, spec, container))
    return found


def best(preset, annotations, spec, strip):
    """The pod with all changed that may be: what is then still against it cannot be helped."""
    kind, name = preset
    row = SCCS[name] if kind == 'scc' else None
    spec, pod = copy.deepcopy(spec), None
    annotations = {k: v for k, v in (annotations or {}).items() if not (row and row['seccomp'] == '-' and OLD_SECCOMP in k)
                   and not (strip and (OLD_SECCOMP in k or OLD_APPARMOR in k))}
    for owner in (spec, *(c for _, c in containers(spec))):
        own = owner['securityContext'] = dict(context(owner))
        fields = ['runAsUser', 'runAsGroup', 'fsGroup', 'supplementalGroups', 'runAsNonRoot']
        fields += ['seLinuxOptions'] * bool(row or strip) + ['seccompProfile'] * bool(strip or (row and row['seccomp'] == '-'))
        fields += ['privileged', 'allowPrivilegeEscalation', 'procMount', 'appArmorProfile'] * strip
        for field in fields:
            own.pop(field, None)
        if own.get('seccompProfile') is not None and not own['seccompProfile'].get('type'):
            del own['seccompProfile']
        if pod is None:
            pod = own
            if row and 'hostUsers' in words(row['host']):
                owner['hostUsers'] = False
            continue
        capabilities = own['capabilities'] = dict(own.get('capabilities') or {})
        if strip:
            capabilities.pop('add', None)
        if not row or row['user'] == 'nonroot':
            own['runAsNonRoot'] = True
        if not row and name == 'restricted':
            capabilities['drop'] = ['ALL']
            if own.get('seccompProfile') is None and pod.get('seccompProfile') is None:
                own['seccompProfile'] = {'type': 'RuntimeDefault'}
            if own.get('allowPrivilegeEscalation') is None:
                own['allowPrivilegeEscalation'] = False
    return annotations, spec
