"""Load balancers: a proxy in Node with a local port for each listener."""

import json
import os
import subprocess
import threading
from pathlib import Path
from typing import Any

from moto.elbv2.models import ELBv2Backend, FakeListener, FakeLoadBalancer

from ..api import Properties, call
from ..patches import around
from . import authority, forwards, fronts, programs, targets
from .ports import free_port
from .published import after_change

PROXY = Path(__file__).parent / 'balancer.mjs'
#: default port of a URL
HTTP = 80
#: calls that change listeners
CHANGES = (
    'create_listener',
    'modify_listener',
    'delete_listener',
    'delete_load_balancer',
    'modify_load_balancer_attributes',
)
#: seconds for which connections may be idle, unless the load balancer says otherwise
IDLE_TIMEOUT = '60'

#: key of the certificate of all distributions
CLOUDFRONT = 'cloudfront'
#: milliseconds for which CloudFront keeps idle connections to an origin by default (developer guide, "Keep-alive timeout")
CLOUDFRONT_IDLE_TIMEOUT = 5_000

#: (load balancer, port of the listener) → local port
_ports: dict[tuple[str, int], int] = {}
_backends: dict[str, ELBv2Backend] = {}
_certificates: dict[str, tuple[Path, Path]] = {}
_lock = threading.Lock()
_proxy: subprocess.Popen[bytes] | None = None


def port_of(balancer_arn: str, port: int) -> int:
    return _ports.setdefault((balancer_arn, port), free_port())


def publish() -> None:
    """Sends all listeners to the proxy, which starts with the first load balancer."""
    ways = forwards.listed()
    if not _backends and not ways:
        return
    listeners = [
        _listener(region, balancer, listener)
        for region, backend in _backends.items()
        for balancer in list(backend.load_balancers.values())
        for listener in list(balancer.listeners.values())
    ]
    listeners += [_front(port, arn) for port, arn in fronts.listed()]
    with _lock:
        # `listeners()` of src/local-aws.ts reads it.
        (programs.scratch / 'listeners.json').write_text(json.dumps(listeners))
        stdin = _running_proxy().stdin
        assert stdin
        stdin.write(json.dumps([*listeners, *ways]).encode() + b'\n')
        stdin.flush()


def _running_proxy() -> subprocess.Popen[bytes]:
    global _proxy
    if _proxy is None or _proxy.poll() is not None:
        node = os.environ.get('LOCAL_AWS_NODE', 'node')
        # `followFindings` of packages/local reads what the proxy finds.
        with (programs.scratch / 'findings').open('ab') as found, (programs.scratch / 'server.log').open('ab') as log:
            _proxy = programs.start([node, str(PROXY)], stdin=subprocess.PIPE, stdout=found, stderr=log)
    return _proxy


def _listener(region: str, balancer: FakeLoadBalancer, listener: FakeListener) -> Properties:
    tls = _certificate(region, listener.certificate) if listener.certificate else None
    return {
        'name': balancer.name,
        'listens': int(listener.port),
        'port': port_of(balancer.arn, int(listener.port)),
        'idleTimeout': 1000 * int(balancer.attrs.get('idle_timeout.timeout_seconds', IDLE_TIMEOUT)),
        'tls': tls and {'cert': str(tls[0]), 'key': str(tls[1])},
        'actions': [_action(balancer, action.data) for action in listener.default_actions],
    }


def _front(port: int, balancer_arn: str) -> Properties:
    """CloudFront's side of a load balancer, under whose name it is listed."""
    if CLOUDFRONT not in _certificates:
        _certificates[CLOUDFRONT] = authority.issue(programs.scratch, 'localhost')
    certificate, key = _certificates[CLOUDFRONT]
    return {
        'name': balancer_arn.split('/')[-2],
        'listens': 443,
        'port': port,
        'idleTimeout': CLOUDFRONT_IDLE_TIMEOUT,
        'isCloudFront': True,
        'tls': {'cert': str(certificate), 'key': str(key)},
        'actions': [{'type': 'forward', 'targets': [f'127.0.0.1:{port_of(balancer_arn, HTTP)}']}],
    }


def _action(balancer: FakeLoadBalancer, action: Properties) -> Properties:
    if action['Type'] == 'forward':
        groups = action.get('ForwardConfig', {}).get('TargetGroups', [])
        arns = [each['TargetGroupArn'] for each in groups] or [action['TargetGroupArn']]
        return {'type': 'forward', 'targets': [address for arn in arns for address in targets.addresses(arn)]}
    if action['Type'] == 'redirect':
        redirect = action['RedirectConfig']
        port = redirect.get('Port', '#{port}')
        local = str(port_of(balancer.arn, int(port))) if port.isdigit() else port
        return {'type': 'redirect', **redirect, 'Port': local}
    if action['Type'] == 'fixed-response':
        return {'type': 'fixed-response', **action['FixedResponseConfig']}
    return {'type': action['Type']}


def _certificate(region: str, arn: str) -> tuple[Path, Path]:
    if arn not in _certificates:
        certificate = call('acm', region, 'DescribeCertificate', {'CertificateArn': arn})['Certificate']
        names = [certificate['DomainName'], *certificate.get('SubjectAlternativeNames', [])]
        _certificates[arn] = authority.issue(programs.scratch, *dict.fromkeys(names), 'localhost')
    return _certificates[arn]


@around(ELBv2Backend, 'create_load_balancer')
def _create_load_balancer(create: Any, self: ELBv2Backend, *arguments: Any, **named: Any) -> FakeLoadBalancer:
    balancer = create(self, *arguments, **named)
    # The name resolves locally. It includes the port, since port 80 needs root.
    balancer.dns_name = f'localhost:{port_of(balancer.arn, HTTP)}'
    _backends[self.region_name] = self
    return balancer


def _then_publish(change: Any, *arguments: Any, **named: Any) -> Any:
    answer = change(*arguments, **named)
    publish()
    return answer


for name in CHANGES:
    around(ELBv2Backend, name)(_then_publish)
after_change.append(publish)
