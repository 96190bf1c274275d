"""Conditions under which CloudFormation accepts a change of a stack."""

from typing import Any, NoReturn

from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import Stack

NEVER_UPDATED = (
    'CREATE_FAILED',
    'ROLLBACK_COMPLETE',
    'ROLLBACK_FAILED',
    'UPDATE_FAILED',
    'UPDATE_ROLLBACK_FAILED',
    'DELETE_FAILED',
)


def require_idle(stack: Stack, verb: str) -> None:
    """Refuses during another operation."""
    if stack.status.endswith('_IN_PROGRESS') and stack.status != 'REVIEW_IN_PROGRESS':
        refuse(stack, verb)


def require_updatable(stack: Stack) -> None:
    """Refuses during another operation, and in states that only a deletion or a rollback leaves."""
    require_idle(stack, 'updated')
    if stack.status in NEVER_UPDATED:
        refuse(stack, 'updated')


def refuse(stack: Stack, verb: str) -> NoReturn:
    """Refuses an operation in the stack's state."""
    raise ValidationError(message=f'Stack:{stack.stack_id} is in {stack.status} state and can not be {verb}.')


def other_type(logical_ids: list[str]) -> str:
    """CloudFormation's refusal of another type under the same logical ids."""
    return (
        'Update of resource type is not permitted. The new template modifies resource type of the following '
        f'resources: [{", ".join(logical_ids)}]'
    )


def previous_values(stack: Stack, given: list[dict[str, Any]]) -> dict[str, str]:
    """Parameters of a request; moto does not resolve a previous value to the template's default."""
    defaults = _defaults(stack)
    return {
        each['ParameterKey']: stack.parameters.get(each['ParameterKey'], defaults.get(each['ParameterKey']))
        if each.get('UsePreviousValue')
        else each['ParameterValue']
        for each in given
    }


def is_same(stack: Stack, template: str, parameters: dict[str, Any], tags: dict[str, str] | None) -> bool:
    """True if a request changes nothing."""
    defaults = _defaults(stack)
    return (
        stack.has_template(template)
        and {**defaults, **parameters} == {**defaults, **stack.parameters}
        and tags in (None, stack.tags)
    )


def _defaults(stack: Stack) -> dict[str, Any]:
    return {key: slot.get('Default') for key, slot in stack.template_dict.get('Parameters', {}).items()}
