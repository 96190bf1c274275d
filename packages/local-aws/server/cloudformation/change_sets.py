"""Change sets, as `cdk deploy` uses them: created, described, executed once, deleted."""

import copy
from typing import Any

from moto.cloudformation.exceptions import AlreadyExistsException, CloudFormationError, ValidationError
from moto.cloudformation.models import ChangeSet, CloudFormationBackend, Stack
from moto.cloudformation.responses import CloudFormationResponse
from moto.cloudformation.utils import generate_changeset_id
from moto.core.responses import ActionResult, EmptyResult

from .. import clock, pace
from ..api import Properties, Refused
from ..patches import around, instead
from .changes import Comparison, shown
from .operations import BEGINNING, carry_out
from .requests import capabilities_of, is_same, parameters_of, tags_of, template_of
from .resource import Resource
from .states import is_busy, other_type, require_idle, require_updatable
from .template import as_returned

#: reason of a change set that would create a resource under a name that exists
#: (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html)
NAME_CONFLICT = (
    'The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck]. To troubleshoot Early '
    'Validation errors, use the DescribeEvents API for detailed failure information.'
)
#: execution statuses of a change set whose name is free again
EXECUTED = ('EXECUTE_COMPLETE', 'EXECUTE_FAILED')


class ChangeSetNotFound(CloudFormationError):
    code = 'ChangeSetNotFoundException'


class InvalidChangeSetStatus(CloudFormationError):
    code = 'InvalidChangeSetStatus'


def _seek(backend: CloudFormationBackend, stack: str, name: str) -> ChangeSet | None:
    # moto compares the name alone, which the change sets of all stacks share.
    for each in backend.change_sets.values():
        if name == each.change_set_id or (name == each.change_set_name and stack in (each.stack_name, each.stack_id)):
            return each
    return None


def _find(backend: CloudFormationBackend, stack: str, name: str) -> ChangeSet:
    found = _seek(backend, stack, name)
    if found is None:
        raise ChangeSetNotFound(f'ChangeSet [{name}] does not exist')
    return found


def find_stack(backend: CloudFormationBackend, name: str) -> Stack | None:
    return next((each for each in backend.stacks.values() if name in (each.name, each.stack_id)), None)


def others_of(backend: CloudFormationBackend, stack: Stack, kept: ChangeSet | None = None) -> list[ChangeSet]:
    return [each for each in backend.change_sets.values() if each.stack is stack and each is not kept]


def make_obsolete(backend: CloudFormationBackend, stack: Stack) -> None:
    """Ends the change sets of a stack that is updated without one (API reference, ChangeSetSummary)."""
    for each in others_of(backend, stack):
        if each.execution_status == 'AVAILABLE':
            each.execution_status = 'OBSOLETE'


@instead(CloudFormationResponse, 'create_change_set')
def _answer_create(self: CloudFormationResponse) -> ActionResult:
    backend, name = self.cloudformation_backend, self._get_param('StackName')
    stack = find_stack(backend, name)
    template = template_of(self, stack)
    capabilities = capabilities_of(self, template)
    change_set_id, stack_id = backend.create_change_set(
        stack_name=name,
        change_set_name=self._get_param('ChangeSetName'),
        template=template,
        parameters=parameters_of(self, template, stack),
        description=self._get_param('Description'),
        change_set_type=self._get_param('ChangeSetType', 'UPDATE'),
        tags=tags_of(self) or {},
        role_arn=self._get_param('RoleARN'),
        imports=self._get_bool_param('ImportExistingResources', False),
        # moto reads only parameters that botocore knows; the CDK's SDK may be newer.
        reverts='REVERT_DRIFT' in self.querystring.get('DeploymentMode', []),
    )
    backend.change_sets[change_set_id].capabilities = capabilities
    return ActionResult({'Id': change_set_id, 'StackId': stack_id})


