"""State of routes."""

from moto.ec2.models.internet_gateways import InternetGateway
from moto.ec2.models.route_tables import Route


def _state(self: Route) -> str:
    """The state is blackhole once the internet gateway is detached."""
    gateway = self.gateway
    return 'blackhole' if isinstance(gateway, InternetGateway) and gateway.vpc is None else 'active'


Route.state = property(_state)
