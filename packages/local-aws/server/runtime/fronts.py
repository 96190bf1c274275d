"""CloudFront's distributions: HTTPS before load balancers."""

from .ports import free_port
from .published import report_change

#: id of an origin inside of a VPC → ARN of its load balancer
origins: dict[str, str] = {}

#: id of a distribution → id of its origin
_fronts: dict[str, str] = {}
_ports: dict[str, int] = {}


def port_of(distribution: str) -> int:
    return _ports.setdefault(distribution, free_port())


def open_front(distribution: str, origin: str) -> None:
    _fronts[distribution] = origin
    report_change()


def close_front(distribution: str) -> None:
    if _fronts.pop(distribution, None):
        report_change()


def uses(origin: str) -> bool:
    return origin in _fronts.values()


def listed() -> list[tuple[int, str]]:
    """Local port of each distribution, and the ARN of its load balancer."""
    return [(port_of(distribution), origins[origin]) for distribution, origin in _fronts.items()]
