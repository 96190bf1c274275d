"""Replaces moto's stack by ours, and adds the refusals of AWS's CloudFormation."""

from typing import Any

from moto.cloudformation import models
from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import CloudFormationBackend, Stack
from moto.cloudformation.responses import CloudFormationResponse, StackResourceDTO
from moto.core.responses import ActionResult, EmptyResult

from . import change_sets, drift
from .stack import LocalStack
from .states import is_same, previous_values, require_idle, require_updatable

_find = CloudFormationBackend.get_stack
_update = CloudFormationBackend.update_stack
_describe_resource = StackResourceDTO.__init__


def _update_stack(self: CloudFormationBackend, name: str, **arguments: Any) -> Stack:
    stack = _find(self, name)
    require_updatable(stack)
    parameters = previous_values(stack, arguments['parameters'])
    if is_same(stack, arguments['template'], parameters, arguments['tags']):
        raise ValidationError(message='No updates are to be performed.')
    return _update(self, name, **arguments)


def _delete_stack(
    self: CloudFormationBackend, name_or_stack_id: str, retained: list[str] | None = None, force: bool = False
) -> None:
    stack = change_sets.find_stack(self, name_or_stack_id)
    if stack is None:
        return
    if stack.enable_termination_protection:
        raise ValidationError(
            message=f'Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled'
        )
    require_idle(stack, 'deleted')
    if (retained or force) and stack.status != 'DELETE_FAILED':
        asked = 'specify RetainResources' if retained else 'force delete'
        raise ValidationError(
            message=f'Invalid operation on stack [{stack.stack_id}]. When you {asked}, the stack must be in the '
            'DELETE_FAILED state.'
        )
    exports = [export.name for export in stack.exports]
    stack.delete(retained or [], force)
    if stack.status == 'DELETE_COMPLETE':
        for name in exports:
            self.exports.pop(name, None)
        for key in [key for key, each in self.change_sets.items() if each.stack is stack]:
            del self.change_sets[key]
        self.deleted_stacks[stack.stack_id] = self.stacks.pop(stack.stack_id)


def _answer_delete_stack(self: CloudFormationResponse) -> EmptyResult:
    self.cloudformation_backend.delete_stack(
        self._get_param('StackName'),
        self._get_param('RetainResources', []),
        self._get_param('DeletionMode') == 'FORCE_DELETE_STACK',
    )
    return EmptyResult()


def _update_termination_protection(self: CloudFormationResponse) -> ActionResult:
    stack = self.cloudformation_backend.get_stack(self._get_param('StackName'))
    stack.enable_termination_protection = self._get_bool_param('EnableTerminationProtection')
    return ActionResult({'StackId': stack.stack_id})


def _describe_own_status(self: StackResourceDTO, stack: LocalStack, resource: Any) -> None:
    # moto gives each resource the stack's status.
    _describe_resource(self, stack, resource)
    self.resource_status = stack.status_of(self.logical_resource_id)


def _resolve_update_parameters(
    self: CloudFormationBackend, instance: Stack, incoming_params: list[dict[str, Any]]
) -> dict[str, str]:
    return previous_values(instance, incoming_params)


def install() -> None:
    models.Stack = LocalStack
    CloudFormationBackend.update_stack = _update_stack
    CloudFormationBackend.delete_stack = _delete_stack
    CloudFormationResponse.delete_stack = _answer_delete_stack
    CloudFormationBackend._resolve_update_parameters = _resolve_update_parameters
    StackResourceDTO.__init__ = _describe_own_status
    change_sets.install()
    drift.install()
    CloudFormationResponse.update_termination_protection = _update_termination_protection
