"""Local programs as targets of load balancers, with the health checks of their group."""

import http.client
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.elbv2.models import FakeHealthStatus, FakeTargetGroup, elbv2_backends

from ..patches import around
from . import programs
from .listening import ports_of
from .paths import Path, Place
from .published import report_change

#: acceleration of deregistration, and of health checks until a target is healthy: 30 seconds take half a second
ACCELERATION = 60
FAILED = 'Target.FailedHealthChecks', 'Health checks failed'
#: answers at this path decide, and not those of the page that a middleware redirects to
REDIRECT = ', a redirect, which is not followed: let the middleware pass this path'
TIMED_OUT = 'Target.Timeout', 'Request timed out'
_targets: dict[str, dict[str, 'Target']] = {}


@dataclass
class Target:
    group: FakeTargetGroup
    identity: str
    address: str
    #: group of the program's processes
    processes: int
    state: str = 'initial'
    reason: str | None = 'Elb.InitialHealthChecking'
    description: str = 'Initial health checks in progress'
    #: request and answer of the last check
    seen: str = ''
    #: healthy answers in a row
    healthy_answers: int = 0
    #: other answers in a row
    bad_answers: int = 0
    gone: threading.Event = field(default_factory=threading.Event)
    path: Path | None = None

    @property
    def seconds_until_unhealthy(self) -> int:
        """Seconds after which AWS finds a silent target unhealthy."""
        return int(self.group.unhealthy_threshold_count) * int(self.group.health_check_interval_seconds)

    @property
    def healthy_threshold(self) -> int:
        return int(self.group.healthy_threshold_count)

    @property
    def port(self) -> int:
        return int(self.address.split(':')[1])

    def check_until_deregistered(self) -> None:
        while not self.gone.is_set():
            self._check()
            checked = programs.now()
            programs.wait_until(lambda: self.gone.is_set() or programs.now() >= checked + self._interval)

    def _check(self) -> None:
        failure = self._failure()
        self.healthy_answers, self.bad_answers = (0, self.bad_answers + 1) if failure else (self.healthy_answers + 1, 0)
        before = self.state
        if self.healthy_answers >= self.healthy_threshold:
            self.state, self.reason, self.description = 'healthy', None, ''
        if self.bad_answers >= int(self.group.unhealthy_threshold_count):
            self.state, (self.reason, self.description) = 'unhealthy', failure or ('', '')
        if self.state != before:
            report_change()

    def check_path(self) -> None:
        """Checks at once as often as it takes to find the target in another state: the path to it has changed."""
        if self.state != 'initial':
            for _ in range(max(self.healthy_threshold, int(self.group.unhealthy_threshold_count))):
                self._check()
        report_change()

    @property
    def is_healthy(self) -> bool:
        return self.state == 'healthy' and self.healthy_answers >= self.healthy_threshold

    def check_anew(self) -> None:
        self.healthy_answers = 0

    @property
    def _interval(self) -> float:
        """Seconds between checks: quick ones would fill the log of a healthy target."""
        interval = int(self.group.health_check_interval_seconds)
        return interval if self.is_healthy else interval / ACCELERATION

    def _failure(self) -> tuple[str, str] | None:
        host, port = self.address.split(':')
        timeout = int(self.group.health_check_timeout_seconds)
        path = self.group.health_check_path or '/'
        if self.path and not self.path.is_open:
            self.seen = f'GET http://localhost:{port}{path}: no answer within {timeout} seconds'
            return TIMED_OUT
        connection = http.client.HTTPConnection(host, int(port), timeout=timeout)
        try:
            connection.request('GET', path, headers={'User-Agent': 'ELB-HealthChecker/2.0'})
            code = connection.getresponse().status
            answer = f'{code}{REDIRECT if 300 <= code < 400 else ""}'
            failure = 'Target.ResponseCodeMismatch', f'Health checks failed with these codes: [{code}]'
            if _expected(str(self.group.matcher.get('HttpCode', '200')), code):
                failure = None
        except TimeoutError:
            answer, failure = f'no answer within {timeout} seconds', TIMED_OUT
        except ConnectionRefusedError:
            answer, failure = self._refusal(port), FAILED
        except (OSError, http.client.HTTPException):
            answer, failure = 'the connection ended without an answer in HTTP', FAILED
        finally:
            connection.close()
        self.seen = f'GET http://localhost:{port}{path}: {answer}'
        return failure

    def _refusal(self, port: str) -> str:
        others = ' and '.join(str(each) for each in ports_of(self.processes))
        return f'nothing listens on PORT {port}' + (f', and the program listens on {others} instead' if others else '')


def _expected(matcher: str, code: int) -> bool:
    """Matches a code against `200`, `200,302` or `200-299`."""
    ranges = [part.split('-') for part in matcher.split(',')]
    return any(int(each[0]) <= code <= int(each[-1]) for each in ranges)


def register(
    region: str, group_arn: str, identity: str, port: int, address: str, processes: int, place: Place | None
) -> Target:
    group = elbv2_backends[DEFAULT_ACCOUNT_ID][region].target_groups[group_arn]
    target = Target(group, identity, address, processes)
    name = f'{group.name} → {identity}'
    target.path = Path(region, name, lambda: _place_of_balancer(region, group), lambda: place, port, target.check_path)
    group.targets[identity] = {'Id': identity, 'Port': port}
    _targets.setdefault(group_arn, {})[identity] = target
    threading.Thread(target=target.check_until_deregistered, daemon=True).start()
    report_change()
    return target


def _place_of_balancer(region: str, group: FakeTargetGroup) -> Place | None:
    balancers = elbv2_backends[DEFAULT_ACCOUNT_ID][region].load_balancers
    for arn in group.load_balancer_arns:
        # A network load balancer may have no group.
        if arn in balancers and balancers[arn].security_groups:
            balancer = balancers[arn]
            return Place(tuple(each.id for each in balancer.subnets), tuple(balancer.security_groups))
    return None


def deregister(target: Target) -> None:
    target.gone.set()
    if target.path:
        target.path.end()
    target.group.targets.pop(target.identity, None)
    _targets.get(target.group.arn, {}).pop(target.identity, None)
    report_change()
    time.sleep(int(target.group.attributes['deregistration_delay.timeout_seconds']) / ACCELERATION)


def addresses(group_arn: str) -> list[str | None]:
    """Targets of a group's requests: the healthy ones, or all if none is healthy; None for one without a path."""
    targets = list(_targets.get(group_arn, {}).values())
    chosen = [each for each in targets if each.state == 'healthy'] or targets
    return [each.address if each.path is None or each.path.is_open else None for each in chosen]


@around(FakeTargetGroup, 'health_for')
def _local_health(health_for: Any, self: FakeTargetGroup, target: dict, ec2_backend: object) -> FakeHealthStatus:
    known = _targets.get(self.arn, {}).get(target['Id'])
    if not known:
        return health_for(self, target, ec2_backend)
    port = target['Port']
    return FakeHealthStatus(target['Id'], port, str(port), known.state, known.reason, known.description)
