"""Service-linked roles. A new account has none: a service creates its own on the first call.
ECS, RDS and Batch assume it on that same call, which is too early."""

from typing import Any

from moto.applicationautoscaling.models import ApplicationAutoscalingBackend
from moto.batch.exceptions import ClientException
from moto.batch.models import BatchBackend
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ecs.exceptions import InvalidParameterException
from moto.ecs.models import EC2ContainerServiceBackend
from moto.elbv2.models import ELBv2Backend
from moto.iam.exceptions import EntityAlreadyExists, InvalidInput
from moto.iam.models import IAMBackend, Role, iam_backends
from moto.rds.exceptions import InvalidParameterValue
from moto.rds.models import RDSBackend

from .. import rights
from ..patches import around

#: service → role name
ROLES = {
    'batch.amazonaws.com': 'AWSServiceRoleForBatch',
    'ecs.amazonaws.com': 'AWSServiceRoleForECS',
    'ecs.application-autoscaling.amazonaws.com': 'AWSServiceRoleForApplicationAutoScaling_ECSService',
    'elasticloadbalancing.amazonaws.com': 'AWSServiceRoleForElasticLoadBalancing',
    'rds.amazonaws.com': 'AWSServiceRoleForRDS',
}
ECS_REFUSAL = 'Unable to assume the service linked role. Please verify that the ECS service linked role exists.'
SUBNET_GROUP_REFUSAL = (
    'Missing necessary credentials. Please check '
    'http://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAM.ServiceLinkedRoles.html'
)
DATABASE_REFUSAL = (
    'Unable to create the resource. Verify that you have permission to create service linked role. '
    'Otherwise wait and try again later'
)



@around(IAMBackend, 'create_role')
def _create_named_role(create_role: Any, self: IAMBackend, role_name: str, *arguments: Any, **named: Any) -> Role:
    name = ROLES.get(named.get('linked_service') or '', role_name)
    role = create_role(self, name, *arguments, **named)
    rights.record_change(name)
    return role


@around(IAMBackend, 'create_service_linked_role')
def _create_service_linked_role(create: Any, self: IAMBackend, service_name: str, *arguments: str) -> Role:
    try:
        return create(self, service_name, *arguments)
    except EntityAlreadyExists as error:
        raise InvalidInput(
            f'Service role name {ROLES.get(service_name, "")} has been taken in this account, please try a different '
            'suffix.'
        ) from error


def _ensure(account_id: str, service: str, refusal: Exception | None = None) -> None:
    """Creates the service's role if it does not exist; raises `refusal` until the service can assume it."""
    backend = iam_backends[account_id]['aws']
    if not any(role.name == ROLES[service] for role in backend.get_roles()):
        backend.create_service_linked_role(service, '', '')
    if refusal and not rights.is_in_force(ROLES[service]):
        raise refusal


def _uses_role(owner: type, method: str, service: str, refusal: Exception | None = None) -> None:
    """Lets a call create the service's role, and fail with `refusal` while the role is new."""

    @around(owner, method)
    def checked(original: Any, self: Any, *arguments: Any, **named: Any) -> Any:
        _ensure(self.account_id, service, refusal)
        return original(self, *arguments, **named)


@around(BatchBackend, 'create_compute_environment')
def _create_compute_environment(create_environment: Any, self: BatchBackend, *arguments: Any, **named: Any) -> Any:
    # Batch creates an ECS cluster for its jobs.
    _ensure(self.account_id, 'ecs.amazonaws.com', ClientException(f'CLIENT_ERROR - {ECS_REFUSAL}'))
    if not named['service_role']:
        service = 'batch.amazonaws.com'
        _ensure(self.account_id, service, ClientException('CLIENT_ERROR - Not authorized to perform sts:AssumeRole'))
        named['service_role'] = f'arn:aws:iam::{self.account_id}:role/aws-service-role/{service}/{ROLES[service]}'
    return create_environment(self, *arguments, **named)


def make_all() -> None:
    for service in ROLES:
        _ensure(DEFAULT_ACCOUNT_ID, service)
    rights.put_all_in_force()

ecs, rds = 'ecs.amazonaws.com', 'rds.amazonaws.com'
_uses_role(EC2ContainerServiceBackend, 'create_cluster', ecs, InvalidParameterException(ECS_REFUSAL))
_uses_role(RDSBackend, 'create_subnet_group', rds, InvalidParameterValue(SUBNET_GROUP_REFUSAL))
_uses_role(RDSBackend, 'create_db_instance', rds, InvalidParameterValue(DATABASE_REFUSAL))
_uses_role(ELBv2Backend, 'create_load_balancer', 'elasticloadbalancing.amazonaws.com')
scaling = 'ecs.application-autoscaling.amazonaws.com'
_uses_role(ApplicationAutoscalingBackend, 'register_scalable_target', scaling)
