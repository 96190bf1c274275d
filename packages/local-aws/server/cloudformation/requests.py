"""Arguments of requests for a new template or new parameters of a stack, and CloudFormation's refusals of them."""

from typing import Any

from moto.cloudformation.exceptions import CloudFormationError, ValidationError
from moto.cloudformation.models import Stack
from moto.cloudformation.responses import CloudFormationResponse

from ..api import call
from ..authorization import judge

#: properties that name a resource of IAM
IAM_NAMES = ('GroupName', 'InstanceProfileName', 'ManagedPolicyName', 'RoleName', 'UserName')


class InsufficientCapabilities(CloudFormationError):
    code = 'InsufficientCapabilitiesException'


def template_of(request: CloudFormationResponse, stack: Stack | None) -> str:
    if request._get_bool_param('UsePreviousTemplate', False) and stack:
        return stack.template
    url = request._get_param('TemplateURL')
    return request._get_stack_from_s3_url(url) if url else request._get_param('TemplateBody')


def parameters_of(request: CloudFormationResponse, template: str, stack: Stack | None) -> dict[str, str]:
    """Parameters of a request; one that is left out gets its default from the template."""
    given = request._get_param('Parameters', [])
    declared = Stack.parse_template(template).get('Parameters', {})
    unknown = [each['ParameterKey'] for each in given if each['ParameterKey'] not in declared]
    if unknown:
        raise ValidationError(message=f'Parameters: [{", ".join(unknown)}] do not exist in the template')
    values = {}
    for each in given:
        key = each['ParameterKey']
        if not each.get('UsePreviousValue'):
            values[key] = each['ParameterValue']
            continue
        previous = {} if stack is None else {**defaults(stack), **stack.parameters}
        if key not in previous:
            fault = 'Cannot specify usePreviousValue as true for a parameter key not in the previous template'
            raise ValidationError(message=f'Invalid input for parameter key {key}. {fault}')
        values[key] = previous[key]
    _require_stored(request, declared, values)
    return values


def _require_stored(request: CloudFormationResponse, declared: dict[str, Any], values: dict[str, str]) -> None:
    """Refuses parameters that the caller may not read (aws-cdk 20959), and names of Parameter Store without a parameter, such as the CDK's version where CDKToolkit was deleted."""
    slots = [key for key, slot in declared.items() if str(slot.get('Type')).startswith('AWS::SSM::Parameter::Value')]
    names = [str(values.get(key, declared[key].get('Default'))) for key in slots]
    for name in names:
        arn = f'arn:aws:ssm:{request.region}:{request.current_account}:parameter/{name.removeprefix("/")}'
        if not judge.is_permitted(request, 'ssm:GetParameters', arn):
            raise ValidationError(message="AccessDenied. User doesn't have permission to call ssm:GetParameters")
    missing = call('ssm', request.region, 'GetParameters', {'Names': names})['InvalidParameters'] if names else []
    if missing:
        raise ValidationError(
            message=f'Unable to fetch parameters [{",".join(missing)}] from parameter store for this account.'
        )


def tags_of(request: CloudFormationResponse) -> dict[str, str] | None:
    """Tags of a request; None without any: the stack keeps its own."""
    return {each['Key']: each['Value'] for each in request._get_param('Tags', [])} or None


def capabilities_of(request: CloudFormationResponse, template: str) -> list[str]:
    """Capabilities that a request acknowledges; refuses a template that needs another one."""
    given = request._get_param('Capabilities', [])
    resources = Stack.parse_template(template).get('Resources', {}).values()
    of_iam = [each for each in resources if each['Type'].startswith('AWS::IAM::')]
    is_named = any(name in each.get('Properties', {}) for each in of_iam for name in IAM_NAMES)
    sufficient = {'CAPABILITY_NAMED_IAM'} if is_named else {'CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'}
    if of_iam and not sufficient & set(given):
        raise InsufficientCapabilities(f'Requires capabilities : [{min(sufficient)}]')
    return given


def is_same(stack: Stack, template: str, parameters: dict[str, Any], tags: dict[str, str] | None) -> bool:
    default = defaults(stack)
    return (
        stack.has_template(template)
        and {**default, **parameters} == {**default, **stack.parameters}
        and tags in (None, stack.tags)
    )


def defaults(stack: Stack) -> dict[str, Any]:
    return {key: slot.get('Default') for key, slot in stack.template_dict.get('Parameters', {}).items()}