@around(CloudFormationBackend, 'create_change_set')
def _create_change_set(
    create: Any,
    self: CloudFormationBackend,
    stack_name: str,
    change_set_name: str,
    change_set_type: str,
    imports: bool,
    reverts: bool,
    **arguments: Any,
) -> tuple[str, str]:
    stack = find_stack(self, stack_name)
    if change_set_type == 'CREATE' and stack is None:
        change_set_id, stack_id = create(
            self, stack_name, change_set_name, change_set_type=change_set_type, **arguments
        )
        try:
            _compare(self.change_sets[change_set_id], imports, reverts)
        except Exception:
            # A refused template creates no stack.
            del self.change_sets[change_set_id], self.stacks[stack_id]
            raise
        return change_set_id, stack_id
    if stack is None:
        raise ValidationError(stack_name)
    if change_set_type == 'UPDATE':
        require_updatable(stack)
    elif stack.status != 'REVIEW_IN_PROGRESS':
        raise AlreadyExistsException(f'Stack [{stack_name}] already exists and cannot be created again')
    older = _seek(self, stack_name, change_set_name)
    if older is not None and older.execution_status not in EXECUTED:
        raise AlreadyExistsException(f'ChangeSet {change_set_name} cannot be created due to a mismatch with existing')
    # A stack in review accepts another change set; moto would create a second stack of the same name.
    made = ChangeSet(
        change_set_type=change_set_type,
        change_set_id=generate_changeset_id(change_set_name, self.region_name, self.account_id),
        change_set_name=change_set_name,
        stack=stack,
        **arguments,
    )
    made.status, made.execution_status = 'CREATE_COMPLETE', 'AVAILABLE'
    _compare(made, imports, reverts)
    if older is not None:
        del self.change_sets[older.change_set_id]
    self.change_sets[made.change_set_id] = made
    return made.change_set_id, stack.stack_id


def _compare(made: ChangeSet, imports: bool, reverts: bool) -> None:
    """Lists the changes; the change set fails, as on AWS, if there are none or it cannot be executed."""
    stack, made.imports, made.reverts = made.stack, imports, reverts
    made.validation_events = []
    comparisons = len(list(stack.resource_map.resources)) if reverts else 1
    made.ready_at = clock.now() + (comparisons * pace.REVERSAL / pace.MOST_COMPARISONS if clock.runs() else 0)
    comparison = Comparison(stack, stack.map_of(made.template_dict, made.parameters, made.tags or {}), reverts)
    others = comparison.other_types()
    if others:
        made.status_reason = other_type(others)
    else:
        try:
            made.changes = list(comparison.changes(imports))
        except Refused as error:
            raise ValidationError(message=str(error)) from error
        made.validation_events = [_conflict(each) for each in comparison.conflicts]
        if made.validation_events:
            made.status_reason = NAME_CONFLICT
        elif made.change_set_type == 'UPDATE' and not made.changes and is_same(
            stack, made.template, made.parameters, made.tags
        ):
            made.status_reason = (
                "The submitted information didn't contain changes. Submit different information to create a change set."
            )
    if made.status_reason:
        made.status, made.execution_status = 'FAILED', 'UNAVAILABLE'


def _conflict(resource: Resource) -> Properties:
    name = resource.name()
    return {
        'EventType': 'VALIDATION_ERROR',
        'LogicalResourceId': resource.logical_resource_id,
        'PhysicalResourceId': name,
        'ResourceType': resource.cf_resource_type,
        'ValidationName': 'NAME_CONFLICT_VALIDATION',
        'ValidationStatus': 'FAILED',
        'ValidationStatusReason': f"Resource of type '{resource.cf_resource_type}' with identifier '{name}' already exists.",
        'ValidationPath': f'/Resources/{resource.logical_resource_id}/Properties/{resource.name_property}',
    }


@instead(CloudFormationResponse, 'describe_change_set')
def _answer_describe(self: CloudFormationResponse) -> ActionResult:
    wanted = self._get_param('StackName'), self._get_param('ChangeSetName')
    answer = copy.copy(_find(self.cloudformation_backend, *wanted))
    if clock.now() < answer.ready_at:
        answer.status, answer.execution_status, answer.status_reason = 'CREATE_IN_PROGRESS', 'UNAVAILABLE', None
        answer.changes = []
    answer.changes = list(shown(answer.changes, self._get_bool_param('IncludePropertyValues', False)))
    return ActionResult(answer)


