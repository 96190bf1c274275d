"""Time of each change to a role's policies."""

from typing import Any

from moto.iam.models import IAMBackend

from .. import rights
from ..patches import around



@around(IAMBackend, 'put_role_policy')
def _put_role_policy(put: Any, self: IAMBackend, role_name: str, policy_name: str, policy_json: str) -> None:
    if self.get_role(role_name).policies.get(policy_name) != policy_json:
        rights.record_change(role_name, policy_name)
    put(self, role_name, policy_name, policy_json)


@around(IAMBackend, 'attach_role_policy')
def _attach_role_policy(attach: Any, self: IAMBackend, policy_arn: str, role_name: str) -> None:
    if policy_arn not in self.get_role(role_name).managed_policies:
        rights.record_change(role_name, policy_arn)
    attach(self, policy_arn, role_name)
