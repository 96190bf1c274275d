"""IAM: the time of each change to a role's policies, and SimulatePrincipalPolicy, which moto lacks."""

from typing import Any

from moto.core.responses import ActionResult
from moto.iam.models import IAMBackend
from moto.iam.responses import IamResponse

from .. import rights
from ..patches import around, instead


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


@instead(IamResponse, 'simulate_principal_policy')
def _simulate_principal_policy(self: IamResponse) -> ActionResult:
    """Evaluates the role's policies; resource policies are not part of a simulation."""
    role = self._get_param('PolicySourceArn').rsplit('/', 1)[-1]
    statements = rights.statements_of(self.current_account, role)
    results = [
        {'EvalActionName': action, 'EvalResourceName': resource, 'EvalDecision': _decide(statements, action, resource)}
        for action in self._get_param('ActionNames', [])
        for resource in self._get_param('ResourceArns', ['*'])
    ]
    return ActionResult({'EvaluationResults': results, 'IsTruncated': False})


def _decide(statements: list[dict[str, Any]], action: str, resource: str) -> str:
    if rights.permits(statements, action, resource):
        return 'allowed'
    denials = [{**each, 'Effect': 'Allow'} for each in statements if each['Effect'] == 'Deny']
    return 'explicitDeny' if rights.permits(denials, action, resource) else 'implicitDeny'
