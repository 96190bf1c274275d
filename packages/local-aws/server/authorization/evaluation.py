"""Evaluation of a request by the policies of one account, in the order of AWS's documentation.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
"""

from dataclasses import dataclass, field
from typing import Any

from .conditions import Lookup, are_met, as_list, is_like

Statement = dict[str, Any]

ALLOWED, EXPLICIT_DENY, IMPLICIT_DENY = 'allowed', 'explicitDeny', 'implicitDeny'


@dataclass(frozen=True)
class Request:
    """One action on one resource, `*` if the action has none."""

    action: str
    resource: str
    #: role and session of the caller
    principals: tuple[str, ...]
    account: str
    lookup: Lookup


@dataclass(frozen=True)
class Policies:
    """Statements that count for a request; None where there is no such policy."""

    identity: list[Statement]
    boundary: list[Statement] | None = None
    organization: list[Statement] | None = None
    resource: list[Statement] = field(default_factory=list)
    #: a key or a role: its own policy has to allow the account or the caller, too
    is_resource_policy_required: bool = False


@dataclass(frozen=True)
class Evaluation:
    decision: str
    #: kind of the policies that deny, or do not allow: `identity-based policy`
    reason: str = ''
    is_allowed_by_boundary: bool | None = None
    is_allowed_by_organization: bool | None = None


def evaluate(request: Request, policies: Policies) -> Evaluation:
    """Decides on a request of a role of the resource's account."""
    organization = _effect_of(policies.organization, request)
    boundary = _effect_of(policies.boundary, request)
    identity = _effect_of(policies.identity, request)
    resource = _effect_of([each for each in policies.resource if _names(each, request)], request)
    direct = _effect_of([each for each in policies.resource if _names_directly(each, request)], request)

    def decided(decision: str, reason: str = '') -> Evaluation:
        return Evaluation(
            decision,
            reason,
            None if policies.boundary is None else boundary == 'Allow',
            None if policies.organization is None else organization == 'Allow',
        )

    for effect, is_required, kind in (
        # A denial by the organization ends the evaluation.
        (organization, policies.organization is not None, 'service control policy'),
        (resource, False, 'resource-based policy'),
        (boundary, False, 'permissions boundary'),
        (identity, False, 'identity-based policy'),
        (resource, policies.is_resource_policy_required, 'resource-based policy'),
        (boundary, policies.boundary is not None, 'permissions boundary'),
    ):
        if effect == 'Deny':
            return decided(EXPLICIT_DENY, kind)
        if is_required and effect is None:
            return decided(IMPLICIT_DENY, kind)
    if 'Allow' in (identity, direct):
        return decided(ALLOWED)
    return decided(IMPLICIT_DENY, 'identity-based policy')


def keys_in(statements: list[Statement]) -> set[str]:
    return {key for each in statements for keys in each.get('Condition', {}).values() for key in keys}


def statements_in(document: dict[str, Any]) -> list[Statement]:
    """Statements of a policy; a single one need not be in a list."""
    return as_list(document.get('Statement', []))


def _effect_of(statements: list[Statement] | None, request: Request) -> str | None:
    effects = {each['Effect'] for each in statements or [] if _applies(each, request)}
    return 'Deny' if 'Deny' in effects else 'Allow' if effects else None


def _applies(statement: Statement, request: Request) -> bool:
    return (
        _contains(statement, 'Action', request.action, ignore_case=True)
        and _contains(statement, 'Resource', request.resource)
        and are_met(statement.get('Condition', {}), request.lookup)
    )


def _contains(statement: Statement, element: str, value: str, ignore_case: bool = False) -> bool:
    is_negated = f'Not{element}' in statement
    patterns = statement.get(f'Not{element}' if is_negated else element)
    if patterns is None:
        # A trust policy has no resource.
        return True
    return any(is_like(each, value, ignore_case) for each in as_list(patterns)) != is_negated


def _names(statement: Statement, request: Request) -> bool:
    """True if a resource's policy names the account, which leaves the decision to the caller's policies, or the caller."""
    account = {request.account, f'arn:aws:iam::{request.account}:root'}
    return _names_directly(statement, request) or not account.isdisjoint(_principals_of(statement))


def _names_directly(statement: Statement, request: Request) -> bool:
    return not {'*', *request.principals}.isdisjoint(_principals_of(statement))


def _principals_of(statement: Statement) -> list[str]:
    """Principals of AWS; services and identity providers call nothing here."""
    principal = statement.get('Principal', {})
    return ['*'] if principal == '*' else as_list(principal.get('AWS', []))
