"""Conditions under which CloudFormation accepts a change of a stack."""

from typing import NoReturn

from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import Stack

NEVER_UPDATED = (
    'CREATE_FAILED',
    'REVIEW_IN_PROGRESS',
    'ROLLBACK_COMPLETE',
    'ROLLBACK_FAILED',
    'UPDATE_FAILED',
    'UPDATE_ROLLBACK_FAILED',
    'DELETE_FAILED',
)


def is_busy(stack: Stack) -> bool:
    return stack.status.endswith('_IN_PROGRESS') and stack.status != 'REVIEW_IN_PROGRESS'


def require_idle(stack: Stack, verb: str) -> None:
    if is_busy(stack):
        refuse(stack, verb)


def require_updatable(stack: Stack) -> None:
    """Refuses during another operation, and in states that only a creation, a deletion or a rollback leaves."""
    require_idle(stack, 'updated')
    if stack.status in NEVER_UPDATED:
        refuse(stack, 'updated')


def refuse(stack: Stack, verb: str) -> NoReturn:
    raise ValidationError(message=f'Stack:{stack.stack_id} is in {stack.status} state and can not be {verb}.')


def other_type(logical_ids: list[str]) -> str:
    """CloudFormation's refusal of another type under the same logical ids."""
    return (
        'Update of resource type is not permitted. The new template modifies resource type of the following '
        f'resources: [{", ".join(logical_ids)}]'
    )
