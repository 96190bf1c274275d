"""Which roles and policies are in force. A new one is not everywhere at once, and AWS refuses whoever needs it early."""

import json
from collections.abc import Iterator
from fnmatch import fnmatchcase
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
    """Whether a policy allows an action, on that resource or, where it is not known, on any. Conditions count as met."""
    statements = document['Statement'] if isinstance(document['Statement'], list) else [document['Statement']]
    return any(
        statement['Effect'] == 'Allow'
        and _matches(action.lower(), statement.get('Action', []), str.lower)
        and (resource is None or _matches(resource, statement.get('Resource', [])))
        for statement in statements
    )


def _matches(value: str, patterns: str | list[str], spelt: Any = str) -> bool:
    return any(fnmatchcase(value, spelt(pattern)) for pattern in ([patterns] if isinstance(patterns, str) else patterns))


def is_too_early(account_id: str, role: str, action: str, resource: str | None) -> bool:
    """Whether the role has been given this right, and too short a time ago. One that it has not is not judged."""
    granting = [name for name, document in policies_of(account_id, role) if allows(document, action, resource)]
    return bool(granting) and not any(is_in_force(role) and is_in_force(role, name) for name in granting)
