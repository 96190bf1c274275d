"""Deployments of services with local programs, which CloudFormation waits for."""

from collections.abc import Callable

#: CloudFormation's message and error code
Failure = tuple[str, str]
#: the circuit breaker, or an alarm, stopped the deployment
BROKEN = "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.", 'GeneralServiceException'
#: no task becomes healthy, and no circuit breaker ends the attempts
UNSTABLE = 'Exceeded attempts to wait', 'NotStabilized'

#: ARN of a service → function that waits for the end of its deployment; one without local programs is complete at once
waits: dict[str, Callable[[], Failure | None]] = {}
