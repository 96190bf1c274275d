"""Public schemas of the resource types, as cfn-lint ships them."""

import sys
from functools import lru_cache
from importlib.util import find_spec, module_from_spec
from typing import Any

from ..api import Properties

# cfn-lint's own package imports all of its rules, which takes most of a second.
sys.modules['cfnlint'] = module_from_spec(find_spec('cfnlint'))

from cfnlint.schema import ResourceNotFoundError
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER


@lru_cache
def schema_of(resource_type: str, region: str) -> dict[str, Any]:
    """Schema of a type; empty for one without, such as a custom resource."""
    try:
        return PROVIDER_SCHEMA_MANAGER.get_resource_schema(region, resource_type).schema
    except ResourceNotFoundError:
        return {}


def create_only(resource_type: str, region: str) -> list[tuple[str, ...]]:
    return [tuple(path.split('/')[2:]) for path in schema_of(resource_type, region).get('createOnlyProperties', [])]


def conditional_create_only(resource_type: str, region: str) -> set[str]:
    """Properties that AWS can update in place in some cases only."""
    paths = schema_of(resource_type, region).get('conditionalCreateOnlyProperties', [])
    return {path.split('/')[2] for path in paths}


def first_identifier(resource_type: str, region: str) -> str | None:
    path = next(iter(schema_of(resource_type, region).get('primaryIdentifier', [])), None)
    return path and path.split('/')[-1]


def with_stack_tags(resource_type: str, region: str, properties: Properties, tags: dict[str, str]) -> Properties:
    """Adds the stack's tags if the type has tags; the resource's own take precedence."""
    shape = schema_of(resource_type, region).get('properties', {}).get('Tags')
    if not shape or not tags:
        return properties
    if shape.get('type') == 'object':
        return {**properties, 'Tags': {**tags, **properties.get('Tags', {})}}
    own = {tag['Key']: tag['Value'] for tag in properties.get('Tags', [])}
    return {**properties, 'Tags': [{'Key': key, 'Value': value} for key, value in sorted({**tags, **own}.items())]}


def value_at(properties: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        properties = properties.get(key) if isinstance(properties, dict) else None
    return properties
