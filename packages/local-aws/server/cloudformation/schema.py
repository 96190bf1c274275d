"""Public schemas of the resource types, as cfn-lint ships them."""

from functools import lru_cache
from threading import Lock
from typing import Any

from ..api import Properties

_importing = Lock()


@lru_cache
def schema_of(resource_type: str, region: str) -> dict[str, Any]:
    """Schema of a type; empty for one without, such as a custom resource."""
    # The import is slow, and deadlocks in two threads: the server starts it in the background.
    with _importing:
        from cfnlint.schema import ResourceNotFoundError
        from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

    try:
        return PROVIDER_SCHEMA_MANAGER.get_resource_schema(region, resource_type).schema
    except ResourceNotFoundError:
        return {}


def create_only(resource_type: str, region: str) -> list[tuple[str, ...]]:
    """Paths of the properties that AWS cannot update in place."""
    return [tuple(path.split('/')[2:]) for path in schema_of(resource_type, region).get('createOnlyProperties', [])]


def conditional_create_only(resource_type: str, region: str) -> set[str]:
    """Properties that AWS can update in place in some cases only."""
    paths = schema_of(resource_type, region).get('conditionalCreateOnlyProperties', [])
    return {path.split('/')[2] for path in paths}


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
    """Reads a nested property; None where any part of the path is missing."""
    for key in path:
        properties = properties.get(key) if isinstance(properties, dict) else None
    return properties
