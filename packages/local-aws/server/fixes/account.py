"""Bucket policies and the audit trail."""

import json
from typing import Any

from moto.cloudtrail.responses import CloudTrailResponse
from moto.iam.access_control import IAMPolicyStatement, PermissionResult

from ..patches import around, instead



@around(IAMPolicyStatement, 'is_action_permitted')
def _is_action_permitted(permitted: Any, self: IAMPolicyStatement, *arguments: Any, **named: Any) -> PermissionResult:
    # moto denies on every condition of a bucket policy. The CDK's own conditions deny plain HTTP, which loopback uses.
    if self._statement.get('Effect') == 'Deny' and 'Condition' in self._statement:
        return PermissionResult.NEUTRAL
    return permitted(self, *arguments, **named)


@instead(CloudTrailResponse, 'lookup_events')
def _lookup_events(self: CloudTrailResponse) -> str:
    # The CDK CLI looks for the cause of a failed deployment here, and retries on an error.
    return json.dumps({'Events': []})
