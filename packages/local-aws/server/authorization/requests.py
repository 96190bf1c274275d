"""Requests as IAM sees them: actions, the resources of each, and condition keys.

The resource types of an action, and the formats of their ARNs, are AWS's reference (reference.json). A resource is found in
a request by its ARN, or by its name in one of the parameters below.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any

from moto.core.utils import get_service_model

from . import names
from .reference import Action, action_of

Parameters = dict[str, list[str]]


@dataclass(frozen=True)
class Right:
    """An action on a resource that a request needs; `resource` is None without a map: nobody can say which it needs."""

    action: str
    resource: str | None
    has_resource_tags: bool = False
    keys: dict[str, list[str]] = field(default_factory=dict)


#: name by which a request is signed → prefix of its actions
PREFIXES = {'monitoring': 'cloudwatch'}

#: operation → action of another name
RENAMED = {
    'budgets:DescribeBudget': 'ViewBudget',
    'lambda:Invoke': 'InvokeFunction',
    's3:HeadBucket': 'ListBucket',
    's3:ListObjects': 'ListBucket',
    's3:ListObjectsV2': 'ListBucket',
    's3:DeleteObjects': 'DeleteObject',
}

#: variable of an ARN's format → parameters with its name, beside one that is called like the variable
NAMED_BY = {
    'cloudwatch:AlarmName': ('AlarmNames',),
    'ecs:ClusterName': ('cluster', 'clusters'),
    'ecs:ContainerInstanceId': ('containerInstance',),
    'ecs:ServiceName': ('services', 'service'),
    'ecs:TaskId': ('tasks', 'task'),
    'events:RuleName': ('Name', 'Rule'),
    'iam:RoleNameWithPath': ('RoleName',),
    'batch:JobQueueName': ('jobQueue', 'jobQueues'),
    'rds:DbInstanceName': ('DBInstanceIdentifier',),
    'route53:Id': ('HostedZoneId',),
    'scheduler:ScheduleName': ('Name',),
    'sns:TopicName': ('Name',),
    'sqs:QueueName': ('QueueUrl',),
    'ssm:ParameterNameWithoutLeadingSlash': ('Name', 'Names'),
}

#: variable → value where a request may leave it out
DEFAULTS = {'ecs:ClusterName': 'default', 'scheduler:GroupName': 'default', 'ssm:AutomationExecutionId': '*'}

#: service → parameters with roles that a request passes, and the service that gets them
PASSES = {
    'cloudformation': (('rolearn',), 'cloudformation.amazonaws.com'),
    'ecs': (('taskrolearn', 'overrides.taskrolearn', 'overrides.executionrolearn'), 'ecs-tasks.amazonaws.com'),
    'scheduler': (('target.rolearn',), 'scheduler.amazonaws.com'),
    'ssm': (('parameters.automationassumerole',), 'ssm.amazonaws.com'),
}

#: action → further actions without resources that AWS's reference names for it
FURTHER = {'wafv2:ListResourcesForWebACL': ('elasticloadbalancing:DescribeWebACLAssociation',)}

#: condition key of a service's actions → the parameter with its values
KEYS = {
    'cloudformation:ChangeSetName': 'changesetname',
    'cloudformation:RoleArn': 'rolearn',
    's3:delimiter': 'delimiter',
    's3:prefix': 'prefix',
}

_VARIABLE = re.compile(r'\$\{(\w+)\}')


def rights_of(request: Any, s3_resource: str | None = None) -> list[Right]:
    service = 's3' if s3_resource else PREFIXES.get(signing_name(request), signing_name(request))
    operation = _s3_operation(request) if s3_resource else request._get_action()
    operation = operation[0] if isinstance(operation, list) else operation
    action = action_of(service, RENAMED.get(f'{service}:{operation}', operation or ''))
    if action is None:
        return [Right(f'{service}:{operation}', None)]
    parameters = _queried(request) if s3_resource else _parameters_of(request)
    keys = _keys_of(request, action, parameters)
    if s3_resource:
        # DeleteObjects has its keys in the body.
        resources = [f'{s3_resource}/' if action.name == 's3:DeleteObject' and '/' not in s3_resource else s3_resource]
    else:
        resources = _resources_of(request, action, parameters)
    if resources is None:
        return [Right(action.name, None)]
    rights = [Right(action.name, each, action.has_resource_tags, keys) for each in resources]
    rights += [Right(each, '*', keys=keys) for each in FURTHER.get(action.name, ())]
    return rights + list(_passed_roles(request, action, parameters))


def signing_name(request: Any) -> str:
    return credential_of(request)[3]


def credential_of(request: Any) -> list[str]:
    """`key/date/region/service/aws4_request`, from the header or from a presigned URL; `['']` without."""
    header = re.search(r'Credential=([^,\s]+)', request.headers.get('Authorization', ''))
    if header:
        return header[1].split('/')
    query = re.search(r'[?&]X-Amz-Credential=([^&]+)', request.uri)
    return query[1].replace('%2F', '/').split('/') if query else ['']


def _s3_operation(request: Any) -> str:
    """Action of a request to S3; moto takes some of them for ListBucket."""
    for name in _queried(request):
        if name in _SUBRESOURCES and not request.parsed_url.path.strip('/').count('/'):
            verb = 'Get' if request.method == 'GET' else 'Put'
            return f'{verb}{_SUBRESOURCES[name]}'
    return request._get_action()


#: query of a request to a bucket → what its action names
_SUBRESOURCES = {
    'encryption': 'EncryptionConfiguration',
    'notification': 'BucketNotification',
    'object-lock': 'BucketObjectLockConfiguration',
    'ownershipControls': 'BucketOwnershipControls',
    'policyStatus': 'BucketPolicyStatus',
    'publicAccessBlock': 'BucketPublicAccessBlock',
    'replication': 'ReplicationConfiguration',
}


def _queried(request: Any) -> dict[str, list[str]]:
    query = request.parsed_url.query
    pairs = [part.partition('=') for part in query.split('&') if part]
    return {name: [value] for name, _, value in pairs}


def _parameters_of(request: Any) -> Parameters:
    """Values of a request by their path in lower case, without the positions in lists: `overrides.taskrolearn`."""
    values: Parameters = {}
    for name, value in _leaves(request):
        values.setdefault(name.lower(), []).append(value)
    return values


def _leaves(request: Any) -> Iterator[tuple[str, str]]:
    if request.uri_match:
        yield from request.uri_match.groupdict().items()
    for name, [value] in _queried(request).items():
        yield name, value
    for name, value in request.form_data.items():
        yield '.'.join(part for part in name.split('.') if part not in ('member', 'entry') and not part.isdigit()), value
    body = request.body
    if isinstance(body, str) and body.startswith('{'):
        yield from _leaves_in('', json.loads(body))


def _leaves_in(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves_in(f'{path}.{key}' if path else key, item)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves_in(path, item)
    elif value is not None:
        yield path, str(value)


def _resources_of(request: Any, action: Action, parameters: Parameters) -> list[str] | None:
    """ARNs on which IAM evaluates an action; None if a required one cannot be found."""
    if not action.formats:
        return ['*']
    found: list[str] = []
    for arn_format, is_required in action.formats:
        # An ARN in a request is of one type only.
        given = [value for values in parameters.values() for value in values if _pattern(arn_format).fullmatch(value)]
        found += given or _by_name(request, arn_format, parameters, is_required)
    found = [names.as_evaluated(action.name, each, request) for each in dict.fromkeys(found)]
    if found:
        return found
    # All of its types are optional, and it names none.
    return None if any(is_required for _, is_required in action.formats) else ['*']


@cache
def _pattern(arn_format: str) -> re.Pattern[str]:
    return re.compile(re.sub(r'\\\$\\\{\w+\\\}', '[^:]*', re.escape(arn_format)))


def _by_name(request: Any, arn_format: str, parameters: Parameters, is_required: bool) -> list[str]:
    """ARNs with the names in a request; `*` where it leaves one out. Empty if it has no parameter for a name.

    A resource that is not required counts if the request names it.
    """
    # A role's ARN belongs to IAM, whatever service it is passed to.
    service = arn_format.split(':')[2]
    variables = [each for each in _VARIABLE.findall(arn_format) if each not in ('Region', 'Account')]
    values = []
    for variable in variables:
        found = _values_of(request, f'{service}:{variable}', parameters)
        if found is None:
            return []
        values.append(found)
    if not is_required and all(each == ['*'] for each in values):
        return []
    region, account = request.region, request.current_account
    base = arn_format.replace('${Region}', region).replace('${Account}', account)
    arns = []
    for combination in product(*values):
        arn = base
        for variable, value in zip(variables, combination):
            arn = arn.replace(f'${{{variable}}}', value)
        arns.append(arn)
    return arns


def _values_of(request: Any, variable: str, parameters: Parameters) -> list[str] | None:
    service, _, name = variable.partition(':')
    resolved = names.resolve(variable, parameters, request)
    if resolved:
        return resolved
    candidates = (name, *NAMED_BY.get(variable, ()))
    for candidate in candidates:
        if candidate.lower() in parameters:
            return [_name_in(value, variable) for value in parameters[candidate.lower()]]
    if variable in DEFAULTS:
        return [DEFAULTS[variable]]
    accepted = _members_of(request.boto3_service_name, request._get_action())
    return ['*'] if any(candidate.lower() in accepted for candidate in candidates) else None


def _name_in(value: str, variable: str) -> str:
    """Name in a value that may be an ARN, a URL, or begin with a slash."""
    if variable.startswith('ssm:'):
        return value.removeprefix('/')
    return re.split('[/:]', value)[-1] if value.startswith(('arn:', 'http')) else value


@cache
def _members_of(service: str, operation: str) -> frozenset[str]:
    model = get_service_model(service)
    names_by_lower_case = {each.lower(): each for each in model.operation_names}
    shape = model.operation_model(names_by_lower_case[operation.lower()]).input_shape
    return frozenset(each.lower() for each in shape.members) if shape else frozenset()


def _keys_of(request: Any, action: Action, parameters: Parameters) -> dict[str, list[str]]:
    service = action.name.split(':')[0]
    keys = {key: parameters[name] for key, name in KEYS.items() if name in parameters and key.startswith(f'{service}:')}
    if service == 'ecs' and 'cluster' in _members_of('ecs', action.name.split(':')[1]):
        cluster = _name_in(parameters.get('cluster', ['default'])[0], 'ecs:ClusterName')
        keys['ecs:cluster'] = [f'arn:aws:ecs:{request.region}:{request.current_account}:cluster/{cluster}']
    tags = dict(zip(parameters.get('tags.key', []), parameters.get('tags.value', [])))
    if tags:
        keys['aws:TagKeys'] = list(tags)
    return keys | {f'aws:RequestTag/{key}': [value] for key, value in tags.items()}


def _passed_roles(request: Any, action: Action, parameters: Parameters) -> Iterator[Right]:
    paths, service = PASSES.get(action.name.split(':')[0], ((), ''))
    roles = [role for path in paths for role in parameters.get(path, []) if role]
    if action.name == 'ecs:RunTask':
        roles += names.roles_of_task_definition(parameters, request)
    for role in dict.fromkeys(roles):
        arn = role if role.startswith('arn:') else f'arn:aws:iam::{request.current_account}:role/{role}'
        yield Right('iam:PassRole', arn, keys={'iam:PassedToService': [service]})
