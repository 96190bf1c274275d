"""Network: the state of routes, and the type of endpoints."""

from typing import Any

from moto.ec2.models import EC2Backend
from moto.ec2.models.internet_gateways import InternetGateway
from moto.ec2.models.route_tables import Route

from ..patches import around


def _state(self: Route) -> str:
    """The state is blackhole once the internet gateway is detached."""
    gateway = self.gateway
    return 'blackhole' if isinstance(gateway, InternetGateway) and gateway.vpc is None else 'active'


@around(EC2Backend, 'create_vpc_endpoint')
def _create_typed_endpoint(create_endpoint: Any, self: EC2Backend, endpoint_type: str | None, **given: Any) -> Any:
    """Creates a gateway endpoint by default, as AWS does; moto cannot delete one without a type."""
    return create_endpoint(self, endpoint_type=endpoint_type or 'Gateway', **given)


Route.state = property(_state)
