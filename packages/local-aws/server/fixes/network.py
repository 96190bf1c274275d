"""Network: the state of routes, the type of endpoints, and the one internet gateway of a VPC."""

from typing import Any

from moto.ec2.exceptions import EC2ClientError
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



@around(EC2Backend, 'attach_internet_gateway')
def _attach_only_gateway(attach: Any, self: EC2Backend, internet_gateway_id: str, vpc_id: str) -> Any:
    """Refuses a second gateway of a VPC."""
    others = [each for each in self.internet_gateways.values() if each.id != internet_gateway_id]
    if any(each.vpc and each.vpc.id == vpc_id for each in others):
        raise EC2ClientError('InvalidParameterValue', f'Network {vpc_id} already has an internet gateway attached')
    return attach(self, internet_gateway_id, vpc_id)


Route.state = property(_state)
