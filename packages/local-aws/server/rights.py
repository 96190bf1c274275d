"""Roles and policies in force. IAM is eventually consistent: AWS refuses requests that need a new one too early."""

import json
import re
from collections.abc import Iterator
from typing import Any

from moto.iam.models import Role, iam_backends

from . import clock

#: seconds until a change is in force; on AWS mostly few, at times more (the fix of aws-cdk 37675 waits 31)
PROPAGATION = 30

#: (role, policy) → time of the last change; the policy is empty for the role itself
_changes: dict[tuple[str, str], float] = {}


def record_change(role: str, policy: str = '') -> None:
    """Records the creation or change of a role, or of a policy of it."""
    _changes[role, policy] = clock.now()


def is_in_force(role: str, policy: str = '') -> bool:
    """True once a change has reached all of AWS."""
    changed_at = _changes.get((role, policy))
    return changed_at is None or clock.now() - changed_at >= PROPAGATION


def put_all_in_force() -> None:
    """Puts every change so far in force."""
    _changes.clear()


def statements_of(account_id: str, role: str, in_force: bool = False) -> list[dict[str, Any]]:
    """Statements of a role's policies, or of those in force."""
    return [
        each
        for name, document in _policies_of(account_id, role)
        if not in_force or (is_in_force(role) and is_in_force(role, name))
        for each in _statements_in(document)
    ]


def _policies_of(account_id: str, role: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Policies of a role by name or ARN.

    Copies: another request may change the role's policies meanwhile.
    """
    found: Role = iam_backends[account_id]['aws'].get_role(role)
    for name, document in list(found.policies.items()):
        yield name, json.loads(document)
    for arn, policy in list(found.managed_policies.items()):
        yield arn, next(json.loads(each.document) for each in policy.versions if each.is_default)


def _statements_in(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Statements of a policy; a single one need not be in a list."""
    found = document['Statement']
    return found if isinstance(found, list) else [found]


def permits(statements: list[dict[str, Any]], action: str, resource: str | None) -> bool:
    """True if the statements allow an action on the resource, or on any if it is None.

    Conditions are not evaluated: an Allow with one applies, a Deny does not.
    """
    effects = {
        each['Effect']
        for each in statements
        if _matches(each, 'Action', action)
        and (resource is None or _matches(each, 'Resource', resource))
        and not (each['Effect'] == 'Deny' and ('Condition' in each or resource is None))
    }
    return effects == {'Allow'}


def _matches(statement: dict[str, Any], element: str, value: str) -> bool:
    negated = f'Not{element}' in statement
    patterns = statement.get(f'Not{element}' if negated else element, [])
    found = any(_like(pattern, value) for pattern in ([patterns] if isinstance(patterns, str) else patterns))
    return found != negated


def _like(pattern: str, value: str) -> bool:
    expression = re.escape(pattern).replace(r'\*', '.*').replace(r'\?', '.')
    # Actions are case-insensitive; names of resources never differ by case alone.
    return re.fullmatch(expression, value, re.IGNORECASE) is not None
