"""The base of every resource that this server's CloudFormation can make."""

import re
from collections.abc import Callable
from typing import Any, ClassVar

from botocore.exceptions import ClientError
from moto.cloudformation.parsing import get_model_map
from moto.cloudformation.utils import random_suffix

from ..api import Properties, Refused, call
from .schema import create_only, value_at
from .template import resolve_dynamic

#: what happens by itself once the operation on the stack has ended
AFTERMATH: list[Callable[[], None]] = []
GONE = re.compile(r'NotFound|NoSuch|DoesNotExist|NonExistent|NotExist|\.Missing')


class NeverReady(Refused):
    """The resource is there, but not ready when CloudFormation gives up on it, hours later."""


class Resource:
    """A resource made as AWS's CloudFormation makes it: by calling the service's own API.

    A subclass names the type and the service and says how to create, delete and, where AWS can, update in place.
    """

    cf_resource_type: ClassVar[str] = ''
    service: ClassVar[str] = ''
    name_property: ClassVar[str] = ''
    name_limit: ClassVar[int] = 64
    #: whether `update` changes the tags too
    updates_tags: ClassVar[bool] = False
    #: properties that a comparison leaves out, besides those that the type's schema calls write-only
    unread: ClassVar[tuple[str, ...]] = ('Tags',)
    registry: ClassVar[dict[str, type['Resource']]] = {}

    def __init_subclass__(cls) -> None:
        if cls.cf_resource_type:
            Resource.registry[cls.cf_resource_type] = cls

    #: whether `update` takes back what a failed operation has changed
    is_rollback = False

    def __init__(self, stack: Any, logical_id: str, definition: Properties, properties: Properties) -> None:
        self.stack = stack
        self.region: str = stack.region_name
        self.account_id: str = stack.account_id
        self.logical_resource_id = logical_id
        self.definition = definition
        self.properties = properties
        self.physical_resource_id = ''
        self.attributes: Properties = {}

    def create(self, properties: Properties) -> None:
        """Makes the resource; sets `physical_resource_id` as soon as there is something to delete, and `attributes`."""
        raise NotImplementedError

    def update(self, properties: Properties, old: Properties) -> None:
        """Changes the resource in place; a type without it is replaced here on any change."""
        raise NotImplementedError

    def delete(self) -> None:
        """Removes the resource."""

    def read(self) -> Properties | None:
        """The service's answer in CloudFormation's names, in any case of letters; None once it is gone.

        Only a type that AWS compares for drift has this.
        """
        raise NotImplementedError

    def snapshot(self) -> None:
        """Keeps a copy before the deletion, for DeletionPolicy Snapshot."""

    def find(self) -> bool:
        """Whether it is there already under its name; sets what `create` sets. A type that has this can be imported."""
        return False

    def is_there(self) -> bool:
        return bool(self.unless_gone(self.find))

    @staticmethod
    def unless_gone(ask: Callable[[], Any]) -> Any:
        """An answer; None where the service says that there is no such thing."""
        try:
            return ask()
        except ClientError as error:
            if not GONE.search(error.response['Error']['Code']):
                raise
            return None

    def call(self, operation: str, properties: Properties | None = None, **extra: Any) -> Properties:
        """Calls the service; see `api.call`."""
        return call(self.service, self.region, operation, {**(properties or {}), **extra})

    def known(self, properties: Properties, *names: str) -> Properties:
        """Those of the properties; any other is refused, since it would silently get lost."""
        unknown = properties.keys() - set(names)
        if unknown:
            raise Refused(f'the local AWS has no model of {", ".join(sorted(unknown))} of {self.cf_resource_type}')
        return properties

    def name(self) -> str:
        """The name that the template gives, or one as CloudFormation makes it up."""
        given = self.properties.get(self.name_property)
        if given:
            return str(given)
        suffix = f'-{random_suffix()}'
        room = self.name_limit - len(suffix)
        stem = f'{self.stack.name}-{self.logical_resource_id}'
        return stem[:room].rstrip('-') + suffix

    def get_cfn_attribute(self, attribute_name: str) -> Any:
        """Answers Fn::GetAtt; a dot walks into a nested answer, as in `Endpoint.Address`."""
        value = self.attributes.get(attribute_name)
        if value is None:
            value = value_at(self.attributes, tuple(attribute_name.split('.')))
        if value is None:
            raise Refused(f'{self.logical_resource_id} ({self.cf_resource_type}) has no attribute {attribute_name}')
        return value

    def is_created(self) -> bool:
        return True

    @property
    def can_update(self) -> bool:
        return type(self).update is not Resource.update

    def must_replace(self, properties: Properties) -> bool:
        """Whether AWS would replace this resource to reach `properties`."""
        paths = create_only(self.cf_resource_type, self.region)
        return any(value_at(self.properties, path) != value_at(properties, path) for path in paths)

    def apply_create(self) -> None:
        self.create(resolve_dynamic(self.properties, self.region))

    def apply_update(self, properties: Properties, rollback: bool = False) -> None:
        new, old = resolve_dynamic(properties, self.region), self.properties
        if new.get('Tags') != old.get('Tags') and not self.updates_tags:
            raise Refused(f'the local AWS cannot change the tags of {self.cf_resource_type} in place')
        self.properties, self.is_rollback = properties, rollback
        try:
            self.update(new, resolve_dynamic(old, self.region))
        except Exception:
            self.properties = old
            raise

    def apply_delete(self, policy: str) -> None:
        """Deletes unless the policy keeps it; what somebody has deleted by hand counts as deleted."""
        if policy == 'Snapshot':
            self.snapshot()
        self.unless_gone(self.delete)


class NativeResource(Resource):
    """A type that only moto itself models; a change replaces it."""

    def create(self, properties: Properties) -> None:
        definition = {**self.definition, 'Properties': properties}
        model = get_model_map()[self.definition['Type']]
        self.name_property = model.cloudformation_name_type()
        self.model = model.create_from_cloudformation_json(
            self.name(),
            definition,
            self.account_id,
            self.region,
            LogicalId=self.logical_resource_id,
            StackId=self.stack.stack_id,
            ResourceType=self.definition['Type'],
        )
        self.physical_resource_id = self.model.physical_resource_id

    def delete(self) -> None:
        try:
            # Some of moto's models know how to delete themselves, others only by their type.
            self.model.delete(self.account_id, self.region)
            return
        except (TypeError, AttributeError):
            pass
        definition = {**self.definition, 'Properties': self.properties}
        get_model_map()[self.definition['Type']].delete_from_cloudformation_json(
            self.physical_resource_id, definition, self.account_id, self.region
        )

    def get_cfn_attribute(self, attribute_name: str) -> Any:
        return self.model.get_cfn_attribute(attribute_name)


def make_resource(stack: Any, logical_id: str, definition: Properties, properties: Properties) -> Resource:
    """Finds the class for the resource's type: ours first, then moto's."""
    kind = definition['Type']
    cls = Resource.registry.get('AWS::CloudFormation::CustomResource' if kind.startswith('Custom::') else kind)
    if cls is None and kind in get_model_map():
        cls = NativeResource
    if cls is None:
        raise Refused(f'the local AWS has no model of {kind}: add one in server/models')
    resource = cls(stack, logical_id, definition, properties)
    resource.cf_resource_type = kind
    return resource
