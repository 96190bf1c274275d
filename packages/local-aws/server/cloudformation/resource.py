"""Base of every resource type of this server's CloudFormation."""

import re
from collections.abc import Callable
from typing import Any, ClassVar

from botocore.exceptions import ClientError
from moto.cloudformation.parsing import get_model_map
from moto.cloudformation.utils import random_suffix

from ..api import Properties, Refused, call, refuse_unknown, without
from .schema import create_only, schema_of, value_at
from .template import resolve_dynamic

#: actions to run after the stack's operation
AFTER_OPERATION: list[Callable[[], None]] = []
#: error of a model of moto's that AWS has, too
TAKEN = re.compile(r'already exist|Exists', re.IGNORECASE)
GONE = re.compile(r'NotFound|NoSuch|DoesNotExist|NonExistent|NotExist|\.Missing')


class NeverReady(Refused):
    """The resource exists, but does not stabilize before CloudFormation's timeout of hours."""


class Resource:
    """Resource created, as by AWS's CloudFormation, through the service's own API.

    A subclass names type and service, and has `creates` or `create`, `deletes` or `delete`, `reads` or `read` if AWS
    detects drift, and `updates` or `update` if AWS can update in place.
    """

    cf_resource_type: ClassVar[str] = ''
    service: ClassVar[str] = ''
    name_property: ClassVar[str] = ''
    name_limit: ClassVar[int] = 64
    #: `update` changes the tags, too
    updates_tags: ClassVar[bool] = False
    #: operations that set and remove tags if `update` does not, and their parameter for the resource
    tags: ClassVar[tuple[str, str, str] | tuple[()]] = ()
    #: properties that drift detection omits, besides the schema's write-only ones
    unread: ClassVar[tuple[str, ...]] = ('Tags',)
    #: lists whose items drift detection shows with all of their keys, also those that the template does not set
    whole: ClassVar[tuple[str, ...]] = ()
    #: operation that creates the resource, and path of the id in its answer; without a path, the name is the id
    creates: ClassVar[tuple[str, ...]] = ()
    #: properties that neither `creates` nor `updates` takes
    set_apart: ClassVar[tuple[str, ...]] = ()
    #: operation that updates the resource by its `key`
    updates: ClassVar[str] = ''
    #: operation that deletes the resource, and its parameter for the id
    deletes: ClassVar[tuple[str, str] | tuple[()]] = ()
    #: operation that reads the resource, its parameter for the id, and the answer's field; a list has one item
    reads: ClassVar[tuple[str, str, str | None] | tuple[()]] = ()
    #: parameter for the id in other operations
    key: ClassVar[str] = ''
    registry: ClassVar[dict[str, type['Resource']]] = {}
    #: class that stands in for what the server has no model of; without one, that is refused
    fallback: ClassVar[Any] = None

    def __init_subclass__(cls) -> None:
        if cls.cf_resource_type:
            Resource.registry[cls.cf_resource_type] = cls

    #: `update` runs within a rollback
    is_rollback = False
    #: the last update failed, and may have changed a part
    has_failed_update = False

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
        """Creates the resource; sets `attributes`, and `physical_resource_id` once there is something to delete."""
        operation, *path = self.creates
        name = self.name()
        named = {self.name_property: name} if self.name_property else {}
        answer: Any = self.call(operation, {**without(properties, *self.set_apart), **named})
        for field in path[:-1]:
            answer = answer[field]
        self.attributes = answer[0] if isinstance(answer, list) else answer
        self.physical_resource_id = self.attributes[path[-1]] if path else name
        self.set_rest(properties, {})

    def set_rest(self, properties: Properties, old: Properties) -> None:
        """Sets what operations of its own set, after a creation or update."""

    def update(self, properties: Properties, old: Properties) -> None:
        """Updates in place; a type without `updates` and this method is replaced on any change."""
        fixed = (path[0] for path in create_only(self.cf_resource_type, self.region))
        self.own(self.updates, without(properties, 'Tags', *self.set_apart, *fixed))
        self.set_rest(properties, old)

    def tags_id(self) -> str:
        """Value for the parameter in `tags`: the ARN, which many ids are, unless that parameter takes the id."""
        is_id = self.tags[2] == self.key or self.physical_resource_id.startswith('arn:')
        return self.physical_resource_id if is_id else self.get_cfn_attribute('Arn')

    def update_tags(self, properties: Properties, old: Properties) -> None:
        """Removes the tags that the template no longer has, and sets those that are new or changed."""
        if not self.tags:
            raise Refused(f'the local AWS cannot change the tags of {self.cf_resource_type} in place')
        sets, removes, key = self.tags
        removed = self.removed_tags(properties, old)
        if removed:
            self.call(removes, {key: self.tags_id()}, TagKeys=removed)
        changed = [tag for tag in properties.get('Tags', []) if tag not in old.get('Tags', [])]
        if changed:
            self.call(sets, {key: self.tags_id()}, Tags=changed)

    def delete(self) -> None:
        if self.deletes:
            operation, key = self.deletes
            self.call(operation, {key: self.physical_resource_id})

    def read(self) -> Any:
        """Service's answer in CloudFormation's names, in any case; None if deleted. Enables drift detection."""
        operation, key, field = self.reads
        answer = self.call(operation, {key: self.physical_resource_id})
        found = answer[field] if field else answer
        return next(iter(found), None) if isinstance(found, list) else found

    def snapshot(self) -> None:
        """Keeps a copy before the deletion, for DeletionPolicy Snapshot."""

    def find(self) -> bool:
        """True if the resource exists by name; sets what `create` sets. Importable types have this."""
        return False

    def exists(self) -> bool:
        return bool(self.unless_gone(self.find))

    @staticmethod
    def unless_gone(ask: Callable[[], Any]) -> Any:
        """Answer of the service; None if it reports that the resource does not exist."""
        try:
            return ask()
        except ClientError as error:
            if not GONE.search(error.response['Error']['Code']):
                raise
            return None

    def call(self, operation: str, properties: Properties | None = None, **extra: Any) -> Properties:
        return call(self.service, self.region, operation, {**(properties or {}), **extra}, self.ignore)

    def ignore(self, path: str, name: str) -> None:
        """Ignores a property that has no parameter; refuses one that the type does not have, as AWS does."""
        if self.fallback is None:
            refuse_unknown(path, name)
        if '.' not in path and name not in schema_of(self.cf_resource_type, self.region).get('properties', {}):
            message = f'#: extraneous key [{name}] is not permitted'
            raise Refused(f'Properties validation failed for resource {self.logical_resource_id} with message: {message}')
        whole = '.'.join([*path.split('.')[1:], name])
        self.unread = (*self.unread, whole.split('.')[0].removesuffix('[]'))
        self.fallback.list_ignored(f'{self.cf_resource_type}.{whole}')

    def own(self, operation: str, properties: Properties | None = None, **extra: Any) -> Properties:
        """Calls the service for this resource, by its id."""
        return self.call(operation, properties, **extra, **{self.key: self.physical_resource_id})

    def known(self, properties: Properties, *names: str) -> None:
        """Ignores or refuses properties outside of `names`, which would be lost silently."""
        for name in sorted(properties.keys() - set(names)):
            self.ignore(self.cf_resource_type, name)

    def name(self) -> str:
        """Name from the template, or one in CloudFormation's pattern."""
        given = self.properties.get(self.name_property)
        if given:
            return str(given)
        suffix = f'-{random_suffix()}'
        room = self.name_limit - len(suffix)
        stem = f'{self.stack.name}-{self.logical_resource_id}'
        return stem[:room].rstrip('-') + suffix

    @staticmethod
    def removed_tags(properties: Properties, old: Properties) -> list[str]:
        kept = {tag['Key'] for tag in properties.get('Tags', [])}
        return [tag['Key'] for tag in old.get('Tags', []) if tag['Key'] not in kept]

    def get_cfn_attribute(self, attribute_name: str) -> Any:
        """Value of Fn::GetAtt: the field of that name, or with the type before it, as `Arn` is Lambda's `FunctionArn`.

        A dot reads a nested value, as in `Endpoint.Address`.
        """
        fields = {field.lower(): value for field, value in self.attributes.items()}
        name, noun = attribute_name.lower(), self.cf_resource_type.split('::')[-1].lower()
        value = fields.get(name, fields.get(noun + name))
        if value is None:
            value = value_at(self.attributes, tuple(attribute_name.split('.')))
        if value is None:
            raise Refused(f'{self.logical_resource_id} ({self.cf_resource_type}) has no attribute {attribute_name}')
        return value

    def is_created(self) -> bool:
        return True

    def can_update(self, properties: Properties) -> bool:
        return self.has_update or (bool(self.tags) and self.is_same_but_tags(properties))

    @property
    def has_update(self) -> bool:
        return bool(self.updates) or type(self).update is not Resource.update

    def is_same_but_tags(self, properties: Properties) -> bool:
        return without(self.properties, 'Tags') == without(properties, 'Tags')

    def must_replace(self, properties: Properties) -> bool:
        paths = create_only(self.cf_resource_type, self.region)
        return any(value_at(self.properties, path) != value_at(properties, path) for path in paths)

    def apply_create(self) -> None:
        self.create(resolve_dynamic(self.properties, self.region))

    def apply_update(self, properties: Properties, rollback: bool = False) -> None:
        new, old = resolve_dynamic(properties, self.region), self.properties
        is_changed = not self.is_same_but_tags(properties) or (self.has_failed_update and self.has_update)
        self.properties, self.is_rollback = properties, rollback
        self.has_failed_update = True
        if self.updates_tags or is_changed:
            self.update(new, resolve_dynamic(old, self.region))
        if new.get('Tags') != old.get('Tags') and not self.updates_tags:
            self.update_tags(new, old)
        self.has_failed_update = False

    def apply_delete(self, policy: str) -> None:
        """Deletes, after a snapshot if the policy says so; a resource deleted by hand counts as deleted."""
        if policy == 'Snapshot':
            self.snapshot()
        self.unless_gone(self.delete)


