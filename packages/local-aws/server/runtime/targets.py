"""Targets of load balancers that are programs of this machine, and what the health check of their group says of them."""

import http.client
import threading
import time
from dataclasses import dataclass, field

from moto.core import DEFAULT_ACCOUNT_ID
from moto.elbv2.models import FakeHealthStatus, FakeTargetGroup, elbv2_backends

from . import balancers

#: an interval of thirty seconds is half a second here
HASTE = 60
FAILED = 'Target.FailedHealthChecks', 'Health checks failed'
_health_for = FakeTargetGroup.health_for
_targets: dict[str, dict[str, 'Target']] = {}


@dataclass
class Target:
    """A program behind a target group."""

    group: FakeTargetGroup
    identity: str
    address: str
    state: str = 'initial'
    reason: str | None = 'Elb.InitialHealthChecking'
    description: str = 'Initial health checks in progress'
    #: what the last check asked, and what it was answered
    seen: str = ''
    gone: threading.Event = field(default_factory=threading.Event)

    @property
    def seconds_until_unhealthy(self) -> int:
        """How long AWS takes to find a target unhealthy that never answers."""
        return int(self.group.unhealthy_threshold_count) * int(self.group.health_check_interval_seconds)

    def check_until_gone(self) -> None:
        """Asks as often as the group wants, and changes the state after as many answers as it wants."""
        good = bad = 0
        while not self.gone.is_set():
            failure = self._failure()
            good, bad = (0, bad + 1) if failure else (good + 1, 0)
            before = self.state
            if good >= int(self.group.healthy_threshold_count):
                self.state, self.reason, self.description = 'healthy', None, ''
            if bad >= int(self.group.unhealthy_threshold_count):
                self.state, (self.reason, self.description) = 'unhealthy', failure or ('', '')
            if self.state != before:
                balancers.publish()
            self.gone.wait(int(self.group.health_check_interval_seconds) / HASTE)

    def _failure(self) -> tuple[str, str] | None:
        host, port = self.address.split(':')
        timeout = int(self.group.health_check_timeout_seconds)
        path = self.group.health_check_path or '/'
        connection = http.client.HTTPConnection(host, int(port), timeout=timeout)
        try:
            connection.request('GET', path, headers={'User-Agent': 'ELB-HealthChecker/2.0'})
            code = connection.getresponse().status
            answer, failure = str(code), ('Target.ResponseCodeMismatch', f'Health checks failed with these codes: [{code}]')
            if _expected(str(self.group.matcher.get('HttpCode', '200')), code):
                failure = None
        except TimeoutError:
            answer, failure = f'no answer within {timeout} seconds', ('Target.Timeout', 'Request timed out')
        except ConnectionRefusedError:
            answer, failure = f'nothing listens on PORT {port}', FAILED
        except (OSError, http.client.HTTPException):
            answer, failure = 'the connection ended without an answer in HTTP', FAILED
        finally:
            connection.close()
        self.seen = f'GET http://localhost:{port}{path}: {answer}'
        return failure


def _expected(matcher: str, code: int) -> bool:
    """Whether the code is one of `200`, `200,302` or `200-299`."""
    ranges = [part.split('-') for part in matcher.split(',')]
    return any(int(each[0]) <= code <= int(each[-1]) for each in ranges)


def register(region: str, group_arn: str, identity: str, port: int, address: str) -> Target:
    """Registers a program, and begins to check it."""
    group = elbv2_backends[DEFAULT_ACCOUNT_ID][region].target_groups[group_arn]
    target = Target(group, identity, address)
    group.targets[identity] = {'Id': identity, 'Port': port}
    _targets.setdefault(group_arn, {})[identity] = target
    threading.Thread(target=target.check_until_gone, daemon=True).start()
    balancers.publish()
    return target


def deregister(target: Target) -> None:
    """Takes a target away from its group, and lets it finish what it has begun to answer."""
    target.gone.set()
    target.group.targets.pop(target.identity, None)
    _targets.get(target.group.arn, {}).pop(target.identity, None)
    balancers.publish()
    time.sleep(int(target.group.attributes['deregistration_delay.timeout_seconds']) / HASTE)


def addresses(group_arn: str) -> list[str]:
    """Where a group's requests go: to healthy targets, or to all of them where there is none."""
    targets = list(_targets.get(group_arn, {}).values())
    healthy = [each.address for each in targets if each.state == 'healthy']
    return healthy or [each.address for each in targets]


def _local_health(self: FakeTargetGroup, target: dict, ec2_backend: object) -> FakeHealthStatus:
    known = _targets.get(self.arn, {}).get(target['Id'])
    if not known:
        return _health_for(self, target, ec2_backend)
    port = target['Port']
    return FakeHealthStatus(target['Id'], port, str(port), known.state, known.reason, known.description)


def install() -> None:
    """Changes moto's target groups in this process."""
    FakeTargetGroup.health_for = _local_health
