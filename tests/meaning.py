# SPDX-License-Identifier: Apache-2.0
"""What the values of a site profile must be: an oracle that knows the short forms by itself."""
import re

OPENSHIFT_DNS = 'dns-default.openshift-dns.svc.cluster.local'


class Wrong(Exception):
    """What was expected and is not so."""


def want(good, text):
    if not good:
        raise Wrong(text)


def toleration_meant(form):
    if not isinstance(form, str):
        return form
    key, value, effect = re.fullmatch('([^=:]+)(?:=([^:]*))?(?::(.*))?', form).groups()
    found = {'key': key, 'operator': 'Exists' if value is None else 'Equal', 'value': value, 'effect': effect}
    return {k: v for k, v in found.items() if v is not None}


def requirement_meant(text):
    for pattern, operator in ((r'!\s*(\S+)', 'DoesNotExist'), (r'(\S+)\s+in\s*\((.*)\)', 'In'), (r'(\S+)\s+notin\s*\((.*)\)', 'NotIn'),
                              (r'([^!\s]+)\s*!=\s*(\S+)', 'NotIn'), (r'([^=\s]+)\s*==?\s*(\S+)', 'In'), (r'([^>\s]+)\s*>\s*(\S+)', 'Gt'),
                              (r'([^<\s]+)\s*<\s*(\S+)', 'Lt'), (r'(\S+)', 'Exists')):
        found = re.fullmatch(pattern, text.strip())
        if found:
            values = [v.strip() for v in found[2].split(',')] if len(found.groups()) > 1 else None
            return {'key': found[1], 'operator': operator, **({'values': values} if values else {})}
    raise Wrong(f'no selector: {text}')


def affinity_meant(form):
    selector = form.get('prefer') if isinstance(form, dict) else form
    if selector is None:
        return form
    term = {'matchExpressions': [requirement_meant(part) for part in re.split(r',(?![^(]*\))', selector)]}
    if isinstance(form, dict):
        return {'nodeAffinity': {'preferredDuringSchedulingIgnoredDuringExecution': [{'weight': 100, 'preference': term}]}}
    return {'nodeAffinity': {'requiredDuringSchedulingIgnoredDuringExecution': {'nodeSelectorTerms': [term]}}}


def size_meant(size):
    limits = {k: size[k] for k in ('cpu', 'memory') if k in size}
    gpu = size.get('gpu')
    if gpu is not None:
        gpu = gpu if isinstance(gpu, dict) else {'count': gpu}
        limits[gpu.get('resource', 'nvidia.com/gpu')] = gpu.get('count', 1)
    resources = {k: v for k, v in (('limits', limits), ('requests', size.get('requests'))) if v}
    names = {'description': 'description', 'userVisible': 'user_visible', 'nodeSelector': 'node_selector', 'acl': 'acl'}
    meant = {theirs: size[ours] for ours, theirs in names.items() if ours in size}
    if 'tolerations' in size:
        meant['tolerations'] = [toleration_meant(t) for t in size['tolerations']]
    return {**meant, **({'resources': resources} if resources else {})}


def meaning(profile):
    """The values of a profile without a password from elsewhere."""
    values = {'serviceAccountName': 'anaconda-enterprise'}
    if profile.get('platform') in ('openshift', 'rosa'):
        values['dnsServer'] = OPENSHIFT_DNS
    values.update({k: profile[k] for k in ('hostname', 'uid', 'serviceAccountName', 'generateCerts', 'keycloak', 'ingress', 'dnsServer') if k in profile})
    image = {k: v for k, v in profile.get('image', {}).items() if k in ('server', 'pullSecrets')}
    if image:
        values['image'] = image
    for claim in ('storage', 'persistence'):
        form = profile.get(claim)
        name = form.get('pvc') if isinstance(form, dict) else form
        if name:
            values[claim] = {'pvc': name}
    for field, meant in (('tolerations', lambda forms: [toleration_meant(t) for t in forms]), ('affinity', affinity_meant)):
        if field in profile:
            values[field] = {scope: meant(form) for scope, form in profile[field].items()}
    if 'resourceProfiles' in profile:
        values[profile.get('resourceProfilesKey', 'resource-profiles')] = {k: size_meant(v) for k, v in profile['resourceProfiles'].items()}
    return merged(values, profile.get('values', {}))


def merged(under, over):
    """As Helm lays one values file over another."""
    out = dict(under)
    for key, value in over.items():
        old = under.get(key)
        out[key] = merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return out


def difference(got, wanted, at=''):
    """Where two data differ first, or None; a missing key is null, true is not 1, 1.0 is 1."""
    if isinstance(got, dict) and isinstance(wanted, dict):
        return next(filter(None, (difference(got.get(k), wanted.get(k), f'{at}/{k}') for k in sorted({*got, *wanted}, key=str))), None)
    if isinstance(got, list) and isinstance(wanted, list) and len(got) == len(wanted):
        return next(filter(None, (difference(g, w, f'{at}/{i}') for i, (g, w) in enumerate(zip(got, wanted)))), None)
    same = got == wanted and isinstance(got, bool) == isinstance(wanted, bool)
    return None if same else f'{at}: {got!r}, wanted {wanted!r}'


def strict(data):
    """Data in which a null is no missing key."""
    if isinstance(data, dict):
        return {k: strict(v) for k, v in data.items()}
    return [strict(v) for v in data] if isinstance(data, list) else 'null: None' if data is None else data
