"""Evaluation of templates: order, intrinsic functions, dynamic references."""

import json
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from typing import Any

from botocore.exceptions import ClientError
from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.parsing import ResourceMap, clean_json

from ..api import Refused, call, each_scalar, is_true
from .schema import with_stack_tags

DYNAMIC_REFERENCE = re.compile(r'\{\{resolve:(secretsmanager|ssm|ssm-secure):(.+?)\}\}')
SUB_REFERENCE = re.compile(r'\$\{([^!}.]+)\.?([^}]*)\}')
OUTSIDE_ASCII = re.compile('[^\x00-\x7f]')


class LocalResourceMap(ResourceMap):
    """Resources of a stack; unlike in moto's map, reading one never creates it."""

    stack_tags: dict[str, str] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._parsed_resources and key not in self._resource_json_map:
            raise ValidationError(message=f'Template format error: Unresolved resource dependencies [{key}]')
        return self._parsed_resources.get(key)

    @property
    def resources(self) -> list[str]:
        return [key for key in self._parsed_resources if self.live(key)]

    @property
    def definitions(self) -> dict[str, Any]:
        return self._resource_json_map

    def live(self, logical_id: str) -> Any:
        found = self._parsed_resources.get(logical_id)
        return found if hasattr(found, 'cf_resource_type') else None

    def put(self, logical_id: str, resource: Any) -> None:
        self._parsed_resources[logical_id] = resource

    def drop(self, logical_id: str) -> None:
        self._parsed_resources.pop(logical_id, None)

    def wanted(self) -> list[str]:
        """Logical ids with a true condition, dependencies first."""
        return [
            key
            for key in creation_order(self._resource_json_map)
            if self.lazy_condition_map.get(self._resource_json_map[key].get('Condition'), True)
        ]

    def definition(self, logical_id: str) -> dict[str, Any]:
        return self._resource_json_map[logical_id]

    def properties(self, logical_id: str) -> dict[str, Any]:
        """Properties with intrinsic functions resolved; dynamic references remain."""
        definition = self.definition(logical_id)
        return self.tagged(definition['Type'], self.resolve(definition.get('Properties', {})))

    def resolve(self, value: Any) -> Any:
        return _without_no_value(clean_json(value, self))

    def tagged(self, resource_type: str, properties: dict[str, Any]) -> dict[str, Any]:
        return with_stack_tags(resource_type, self._region_name, properties, self.stack_tags)

    @property
    def no_echo(self) -> set[str]:
        slots = self._template.get('Parameters', {}).items()
        return {name for name, slot in slots if is_true(slot.get('NoEcho'))}

    def validate_outputs(self) -> None:
        """Skips moto's check, which needs its own models; a wrong attribute fails on reading."""

    def load_parameters(self) -> None:
        slots = self._template.get('Parameters', {})
        # moto converts given values to the parameter's type, but not defaults.
        defaults = {key: slot['Default'] for key, slot in slots.items() if 'Default' in slot}
        self.input_parameters = {**defaults, **self.input_parameters}
        for key, slot in slots.items():
            value = self.input_parameters.get(key)
            pattern = slot.get('AllowedPattern')
            if pattern and value is not None and not re.fullmatch(pattern, str(value)):
                detail = slot.get('ConstraintDescription', f'must match pattern {pattern}')
                raise ValidationError(message=f'Parameter {key} failed to satisfy constraint: {detail}')
            if slot.get('AllowedValues') and value not in slot['AllowedValues']:
                raise ValidationError(message=f"Parameter '{key}' must be one of AllowedValues")
        super().load_parameters()


def as_returned(text: str) -> str:
    """Text as GetTemplate and DescribeStacks return it, with a `?` for each character outside ASCII.

    What is deployed keeps them. Sources: aws-cloudformation/cloudformation-coverage-roadmap 814 and 1220; one `?` per code
    point: aws/aws-cdk 25912.
    """
    return OUTSIDE_ASCII.sub('?', text)


def _without_no_value(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_no_value(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_no_value(item) for item in value if item is not None]
    return value


def creation_order(resources: dict[str, Any]) -> list[str]:
    """Logical ids, dependencies first; fails on a cycle."""
    graph = {key: sorted(dependencies(resources, key)) for key in resources}
    return list(TopologicalSorter(graph).static_order())


def dependencies(resources: dict[str, Any], logical_id: str) -> set[str]:
    return {name for name, _ in references(resources[logical_id])} & (resources.keys() - {logical_id})


def references(value: Any) -> Iterator[tuple[str, str]]:
    """References in a value, each with its attribute, which is empty for Ref."""
    if isinstance(value, list):
        for item in value:
            yield from references(item)
    if isinstance(value, dict):
        for key, item in value.items():
            if key == 'Ref':
                yield item, ''
            elif key == 'Fn::GetAtt':
                name, _, attribute = ('.'.join(map(str, item)) if isinstance(item, list) else item).partition('.')
                yield name, attribute
            elif key == 'DependsOn':
                yield from ((each, '') for each in ([item] if isinstance(item, str) else item))
            else:
                if key == 'Fn::Sub':
                    yield from SUB_REFERENCE.findall(item[0] if isinstance(item, list) else item)
                yield from references(item)


def resolve_dynamic(value: Any, region: str) -> Any:
    """Replaces `{{resolve:…}}` by the secret's or parameter's value, as late as CloudFormation does."""

    def resolved(text: Any) -> Any:
        if not isinstance(text, str):
            return text
        return DYNAMIC_REFERENCE.sub(lambda match: _dynamic(match[1], match[2], region), text)

    return each_scalar(value, resolved)


def _secret_text(secret_id: str, region: str) -> str:
    """Value of a secret; another one of the same name has its place (aws/aws-cdk, issue 24130)."""
    try:
        return call('secretsmanager', region, 'GetSecretValue', {'SecretId': secret_id})['SecretString']
    except ClientError as error:
        name = secret_id.split(':')[-1].rpartition('-')[0]
        if error.response['Error']['Code'] != 'ResourceNotFoundException' or not name:
            raise
        try:
            return call('secretsmanager', region, 'GetSecretValue', {'SecretId': name})['SecretString']
        except ClientError:
            raise error from None


def _dynamic(service: str, reference: str, region: str) -> str:
    if service != 'secretsmanager':
        answer = call('ssm', region, 'GetParameter', {'Name': reference, 'WithDecryption': True})
        return answer['Parameter']['Value']
    secret_id, _, rest = reference.partition(':SecretString')
    text = _secret_text(secret_id, region)
    json_key = rest.lstrip(':').split(':')[0]
    if not json_key:
        return text
    content = json.loads(text)
    if json_key not in content:
        raise Refused(f'Could not find a value associated with JSONKey {json_key} in SecretString')
    return str(content[json_key])
