"""Roles, bucket policies and the audit trail."""

import json
from typing import Any

from moto.cloudtrail.responses import CloudTrailResponse
from moto.iam import models as iam
from moto.iam.access_control import IAMPolicyStatement, PermissionResult
from moto.iam.exceptions import EntityAlreadyExists, InvalidInput
from moto.iam.models import IAMBackend, Role

_permitted = IAMPolicyStatement.is_action_permitted
_create_linked_role = IAMBackend.create_service_linked_role


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


def _lookup_events(self: CloudTrailResponse) -> str:
    # The CDK CLI looks there for the cause of a failed deploy, and keeps on asking while this is an error.
    return json.dumps({'Events': []})


def install() -> None:
    """Changes moto in this process."""
    IAMPolicyStatement.is_action_permitted = _is_action_permitted
    IAMBackend.create_service_linked_role = _create_service_linked_role
    iam.SERVICE_NAME_CONVERSION.update(batch='Batch', ecs='ECS')
    CloudTrailResponse.lookup_events = _lookup_events
