"""AWS's pace as data: how long it takes, in seconds, each figure with its source or "assumed".

Operations of CloudFormation always take their time on the server's clock, which they advance. With `aws.keepAwsPace()` the
clock runs by itself, and all of this takes its time: really, or on the clock of a client that keeps AWS's time. Such
a client sends its seconds as `x-local-aws-now`, and the answer has those to count as `x-local-aws-seconds`.
"""

import threading
import time
import zlib
from collections.abc import Callable

from . import clock
from .runtime import programs

#: any call; assumed
CALL = 0.1
#: comparison of one resource, at least and at most. Assumed: AWS says "up to several minutes" of a stack (API reference,
#: DetectStackDrift), of which each resource is a part.
DRIFT = (1, 3)
#: comparisons at once; more are throttled (aws-cloudformation/cloudformation-coverage-roadmap 801)
MOST_COMPARISONS = 5
#: comparison of a resource by a drift-aware change set; assumed, as many at once as above
REVERSAL = 2
#: answer to a request that an operation of CloudFormation begins; assumed
ANSWER = 1
#: start and stop of a database: "several minutes", and "from minutes to hours" for a start (RDS user guide, "Stopping an
#: Amazon RDS DB instance temporarily")
START_DATABASE = 180
STOP_DATABASE = 120
#: until a figure can be read. Load balancers publish each minute (Elastic Load Balancing user guide), CloudWatch shows it
#: "up to several minutes" later; assumed: two.
METRIC = 180

#: seconds for types that CloudFormation waits for; RDS: see above, creation is longer; the others assumed
SLOW = {
    'AWS::CertificateManager::Certificate': 120,
    'AWS::CloudFront::Distribution': 300,
    # "It might take up to 15 minutes" (CloudFront developer guide, "Restrict access with VPC origins")
    'AWS::CloudFront::VpcOrigin': 900,
    'AWS::ECS::Service': 120,
    'AWS::ElasticLoadBalancingV2::LoadBalancer': 120,
    'AWS::IAM::Role': 20,
    'AWS::RDS::DBInstance': 300,
}
#: seconds of a whole rollback or deletion
LONG = 60

_request = threading.local()


def seconds(resource_type: str) -> int:
    return SLOW.get(resource_type, 10)


def wait(until: float) -> None:
    """Waits for the end of an operation on a resource: as long as a test says, and as long as AWS takes."""
    time.sleep(programs.number_in('pace') / 1000)
    if clock.runs():
        clock.move_to(until)


def between(figure: tuple[float, float], name: str) -> float:
    """Seconds within a range, the same for a name at any time."""
    least, most = figure
    return least + (most - least) * (zlib.crc32(name.encode()) % 100) / 99


def begin_call(client_now: str | None) -> None:
    """Begins the call of this thread. A client that keeps AWS's time says its own, in seconds."""
    _request.taken, _request.is_told = 0.0, client_now is not None
    _request.began = clock.now() if client_now is None else clock.follow(float(client_now))
    if clock.runs():
        take(CALL)


def take(duration: float) -> None:
    """Takes the time of a call. A client that keeps AWS's time is told, and waits by itself."""
    if getattr(_request, 'is_told', False):
        _request.taken += duration
    else:
        time.sleep(duration)


def began() -> float:
    return _request.began


def taken() -> str | None:
    """Seconds that the client of this call has to count, or None."""
    return f'{_request.taken:.2f}' if _request.is_told else None


def later(duration: float, change: Callable[[], None]) -> None:
    """Makes a change after this time on the clock; at once unless it runs."""
    if not clock.runs():
        change()
        return
    due = clock.now() + duration

    def wait_and_change() -> None:
        clock.move_to(due)
        change()

    threading.Thread(target=wait_and_change, daemon=True).start()
