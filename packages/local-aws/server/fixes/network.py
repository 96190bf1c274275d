"""Network: the state of routes, and the type of endpoints."""

from typing import Any

from moto.ec2.models import EC2Backend
from moto.ec2.models.internet_gateways import InternetGateway
from moto.ec2.models.route_tables import Route

_create_endpoint = EC2Backend.create_vpc_endpoint


def _state(self: Route) -> str:
    """The state is blackhole once the internet gateway is detached."""
    gateway = self.gateway
    return 'blackhole' if isinstance(gateway, InternetGateway) and gateway.vpc is None else 'active'


def _create_typed_endpoint(self: EC2Backend, endpoint_type: str | None, **given: Any) -> Any:
    """Creates a gateway endpoint by default, as AWS does; moto cannot delete one without a type."""
    return _create_endpoint(self, endpoint_type=endpoint_type or 'Gateway', **given)


def install() -> None:
    Route.state = property(_state)
    EC2Backend.create_vpc_endpoint = _create_typed_endpoint
