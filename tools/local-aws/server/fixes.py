"""Where moto's services differ from AWS's in what an environment of ours needs; applied to this process only."""

import json
from typing import Any

from moto.batch.models import BatchBackend
from moto.cloudtrail.responses import CloudTrailResponse
from moto.iam import models as iam
from moto.iam.access_control import IAMPolicyStatement, PermissionResult
from moto.iam.exceptions import EntityAlreadyExists, InvalidInput
from moto.iam.models import IAMBackend, Role

_permitted = IAMPolicyStatement.is_action_permitted
_create_linked_role = IAMBackend.create_service_linked_role
_update_compute_environment = BatchBackend.update_compute_environment


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


def _lookup_events(self: CloudTrailResponse) -> str:
    # The CDK CLI looks there for the cause of a failed deploy, and keeps on asking while this is an error.
    return json.dumps({'Events': []})


def install() -> None:
    """Changes moto in this process; nothing on disk."""
    IAMPolicyStatement.is_action_permitted = _is_action_permitted
    IAMBackend.create_service_linked_role = _create_service_linked_role
    iam.SERVICE_NAME_CONVERSION.update(batch='Batch', ecs='ECS')
    BatchBackend.update_compute_environment = _keep_compute_resources
    CloudTrailResponse.lookup_events = _lookup_events
