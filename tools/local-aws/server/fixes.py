"""Where moto's services differ from AWS's in what an environment of ours needs; applied to this process only."""

import json
from typing import Any

from moto.batch.models import BatchBackend
from moto.cloudtrail.responses import CloudTrailResponse
from moto.core.responses import ActionResult
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.iam import models as iam
from moto.iam.access_control import IAMPolicyStatement, PermissionResult
from moto.iam.exceptions import EntityAlreadyExists, InvalidInput
from moto.iam.models import IAMBackend, Role
from moto.rds.models import DBInstance, RDSBackend
from moto.s3.models import S3Backend
from moto.s3.responses import S3Response

_permitted = IAMPolicyStatement.is_action_permitted
_create_linked_role = IAMBackend.create_service_linked_role
_update_compute_environment = BatchBackend.update_compute_environment
_create_service = EC2ContainerServiceResponse.create_service
_update_service = EC2ContainerServiceResponse.update_service
_create_db_instance = RDSBackend.create_db_instance
_modify_db_instance = RDSBackend.modify_db_instance
_put_lifecycle = S3Backend.put_bucket_lifecycle
_get_lifecycle = S3Response.get_bucket_lifecycle

#: what moto's ECS forgets of a new service: parameter → attribute that it answers from
SERVICE_SETTINGS = {
    'availabilityZoneRebalancing': 'availability_zone_rebalancing',
    'deploymentConfiguration': 'deployment_configuration',
    'enableECSManagedTags': 'enable_ecs_managed_tags',
    'enableExecuteCommand': 'enable_execute_command',
    'healthCheckGracePeriodSeconds': 'health_check_grace_period_seconds',
}
#: what moto's RDS forgets of a database: parameter → attribute that it answers from
DATABASE_SETTINGS = {
    'database_insights_mode': 'database_insights_mode',
    'enable_performance_insights': 'performance_insights_enabled',
    'engine_lifecycle_support': 'engine_lifecycle_support',
    'performance_insights_retention_period': 'performance_insights_retention_period',
}
OBJECT_SIZES = ('ObjectSizeGreaterThan', 'ObjectSizeLessThan')


def _is_action_permitted(self: IAMPolicyStatement, *arguments: Any, **named: Any) -> PermissionResult:
    # moto holds every condition of a bucket policy for unmet and then denies. The ones that CDK writes deny plain HTTP,
    # which loopback stands in for.
    if self._statement.get('Effect') == 'Deny' and 'Condition' in self._statement:
        return PermissionResult.NEUTRAL
    return _permitted(self, *arguments, **named)


def _create_service_linked_role(self: IAMBackend, service_name: str, description: str, suffix: str) -> Role:
    try:
        return _create_linked_role(self, service_name, description, suffix)
    except EntityAlreadyExists as error:
        raise InvalidInput(
            'Service role name has been taken in this account, please try a different suffix.'
        ) from error


def _keep_compute_resources(
    self: BatchBackend,
    compute_environment_name: str,
    state: str | None,
    compute_resources: dict[str, Any] | None,
    service_role: str | None,
) -> tuple[str, str]:
    answer = _update_compute_environment(self, compute_environment_name, state, compute_resources, service_role)
    environment = self.get_compute_environment(compute_environment_name)
    environment.compute_resources = {**(environment.compute_resources or {}), **(compute_resources or {})}
    return answer


def _keep_service_settings(self: EC2ContainerServiceResponse) -> ActionResult:
    answer = _create_service(self)
    for parameter, attribute in SERVICE_SETTINGS.items():
        setattr(answer.result['service'], attribute, self._get_param(parameter))
    return answer


def _move_deployment(self: EC2ContainerServiceResponse) -> ActionResult:
    answer = _update_service(self)
    service = answer.result['service']
    # moto leaves the deployment at the old revision and count.
    for deployment in service.deployments:
        deployment['taskDefinition'] = service.task_definition
        deployment['desiredCount'] = deployment['runningCount'] = service.desired_count
        deployment['pendingCount'] = 0
    return answer


def _keep_database_settings(database: DBInstance, arguments: dict[str, Any]) -> DBInstance:
    for parameter, attribute in DATABASE_SETTINGS.items():
        if parameter in arguments:
            setattr(database, attribute, arguments[parameter])
    return database


def _create_database(self: RDSBackend, db_kwargs: dict[str, Any]) -> DBInstance:
    return _keep_database_settings(_create_db_instance(self, db_kwargs), db_kwargs)


def _modify_database(self: RDSBackend, db_instance_identifier: str, db_kwargs: dict[str, Any]) -> DBInstance:
    return _keep_database_settings(_modify_db_instance(self, db_instance_identifier, db_kwargs), db_kwargs)


def _keep_object_sizes(self: S3Backend, bucket_name: str, rules: list[dict[str, Any]]) -> None:
    given = rules if isinstance(rules, list) else [rules]
    sizes = [{key: int(value) for key, value in _conditions(rule).items() if key in OBJECT_SIZES} for rule in given]
    _put_lifecycle(self, bucket_name, rules)
    for rule, size in zip(self.get_bucket(bucket_name).rules, sizes, strict=True):
        rule.object_sizes = size


def _conditions(rule: dict[str, Any]) -> dict[str, Any]:
    return (rule.get('Filter') or {}).get('And') or rule.get('Filter') or {}


def _show_object_sizes(self: S3Response) -> Any:
    serialized = self.serialized

    def with_sizes(answer: ActionResult) -> Any:
        rules = self.backend.get_bucket_lifecycle(self.bucket_name)
        for shown, rule in zip(answer.result['Rules'], rules, strict=True):
            _conditions(shown).update(getattr(rule, 'object_sizes', {}))
        return serialized(answer)

    self.serialized = with_sizes
    return _get_lifecycle(self)


def _lookup_events(self: CloudTrailResponse) -> str:
    # The CDK CLI looks there for the cause of a failed deploy, and keeps on asking while this is an error.
    return json.dumps({'Events': []})


def install() -> None:
    """Changes moto in this process; nothing on disk."""
    IAMPolicyStatement.is_action_permitted = _is_action_permitted
    IAMBackend.create_service_linked_role = _create_service_linked_role
    iam.SERVICE_NAME_CONVERSION.update(batch='Batch', ecs='ECS')
    BatchBackend.update_compute_environment = _keep_compute_resources
    EC2ContainerServiceResponse.create_service = _keep_service_settings
    EC2ContainerServiceResponse.update_service = _move_deployment
    RDSBackend.create_db_instance = _create_database
    RDSBackend.modify_db_instance = _modify_database
    S3Backend.put_bucket_lifecycle = _keep_object_sizes
    S3Response.get_bucket_lifecycle = _show_object_sizes
    CloudTrailResponse.lookup_events = _lookup_events
