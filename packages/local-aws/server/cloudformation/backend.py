"""Replaces moto's stack by ours, and adds the refusals of AWS's CloudFormation."""

from typing import Any

from moto.cloudformation import models
from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import CloudFormationBackend
from moto.cloudformation.responses import CloudFormationResponse, StackResourceDTO
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow

from ..patches import around, instead
from . import change_sets, drift
from .operations import BEGINNING, carry_out
from .requests import capabilities_of, is_same, parameters_of, tags_of, template_of
from .stack import LocalStack
from .states import is_busy, refuse, require_idle, require_updatable


@instead(CloudFormationResponse, 'update_stack')
def _answer_update_stack(self: CloudFormationResponse) -> ActionResult:
    stack = self.cloudformation_backend.get_stack(self._get_param('StackName'))
    with BEGINNING:
        require_updatable(stack)
        template = template_of(self, stack)
        parameters, tags = parameters_of(self, template, stack), tags_of(self)
        capabilities = capabilities_of(self, template)
        if is_same(stack, template, parameters, tags):
            raise ValidationError(message='No updates are to be performed.')
        change_sets.make_obsolete(self.cloudformation_backend, stack)
        stack.request_token = self._get_param('ClientRequestToken')
        stack.acknowledge(self._get_param('RoleARN'), capabilities)
        carry_out(lambda: stack.update(template, parameters=parameters, tags=tags), lambda: is_busy(stack))
    return ActionResult({'StackId': stack.stack_id})


@around(CloudFormationResponse, 'create_stack')
def _answer_create_stack(create: Any, self: CloudFormationResponse) -> ActionResult:
    template = template_of(self, None)
    parameters_of(self, template, None)
    capabilities = capabilities_of(self, template)
    answer = create(self)
    self.cloudformation_backend.get_stack(self._get_param('StackName')).acknowledge(None, capabilities)
    return answer


@instead(CloudFormationBackend, 'delete_stack')
def _delete_stack(
    self: CloudFormationBackend,
    name_or_stack_id: str,
    retained: list[str] | None = None,
    force: bool = False,
    token: str | None = None,
) -> None:
    stack = change_sets.find_stack(self, name_or_stack_id)
    if stack is None:
        return
    if stack.enable_termination_protection:
        raise ValidationError(
            message=f'Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled'
        )
    require_idle(stack, 'deleted')
    exports = [export.name for export in stack.exports]
    stack.request_token = token
    stack.delete(retained or [], force)
    if stack.status == 'DELETE_COMPLETE':
        for name in exports:
            self.exports.pop(name, None)
        for each in change_sets.others_of(self, stack):
            del self.change_sets[each.change_set_id]
        stack.deletion_time = utcnow()
        self.deleted_stacks[stack.stack_id] = self.stacks.pop(stack.stack_id)


@instead(CloudFormationResponse, 'delete_stack')
def _answer_delete_stack(self: CloudFormationResponse) -> EmptyResult:
    self.cloudformation_backend.delete_stack(
        self._get_param('StackName'),
        self._get_param('RetainResources', []),
        self._get_param('DeletionMode') == 'FORCE_DELETE_STACK',
        self._get_param('ClientRequestToken'),
    )
    return EmptyResult()


@instead(CloudFormationResponse, 'update_termination_protection')
def _update_termination_protection(self: CloudFormationResponse) -> ActionResult:
    stack = self.cloudformation_backend.get_stack(self._get_param('StackName'))
    stack.enable_termination_protection = self._get_bool_param('EnableTerminationProtection')
    return ActionResult({'StackId': stack.stack_id})


@around(StackResourceDTO, '__init__')
def _describe_own_status(describe_resource: Any, self: StackResourceDTO, stack: LocalStack, resource: Any) -> None:
    # moto gives each resource the stack's status.
    describe_resource(self, stack, resource)
    self.resource_status = stack.status_of(self.logical_resource_id, self.physical_resource_id)


@instead(CloudFormationResponse, 'list_stack_resources')
def _list_own_statuses(self: CloudFormationResponse) -> ActionResult:
    # moto says CREATE_COMPLETE of each resource.
    stack, resources = self.cloudformation_backend.describe_stack_resources(self._get_param('StackName'), None)
    descriptions = [StackResourceDTO(stack, resource) for resource in resources]
    summaries = [
        {
            'LogicalResourceId': resource.logical_resource_id,
            'PhysicalResourceId': resource.physical_resource_id,
            'ResourceType': resource.resource_type,
            'ResourceStatus': resource.resource_status,
            'LastUpdatedTimestamp': resource.timestamp,
        }
        for resource in descriptions
    ]
    return ActionResult({'StackResourceSummaries': summaries})


@instead(CloudFormationResponse, 'rollback_stack')
def _answer_rollback(self: CloudFormationResponse) -> ActionResult:
    stack = self.cloudformation_backend.get_stack(self._get_param('StackName'))
    if stack.status not in ('CREATE_FAILED', 'UPDATE_FAILED'):
        refuse(stack, 'rolled back')
    stack.request_token = self._get_param('ClientRequestToken')
    stack.roll_back(deletes_retained=self._get_bool_param('RetainExceptOnCreate', False))
    return ActionResult({'StackId': stack.stack_id})


@instead(CloudFormationResponse, 'continue_update_rollback')
def _answer_continue(self: CloudFormationResponse) -> EmptyResult:
    stack = self.cloudformation_backend.get_stack(self._get_param('StackName'))
    if stack.status != 'UPDATE_ROLLBACK_FAILED':
        refuse(stack, 'rolled back further')
    skipped = self._get_param('ResourcesToSkip', [])
    reverted = [logical_id for logical_id in skipped if logical_id not in stack.unreverted]
    if reverted:
        # CloudFormation accepts only resources whose rollback failed.
        raise ValidationError(
            message=f'Resources to skip: [{", ".join(reverted)}] did not fail in the rollback of {stack.name}; '
            f'[{", ".join(stack.unreverted)}] did.'
        )
    stack.request_token = self._get_param('ClientRequestToken')
    stack.continue_update_rollback(skipped)
    return EmptyResult()


models.Stack = LocalStack
