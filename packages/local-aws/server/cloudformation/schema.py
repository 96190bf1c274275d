"""What the public schemas of the resource types say, as cfn-lint ships them."""

from functools import lru_cache
from threading import Lock
from typing import Any

from ..api import Properties

_importing = Lock()


@lru_cache
def schema_of(resource_type: str, region: str) -> dict[str, Any]:
    """The schema of a type; empty for one that has none, such as a custom resource."""
    # Slow to load: the server does it in the background at its start. Two threads that import it at once deadlock.
    with _importing:
        from cfnlint.schema import ResourceNotFoundError
        from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

    try:
        return PROVIDER_SCHEMA_MANAGER.get_resource_schema(region, resource_type).schema
    except ResourceNotFoundError:
        return {}


def create_only(resource_type: str, region: str) -> list[tuple[str, ...]]:
    """The paths of the properties that AWS cannot change in place."""
    return [tuple(path.split('/')[2:]) for path in schema_of(resource_type, region).get('createOnlyProperties', [])]


def conditional_create_only(resource_type: str, region: str) -> set[str]:
    """The properties that AWS can change in place or not, as the case may be."""
    paths = schema_of(resource_type, region).get('conditionalCreateOnlyProperties', [])
    return {path.split('/')[2] for path in paths}


def with_stack_tags(resource_type: str, region: str, properties: Properties, tags: dict[str, str]) -> Properties:
    """Adds the stack's tags to a type that takes tags; its own ones win."""
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
