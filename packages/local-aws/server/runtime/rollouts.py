"""Deployments of services with local programs, which CloudFormation waits for."""

from collections.abc import Callable
from enum import Enum


class Rollout(Enum):
    """End of a service's deployment."""

    COMPLETED = 'completed'
    #: the circuit breaker stopped the deployment
    BROKEN = 'broken'
    #: no task becomes healthy, and no circuit breaker ends the attempts
    UNSTABLE = 'unstable'


#: ARN of a service → function that waits for the end of its deployment
waits: dict[str, Callable[[], Rollout]] = {}


def wait_for(service_arn: str) -> Rollout:
    """Waits for a service's deployment; that of a service without local programs is complete at once."""
    wait = waits.get(service_arn)
    return wait() if wait else Rollout.COMPLETED
