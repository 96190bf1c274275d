"""Refusals to delete a resource in use, or to reuse its name; moto grants both."""

from collections.abc import Collection
from typing import Any

from moto.ec2.exceptions import DependencyViolationError
from moto.ec2.models import EC2Backend
from moto.ec2.models.subnets import Subnet
from moto.ec2.models.vpcs import VPCEndPoint
from moto.elbv2.exceptions import ELBClientError
from moto.elbv2.models import ELBv2Backend
from moto.rds.exceptions import RDSClientError
from moto.rds.models import DBInstance, DBSubnetGroup, RDSBackend, rds_backends

from ..patches import around, instead



def _databases(account_id: str, region: str) -> Collection[DBInstance]:
    return rds_backends[account_id][region].databases.values()


def _endpoints(backend: EC2Backend) -> list[VPCEndPoint]:
    """Endpoints that exist: moto keeps deleted ones."""
    return [endpoint for endpoint in backend.vpc_end_points.values() if endpoint.state != 'deleted']


def _group_of(database: DBInstance) -> DBSubnetGroup | None:
    return getattr(database, 'db_subnet_group', None)


def _is_placed_in(database: DBInstance, subnet: Subnet) -> bool:
    """True if the database has a network interface in the subnet, or may have one with Multi-AZ."""
    group = _group_of(database)
    within = group is not None and subnet.id in [each.id for each in group._subnets]
    return within and (database.multi_az or database.availability_zone == subnet.availability_zone)


@around(EC2Backend, 'delete_security_group')
def _keep_used_group(delete: Any, self: EC2Backend, name: str | None = None, group_id: str | None = None) -> None:
    used = [database.vpc_security_group_ids for database in _databases(self.account_id, self.region_name)]
    used += [endpoint.security_group_ids for endpoint in _endpoints(self)]
    if any(group_id in ids for ids in used):
        raise DependencyViolationError(f'resource {group_id} has a dependent object')
    delete(self, name, group_id)


@around(EC2Backend, 'delete_subnet')
def _keep_used_subnet(delete_subnet: Any, self: EC2Backend, subnet_id: str) -> Subnet:
    subnet = self.get_subnet(subnet_id)
    is_used = any(_is_placed_in(database, subnet) for database in _databases(self.account_id, self.region_name))
    if is_used or any(subnet_id in (endpoint.subnet_ids or []) for endpoint in _endpoints(self)):
        raise DependencyViolationError(f"The subnet '{subnet_id}' has dependencies and cannot be deleted.")
    return delete_subnet(self, subnet_id)


@around(EC2Backend, 'delete_vpc')
def _keep_used_vpc(delete_vpc: Any, self: EC2Backend, vpc_id: str) -> Any:
    if any(group.name != 'default' for group in self.groups[vpc_id].values()):
        raise DependencyViolationError(f"The vpc '{vpc_id}' has dependencies and cannot be deleted.")
    return delete_vpc(self, vpc_id)


@around(RDSBackend, 'create_subnet_group')
def _keep_subnet_group(create: Any, self: RDSBackend, subnet_name: str, *arguments: Any, **named: Any) -> DBSubnetGroup:
    if subnet_name in self.subnet_groups:
        raise RDSClientError('DBSubnetGroupAlreadyExists', f"The DB subnet group '{subnet_name}' already exists.")
    return create(self, subnet_name, *arguments, **named)


@around(RDSBackend, 'delete_subnet_group')
def _keep_used_subnet_group(delete_subnet_group: Any, self: RDSBackend, subnet_name: str) -> DBSubnetGroup:
    for database in self.databases.values():
        group = _group_of(database)
        if group and group.name == subnet_name:
            raise RDSClientError(
                'InvalidDBSubnetGroupStateFault',
                f"Cannot delete the subnet group '{subnet_name}' because at least one database instance: "
                f'{database.db_instance_identifier} is still using it.',
            )
    return delete_subnet_group(self, subnet_name)


@instead(RDSBackend, 'modify_db_subnet_group')
def _modify_subnet_group(self: RDSBackend, subnet_name: str, description: str, subnets: list[Subnet]) -> DBSubnetGroup:
    group = self.describe_db_subnet_groups(subnet_name)[0]
    gone = [subnet for subnet in group._subnets if subnet.id not in [each.id for each in subnets]]
    used = [subnet.id for subnet in gone if any(_is_placed_in(each, subnet) for each in self.databases.values())]
    if used:
        raise RDSClientError(
            'SubnetAlreadyInUse', f'Some of the subnets to be deleted are currently in use : {", ".join(used)}'
        )
    # moto loses the group on a change.
    group.subnets = subnets
    group.description = group.description if description is None else description
    return group


@around(ELBv2Backend, 'delete_load_balancer')
def _keep_protected_balancer(delete_load_balancer: Any, self: ELBv2Backend, arn: str) -> None:
    balancer = self.load_balancers.get(arn)
    if balancer and balancer.attrs.get('deletion_protection.enabled') == 'true':
        raise ELBClientError(
            'OperationNotPermitted', f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled"
        )
    delete_load_balancer(self, arn)