@instead(CloudFormationResponse, 'get_template')
def _answer_template(self: CloudFormationResponse) -> ActionResult:
    backend, stack, name = self.cloudformation_backend, self._get_param('StackName'), self._get_param('ChangeSetName')
    owner = _find(backend, stack, name) if name else backend.get_stack(stack)
    # A stack in review has no template yet.
    return ActionResult({'TemplateBody': as_returned(owner.template or '{}')})


@instead(CloudFormationResponse, 'describe_events')
def _answer_events(self: CloudFormationResponse) -> ActionResult:
    wanted = self._get_param('StackName'), self._get_param('ChangeSetName')
    return ActionResult({'OperationEvents': _find(self.cloudformation_backend, *wanted).validation_events})


@instead(CloudFormationResponse, 'delete_change_set')
def _answer_delete(self: CloudFormationResponse) -> EmptyResult:
    backend = self.cloudformation_backend
    found = _seek(backend, self._get_param('StackName'), self._get_param('ChangeSetName'))
    # Deleting a change set that does not exist succeeds, as on AWS.
    if found is not None:
        if clock.now() < found.ready_at:
            # github.com/mweagle/Sparta/issues/45
            raise InvalidChangeSetStatus('Cannot delete ChangeSet in status CREATE_IN_PROGRESS')
        del backend.change_sets[found.change_set_id]
    return EmptyResult()


def _execute(change_set: ChangeSet, disable_rollback: bool) -> None:
    stack = change_set.stack
    if change_set.change_set_type == 'CREATE':
        stack.tags = change_set.tags or {}
        stack.adopt(change_set.template, change_set.parameters)
        stack.create_resources(change_set.imports, disable_rollback)
    else:
        stack.update(
            change_set.template,
            parameters=change_set.parameters,
            tags=change_set.tags,
            imports=change_set.imports,
            reverts=change_set.reverts,
            disable_rollback=disable_rollback,
        )


@instead(CloudFormationResponse, 'execute_change_set')
def _answer_execute(self: CloudFormationResponse) -> EmptyResult:
    backend = self.cloudformation_backend
    change_set = _find(backend, self._get_param('StackName'), self._get_param('ChangeSetName'))
    stack = change_set.stack
    with BEGINNING:
        if clock.now() < change_set.ready_at:
            raise InvalidChangeSetStatus(
                f'ChangeSet [{change_set.change_set_id}] cannot be executed in its current status of '
                '[CREATE_IN_PROGRESS]'
            )
        if change_set.execution_status != 'AVAILABLE':
            # Also of one that runs, such as a repeated request (aws/amazon-chime-sdk-js 1089 has the message).
            raise InvalidChangeSetStatus(
                f'ChangeSet [{change_set.change_set_id}] cannot be executed in its current execution status of '
                f'[{change_set.execution_status}]'
            )
        require_idle(stack, 'updated')
        change_set.execution_status = 'EXECUTE_IN_PROGRESS'
        # "CloudFormation deletes all other change sets associated with the stack" (API reference, ExecuteChangeSet).
        for each in others_of(backend, stack, change_set):
            del backend.change_sets[each.change_set_id]
        stack.request_token = self._get_param('ClientRequestToken')
        stack.acknowledge(change_set.role_arn, change_set.capabilities)
        disable_rollback = self._get_bool_param('DisableRollback', False)
        operation = carry_out(lambda: _execute(change_set, disable_rollback), lambda: is_busy(stack))
    operation.join()
    has_failed = 'ROLLBACK' in stack.status or 'FAILED' in stack.status
    change_set.execution_status = 'EXECUTE_FAILED' if has_failed else 'EXECUTE_COMPLETE'
    return EmptyResult()


ChangeSet.diff = lambda self: []  # `_compare` lists the changes.
del CloudFormationResponse.RESPONSE_KEY_PATH_TO_TRANSFORMER['DescribeChangeSetOutput.Changes']
