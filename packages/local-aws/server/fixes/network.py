"""Routes: one whose internet gateway was detached leads nowhere, and says so."""

from moto.ec2.models.internet_gateways import InternetGateway
from moto.ec2.models.route_tables import Route


def _state(self: Route) -> str:
    gateway = self.gateway
    return 'blackhole' if isinstance(gateway, InternetGateway) and gateway.vpc is None else 'active'


def install() -> None:
    """Changes moto in this process."""
    Route.state = property(_state)
