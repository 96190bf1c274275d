"""Pre-deployment validation: a change set fails if it would create a resource under a name that exists.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html
"""

from typing import Any

from moto.cloudformation.models import ChangeSet

from ..api import Properties
from .resource import Resource, make_resource
from .template import LocalResourceMap

REASON = (
    'The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck]. To troubleshoot Early '
    'Validation errors, use the DescribeEvents API for detailed failure information.'
)


def name_conflicts(made: ChangeSet, target: LocalResourceMap) -> list[Properties]:
    added = (change for change in made.changes if change['Action'] == 'Add')
    resources = (_named_resource(made.stack, target, change['LogicalResourceId']) for change in added)
    return [_event(resource) for resource in resources if resource and resource.exists()]


def _named_resource(stack: Any, target: LocalResourceMap, logical_id: str) -> Resource | None:
    """The resource of a type that can be found by its name, if the template has that name in plain text."""
    definition = target.definition(logical_id)
    if definition['Type'] not in Resource.registry:
        return None
    resource = make_resource(stack, logical_id, definition, definition.get('Properties', {}))
    has_name = isinstance(resource.properties.get(resource.name_property), str)
    return resource if has_name else None


def _event(resource: Resource) -> Properties:
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
