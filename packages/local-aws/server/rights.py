"""Which roles and policies are in force. A new one is not everywhere at once, and AWS refuses whoever needs it early."""

import json
import re
from collections.abc import Iterator
from typing import Any

from moto.iam.models import Role, iam_backends

from . import clock

#: how long it takes here; on AWS mostly seconds, at times more (aws-cdk 37675, whose mend waits 31)
SPREAD = 30

#: (role, policy) → when it was made; a role by itself has an empty policy
_born: dict[tuple[str, str], float] = {}


def born(role: str, policy: str = '') -> None:
    """Notes that a role, or a policy of it, was made or changed just now."""
    _born[role, policy] = clock.now()


def is_in_force(role: str, policy: str = '') -> bool:
    """Whether AWS would know it everywhere by now."""
    born_at = _born.get((role, policy))
    return born_at is None or clock.now() - born_at >= SPREAD


def forget_ages() -> None:
    """Takes everything that was made so far for old."""
    _born.clear()


def policies_of(account_id: str, role: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The policies of a role, by their names or ARNs."""
    found: Role = iam_backends[account_id]['aws'].get_role(role)
    for name, document in found.policies.items():
        yield name, json.loads(document)
    for arn, policy in found.managed_policies.items():
        yield arn, next(json.loads(each.document) for each in policy.versions if each.is_default)


def allows(document: dict[str, Any], action: str, resource: str | None) -> bool:
    """Whether a policy by itself allows an action."""
    return permits(statements_in(document), action, resource)


def statements_in(document: dict[str, Any]) -> list[dict[str, Any]]:
    """A policy's statements, of which one may stand by itself."""
    found = document['Statement']
    return found if isinstance(found, list) else [found]


def permits(statements: list[dict[str, Any]], action: str, resource: str | None) -> bool:
    """Whether they allow an action, on that resource or, where it is not known, on any.

    Conditions are not read: with one an Allow holds, and a Deny does not.
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
    # Actions are the same in any case, and names of resources do not differ by it.
    return re.fullmatch(expression, value, re.IGNORECASE) is not None
