"""Time of each change to a role's policies."""

from moto.iam.models import IAMBackend

from .. import rights

_put = IAMBackend.put_role_policy
_attach = IAMBackend.attach_role_policy


def _put_role_policy(self: IAMBackend, role_name: str, policy_name: str, policy_json: str) -> None:
    if self.get_role(role_name).policies.get(policy_name) != policy_json:
        rights.record_change(role_name, policy_name)
    _put(self, role_name, policy_name, policy_json)


def _attach_role_policy(self: IAMBackend, policy_arn: str, role_name: str) -> None:
    if policy_arn not in self.get_role(role_name).managed_policies:
        rights.record_change(role_name, policy_arn)
    _attach(self, policy_arn, role_name)


def install() -> None:
    IAMBackend.put_role_policy = _put_role_policy
    IAMBackend.attach_role_policy = _attach_role_policy
