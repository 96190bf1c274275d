"""Evaluation of a request by the policies of one account, in the order of AWS's documentation.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
"""

from dataclasses import dataclass, field
from typing import Any

from .conditions import are_met, as_list
from .patterns import Lookup, matches, variables_in

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
    #: those of each level, from the organization's root down to the account
    organization: list[list[Statement]] | None = None
    resource: list[Statement] = field(default_factory=list)
    #: a key or a role: its own policy has to allow the account or the caller, too
    is_resource_policy_required: bool = False


@dataclass(frozen=True)
class Evaluation:
    decision: str
    #: policies that deny, or do not allow: `identity-based policy`, `permissions boundary`, `service control policy` …
    reason: str = ''
    is_allowed_by_boundary: bool | None = None
    is_allowed_by_organization: bool | None = None


def evaluate(request: Request, policies: Policies) -> Evaluation:
    """Decides on a request of a role of the resource's account."""
    organization = _effect_of_levels(policies.organization, request)
    boundary = _effect_of(policies.boundary, request)
    identity = _effect_of(policies.identity, request)
    named = [each for each in policies.resource if _names(each, request)]
    resource = _effect_of(named, request)

    def decided(decision: str, reason: str = '') -> Evaluation:
        return Evaluation(
            decision,
            reason,
            None if policies.boundary is None else boundary == 'Allow',
            None if policies.organization is None else organization == 'Allow',
        )

    # A denial by the organization ends the evaluation.
    for effect, kind in (
        (organization, 'service control policy'),
        (resource, 'resource-based policy'),
        (boundary, 'permissions boundary'),
        (identity, 'identity-based policy'),
    ):
        if effect == 'Deny':
            return decided(EXPLICIT_DENY, kind)
        if kind == 'service control policy' and effect is None and policies.organization is not None:
            return decided(IMPLICIT_DENY, kind)
    direct = _effect_of([each for each in named if _names_directly(each, request)], request)
    if policies.is_resource_policy_required and resource is None:
        return decided(IMPLICIT_DENY, 'resource-based policy')
    # What a resource's policy grants to a session by its own ARN is not limited by the boundary.
    if direct == 'Allow' and any(_names_session(each, request) for each in named):
        return decided(ALLOWED)
    if policies.boundary is not None and boundary is None:
        return decided(IMPLICIT_DENY, 'permissions boundary')
    if 'Allow' in (identity, direct):
        return decided(ALLOWED)
    return decided(IMPLICIT_DENY, 'identity-based policy')


def keys_in(statements: list[Statement]) -> set[str]:
    """Condition keys of all statements: those of variables, and of conditions."""
    keys = set()
    for each in statements:
        keys |= {key for block in each.get('Condition', {}).values() for key in block}
        for element in ('Resource', 'NotResource', 'Condition'):
            keys |= variables_in(str(each.get(element, '')))
    return keys


def statements_in(document: dict[str, Any]) -> list[Statement]:
    """Statements of a policy; a single one need not be in a list."""
    return as_list(document.get('Statement', []))


def _effect_of(statements: list[Statement] | None, request: Request) -> str | None:
    effects = {each['Effect'] for each in statements or [] if _applies(each, request)}
    return 'Deny' if 'Deny' in effects else 'Allow' if effects else None


def _effect_of_levels(levels: list[list[Statement]] | None, request: Request) -> str | None:
    effects = [_effect_of(level, request) for level in levels or []]
    if 'Deny' in effects:
        return 'Deny'
    return 'Allow' if effects and None not in effects else None


def _applies(statement: Statement, request: Request) -> bool:
    return (
        _contains(statement, 'Action', request.action, request.lookup, ignore_case=True)
        and _contains(statement, 'Resource', request.resource, request.lookup)
        and are_met(statement.get('Condition', {}), request.lookup)
    )


def _contains(statement: Statement, element: str, value: str, lookup: Lookup, ignore_case: bool = False) -> bool:
    is_negated = f'Not{element}' in statement
    patterns = statement.get(f'Not{element}' if is_negated else element)
    if patterns is None:
        # A trust policy has no resource.
        return True
    return any(matches(each, value, lookup, ignore_case) for each in as_list(patterns)) != is_negated


def _principals_of(statement: Statement, element: str) -> list[str]:
    """Principals of AWS; services and identity providers call nothing here."""
    principal = statement.get(element, {})
    return ['*'] if principal == '*' else as_list(principal.get('AWS', []))


def _names(statement: Statement, request: Request) -> bool:
    """True if a resource's policy names the caller, its role or its account."""
    callers = ('*', request.account, f'arn:aws:iam::{request.account}:root', *request.principals)
    if 'NotPrincipal' in statement:
        return not any(each in callers for each in _principals_of(statement, 'NotPrincipal'))
    return any(each in callers for each in _principals_of(statement, 'Principal'))


def _names_directly(statement: Statement, request: Request) -> bool:
    """True unless the policy names the account alone, which leaves the decision to the policies of the caller."""
    return any(each in ('*', *request.principals) for each in _principals_of(statement, 'Principal'))


def _names_session(statement: Statement, request: Request) -> bool:
    return any(':assumed-role/' in each and each in request.principals for each in _principals_of(statement, 'Principal'))
