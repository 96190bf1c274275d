"""Bucket policies and the audit trail."""

import json
from typing import Any

from moto.cloudtrail.responses import CloudTrailResponse
from moto.iam.access_control import IAMPolicyStatement, PermissionResult

_permitted = IAMPolicyStatement.is_action_permitted


def _is_action_permitted(self: IAMPolicyStatement, *arguments: Any, **named: Any) -> PermissionResult:
    # moto holds every condition of a bucket policy for unmet and then denies. The ones that CDK writes deny plain HTTP,
    # which loopback stands in for.
    if self._statement.get('Effect') == 'Deny' and 'Condition' in self._statement:
        return PermissionResult.NEUTRAL
    return _permitted(self, *arguments, **named)


def _lookup_events(self: CloudTrailResponse) -> str:
    # The CDK CLI looks there for the cause of a failed deploy, and keeps on asking while this is an error.
    return json.dumps({'Events': []})


def install() -> None:
    """Changes moto in this process."""
    IAMPolicyStatement.is_action_permitted = _is_action_permitted
    CloudTrailResponse.lookup_events = _lookup_events
