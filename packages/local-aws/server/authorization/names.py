"""Resources whose ARNs have a part that AWS made: this account's own are asked."""

from typing import Any

from moto.batch.models import batch_backends
from moto.cloudformation.models import cloudformation_backends
from moto.ecs.models import ecs_backends
from moto.secretsmanager.models import secretsmanager_backends

Parameters = dict[str, list[str]]


def resolve(variable: str, parameters: Parameters, request: Any) -> list[str]:
    """Values of an ARN's variable; empty for one that requests name as it is."""
    resolver = _RESOLVERS.get(variable)
    return resolver(parameters, request) if resolver else []


def as_evaluated(action: str, arn: str, request: Any) -> str:
    """ARN with which AWS evaluates an action, where its reference has another one."""
    if action.startswith('logs:') and ':log-stream:' not in arn and 'Tag' not in action:
        # Hence a policy needs `log-group:name:*` for all but tags.
        return f'{arn}:log-stream:'
    if ':document/AWS-' in arn:
        # AWS's own documents have no account.
        return arn.replace(f':{request.current_account}:', '::')
    return arn


def roles_of_task_definition(parameters: Parameters, request: Any) -> list[str]:
    backend = ecs_backends[request.current_account][request.region]
    family, revision = _family_and_revision(parameters, request)
    definition = backend.task_definitions.get(family, {}).get(int(revision) if revision.isdigit() else 0)
    roles = [definition.task_role_arn, definition.execution_role_arn] if definition else []
    return [role for role in roles if role]


def _stack_id(parameters: Parameters, request: Any) -> list[str]:
    """Last part of a stack's ARN; `*` for a stack that does not exist, or no longer."""
    name = parameters.get('stackname', ['*'])[0]
    stacks = cloudformation_backends[request.current_account][request.region].stacks.values()
    found = [each.stack_id.rsplit('/', 1)[-1] for each in list(stacks) if each.name == name]
    return found[-1:] or ['*']


def _family_and_revision(parameters: Parameters, request: Any) -> tuple[str, str]:
    value = parameters.get('taskdefinition', ['*'])[0].rsplit('/', 1)[-1]
    family, _, revision = value.partition(':')
    newest = ecs_backends[request.current_account][request.region].task_definitions.get(family, {})
    return family, revision or str(max(newest, default='*'))


def _secret(parameters: Parameters, request: Any) -> list[str]:
    """Name of a secret with the six characters that AWS appends."""
    name = parameters.get('secretid', parameters.get('name', ['*']))[0]
    backend = secretsmanager_backends[request.current_account][request.region]
    arn = backend.secrets[name].arn if name in backend.secrets else name
    return [arn.split(':secret:')[-1]]


def _job_definition(parameters: Parameters, request: Any) -> list[str]:
    """Name of a job definition with its revision: the newest, unless the request says which."""
    value = parameters.get('jobdefinition', ['*'])[0].rsplit('/', 1)[-1]
    if ':' in value:
        return [value]
    definitions = batch_backends[request.current_account][request.region]._job_definitions.values()
    revisions = [each.revision for each in list(definitions) if each.name == value]
    return [f'{value}:{max(revisions)}' if revisions else value]


_RESOLVERS = {
    'batch:JobDefinitionName': _job_definition,
    'cloudformation:Id': _stack_id,
    'ecs:TaskDefinitionFamilyName': lambda *request: [_family_and_revision(*request)[0]],
    'ecs:TaskDefinitionRevisionNumber': lambda *request: [_family_and_revision(*request)[1]],
    'secretsmanager:SecretId': _secret,
}
