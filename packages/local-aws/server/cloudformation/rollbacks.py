"""RollbackStack and ContinueUpdateRollback, as `cdk rollback` calls them."""

from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.responses import ActionResult, EmptyResult

from ..patches import instead
from .states import refuse


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