class NativeResource(Resource):
    """Type with moto's model only, or a stand-in where that fails; any change replaces it."""

    stand_in: Any = None

    def create(self, properties: Properties) -> None:
        try:
            self._create_model(properties)
        except Exception as error:
            if self.fallback is None or TAKEN.search(f'{type(error).__name__} {error}'):
                raise
            self.stand_in = self.fallback(self.stack, self.logical_resource_id, self.definition, properties)
            self.stand_in.cf_resource_type = self.cf_resource_type
            self.stand_in.create(properties)
            self.physical_resource_id = self.stand_in.physical_resource_id

    def _create_model(self, properties: Properties) -> None:
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
        if self.stand_in:
            self.stand_in.delete()
            return
        try:
            # Some of moto's models delete themselves, others by type.
            self.model.delete(self.account_id, self.region)
            return
        except (TypeError, AttributeError):
            pass
        definition = {**self.definition, 'Properties': self.properties}
        get_model_map()[self.definition['Type']].delete_from_cloudformation_json(
            self.physical_resource_id, definition, self.account_id, self.region
        )

    def get_cfn_attribute(self, attribute_name: str) -> Any:
        return (self.stand_in or self.model).get_cfn_attribute(attribute_name)


def make_resource(stack: Any, logical_id: str, definition: Properties, properties: Properties) -> Resource:
    """Instantiates the class of the type: ours first, then moto's, then the fallback."""
    kind = definition['Type']
    cls = Resource.registry.get('AWS::CloudFormation::CustomResource' if kind.startswith('Custom::') else kind)
    if cls is None and kind in get_model_map():
        cls = NativeResource
    cls = cls or Resource.fallback
    if cls is None:
        raise Refused(f'the local AWS has no model of {kind}: add one in server/models')
    resource = cls(stack, logical_id, definition, properties)
    resource.cf_resource_type = kind
    return resource
