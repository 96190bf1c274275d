"""Puts our stack in the place of moto's, and adds the refusals that AWS's CloudFormation has."""

from typing import Any

from moto.cloudformation import models
from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import CloudFormationBackend, Stack
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.responses import ActionResult, EmptyResult

from .stack import LocalStack

_find = CloudFormationBackend.get_stack
_update = CloudFormationBackend.update_stack


def _update_stack(self: CloudFormationBackend, name: str, **arguments: Any) -> Stack:
    stack = _find(self, name)
    _require_rest(stack, 'updated')
    if stack.status in ('ROLLBACK_FAILED', 'UPDATE_ROLLBACK_FAILED', 'DELETE_FAILED'):
        raise ValidationError(message=f'Stack:{stack.stack_id} is in {stack.status} state and can not be updated.')
    parameters = self._resolve_update_parameters(instance=stack, incoming_params=arguments['parameters'])
    tags = arguments['tags']
    if stack.has_template(arguments['template']) and stack.has_parameters(parameters) and tags in (None, stack.tags):
        raise ValidationError(message='No updates are to be performed.')
    return _update(self, name, **arguments)


def _delete_stack(self: CloudFormationBackend, name_or_stack_id: str, retained: list[str] | None = None) -> None:
    stack = next((each for each in self.stacks.values() if name_or_stack_id in (each.name, each.stack_id)), None)
    if stack is None:
        return
    if stack.enable_termination_protection:
        raise ValidationError(
            message=f'Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled'
        )
    _require_rest(stack, 'deleted')
    if retained and stack.status != 'DELETE_FAILED':
        raise ValidationError(message=f'Only a stack in DELETE_FAILED can retain resources; this is {stack.status}')
    exports = [export.name for export in stack.exports]
    stack.delete(retained or [])
    if stack.status == 'DELETE_COMPLETE':
        for name in exports:
            self.exports.pop(name, None)
        self.deleted_stacks[stack.stack_id] = self.stacks.pop(stack.stack_id)


def _answer_delete_stack(self: CloudFormationResponse) -> EmptyResult:
    self.cloudformation_backend.delete_stack(self._get_param('StackName'), self._get_param('RetainResources', []))
    return EmptyResult()


def _require_rest(stack: Stack, verb: str) -> None:
    if stack.status.endswith('_IN_PROGRESS') and stack.status != 'REVIEW_IN_PROGRESS':
        raise ValidationError(message=f'Stack:{stack.stack_id} is in {stack.status} state and can not be {verb}.')


def _update_termination_protection(self: CloudFormationResponse) -> ActionResult:
    stack = self.cloudformation_backend.get_stack(self._get_param('StackName'))
    stack.enable_termination_protection = self._get_bool_param('EnableTerminationProtection')
    return ActionResult({'StackId': stack.stack_id})


def _execute_change_set(self: CloudFormationBackend, change_set_name: str, stack_name: str | None = None) -> None:
    change_set = self.describe_change_set(change_set_name)
    stack = self.stacks[change_set.stack_id]
    if change_set.change_set_type == 'CREATE':
        stack.adopt(change_set.template, change_set.parameters)
        stack.create_resources()
    else:
        stack.update(change_set.template, parameters=change_set.parameters, tags=change_set.tags)
    change_set.execution_status = 'EXECUTE_COMPLETE'


def _resolve_update_parameters(
    self: CloudFormationBackend, instance: Stack, incoming_params: list[dict[str, Any]]
) -> dict[str, str]:
    # moto forgets that the previous value may be the template's default.
    slots = instance.template_dict.get('Parameters', {})
    return {
        each['ParameterKey']: instance.parameters.get(each['ParameterKey'], slots[each['ParameterKey']].get('Default'))
        if each.get('UsePreviousValue')
        else each['ParameterValue']
        for each in incoming_params
    }


def install() -> None:
    """Changes moto's CloudFormation in this process; nothing on disk."""
    models.Stack = LocalStack
    CloudFormationBackend.update_stack = _update_stack
    CloudFormationBackend.delete_stack = _delete_stack
    CloudFormationResponse.delete_stack = _answer_delete_stack
    CloudFormationBackend._resolve_update_parameters = _resolve_update_parameters
    CloudFormationBackend.execute_change_set = _execute_change_set
    CloudFormationResponse.update_termination_protection = _update_termination_protection
