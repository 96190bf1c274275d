"""Roles and policies in force. IAM is eventually consistent: AWS refuses requests that need a new one too early."""

import json
from collections.abc import Iterator
from typing import Any

from moto.iam.models import Role, iam_backends

from . import clock
from .authorization.evaluation import ALLOWED, Policies, Request, Statement, evaluate, statements_in
from .runtime import programs

#: seconds until a change is in force; on AWS mostly few, at times more (the fix of aws-cdk 37675 waits 31)
PROPAGATION = 30

#: (role, policy) → time of the last change; the policy is empty for the role itself
_changes: dict[tuple[str, str], float] = {}


def record_change(role: str, policy: str = '') -> None:
    _changes[role, policy] = clock.now()


def is_in_force(role: str, policy: str = '') -> bool:
    changed_at = _changes.get((role, policy))
    return changed_at is None or clock.now() - changed_at >= PROPAGATION


def put_all_in_force() -> None:
    _changes.clear()


def policies_of(account_id: str, role: str, in_force: bool = False) -> Policies:
    """Policies of a role, or those in force, with its boundary and the organization's."""
    found: Role = iam_backends[account_id]['aws'].get_role(role)
    identity = [
        each
        for name, document in _documents_of(account_id, found)
        if not in_force or (is_in_force(role) and is_in_force(role, name))
        for each in statements_in(document)
    ]
    boundary = found.permissions_boundary_arn
    return Policies(
        identity,
        boundary=statements_in(_managed_document(account_id, boundary)) if boundary else None,
        organization=_organization_statements(),
    )


def permits(account_id: str, role: str, action: str, resource: str) -> bool:
    """True if a role's policies allow an action of a service on its behalf, without any condition key."""
    request = Request(action, resource, (), account_id, lambda _: None)
    return evaluate(request, policies_of(account_id, role)).decision == ALLOWED


def _documents_of(account_id: str, role: Role) -> Iterator[tuple[str, dict[str, Any]]]:
    """Policies of a role by name or ARN.

    Copies: another request may change the role's policies meanwhile.
    """
    for name, document in list(role.policies.items()):
        yield name, json.loads(document)
    for arn in list(role.managed_policies):
        yield arn, _managed_document(account_id, arn)


def _managed_document(account_id: str, arn: str) -> dict[str, Any]:
    policy = iam_backends[account_id]['aws'].get_policy(arn)
    return next(json.loads(each.document) for each in policy.versions if each.is_default)


def _organization_statements() -> list[Statement] | None:
    """Statements of the service control policies that src/local-aws.ts has written to this file; None without one."""
    file = programs.scratch / 'organization-policies.json'
    documents = json.loads(file.read_text()) if file.exists() else []
    return [each for document in documents for each in statements_in(document)] if documents else None
