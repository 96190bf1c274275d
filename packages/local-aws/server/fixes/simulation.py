"""SimulatePrincipalPolicy, which moto lacks."""

from typing import Any

from moto.core.responses import ActionResult
from moto.iam.responses import IamResponse

from .. import rights
from ..patches import instead


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
