"""IAM: the time of each change to a role's policies, and the policy simulator, which moto lacks."""

import json
from dataclasses import replace
from typing import Any

from moto.core.responses import ActionResult
from moto.iam.models import IAMBackend
from moto.iam.responses import IamResponse

from .. import rights
from ..api import Properties
from ..authorization.evaluation import (
    ALLOWED,
    EXPLICIT_DENY,
    IMPLICIT_DENY,
    Evaluation,
    Request,
    Statement,
    evaluate,
    keys_in,
    statements_in,
)
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
    """One result for each action, the strictest of its resources; those of the resources are beside it (API reference)."""
    caller = self._get_param('PolicySourceArn')
    policies = rights.policies_of(self.current_account, caller.rsplit('/', 1)[-1])
    policies = replace(
        policies,
        identity=policies.identity + _statements(self, 'PolicyInputList'),
        boundary=_statements(self, 'PermissionsBoundaryPolicyInputList') or policies.boundary,
        resource=statements_in(json.loads(self._get_param('ResourcePolicy') or '{}')),
    )
    resources = self._get_param('ResourceArns') or ['*']
    context = {
        entry['ContextKeyName'].lower(): entry['ContextKeyValues'] for entry in self._get_param('ContextEntries') or []
    }
    # AWS names the keys of all statements, also of those that do not concern the action, and none of the organization's.
    keys = keys_in(policies.identity + policies.resource)
    missing = sorted(key for key in keys if key.lower() not in context)

    def lookup(key: str) -> list[str] | None:
        return context.get(key.lower())

    results = []
    for action in self._get_param('ActionNames'):
        evaluations = [
            evaluate(Request(action, each, (caller,), self.current_account, lookup), policies) for each in resources
        ]
        results.append(_result(action, resources, evaluations, missing))
    return ActionResult({'EvaluationResults': results, 'IsTruncated': False})


def _result(action: str, resources: list[str], evaluations: list[Evaluation], missing: list[str]) -> Properties:
    by_resource = []
    for resource, evaluation in zip(resources, evaluations):
        by_resource.append({
            'EvalResourceName': resource,
            'EvalResourceDecision': evaluation.decision,
            'MissingContextValues': _missing_of(evaluation, missing),
            **_boundary_detail([evaluation]),
        })
    result = {
        'EvalActionName': action,
        'EvalDecision': min((each.decision for each in evaluations), key=_STRICTEST_FIRST.index),
        'MissingContextValues': sorted({key for each in evaluations for key in _missing_of(each, missing)}),
        **_boundary_detail(evaluations),
    }
    by_organization = [each.is_allowed_by_organization for each in evaluations]
    if None not in by_organization:
        result['OrganizationsDecisionDetail'] = {'AllowedByOrganizations': all(by_organization)}
    if resources != ['*']:
        result['ResourceSpecificResults'] = by_resource
    return result


_STRICTEST_FIRST = [EXPLICIT_DENY, IMPLICIT_DENY, ALLOWED]


def _missing_of(evaluation: Evaluation, missing: list[str]) -> list[str]:
    """A denial by the organization ends the simulation before a condition is looked at (aws-cli 10525)."""
    return [] if evaluation.is_allowed_by_organization is False else missing


def _boundary_detail(evaluations: list[Evaluation]) -> Properties:
    allowed = [each.is_allowed_by_boundary for each in evaluations]
    if None in allowed:
        return {}
    return {'PermissionsBoundaryDecisionDetail': {'AllowedByPermissionsBoundary': all(allowed)}}


def _statements(self: IamResponse, parameter: str) -> list[Statement]:
    documents = self._get_param(parameter) or []
    return [each for document in documents for each in statements_in(json.loads(document))]
