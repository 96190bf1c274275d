"""Stand-ins for resources of types that the server has no model of."""

import json
from typing import Any, ClassVar

from ..api import Properties, Refused
from ..runtime import programs
from .resource import Resource
from .schema import schema_of, value_at


class StandIn(Resource):
    """Resource that is not really there: it keeps its properties, and calls no service.

    Ref and Fn::GetAtt return values of the types in the public schema. No program reaches anything by them.
    """

    updates_tags = True
    #: id → type, of all that are there
    made: ClassVar[dict[str, str]] = {}
    #: properties of other resources that have no effect, each with its type
    ignored: ClassVar[set[str]] = set()

    def create(self, properties: Properties) -> None:
        if not self._schema:
            raise Refused(f'Template format error: Unrecognized resource types: [{self.cf_resource_type}]')
        paths = [_path(each) for each in self._schema['primaryIdentifier']]
        self.physical_resource_id = '|'.join(str(value_at(properties, path) or self.name()) for path in paths)
        self._list({**self.made, self._id: self.cf_resource_type})

    def update(self, properties: Properties, old: Properties) -> None:
        """Has nothing to do: the caller keeps the properties."""

    def delete(self) -> None:
        self._list({key: kind for key, kind in self.made.items() if key != self._id})

    def get_cfn_attribute(self, attribute_name: str) -> Any:
        path = tuple(attribute_name.split('.'))
        shape = self._shape(path)
        if shape is None:
            return super().get_cfn_attribute(attribute_name)
        return value_at(self.properties, path) or self._plausible(path[-1], shape)

    @property
    def _id(self) -> str:
        return f'{self.stack.name}/{self.physical_resource_id}'

    @property
    def _schema(self) -> dict[str, Any]:
        return schema_of(self.cf_resource_type, self.region)

    def _shape(self, path: tuple[str, ...]) -> dict[str, Any] | None:
        """Schema of an attribute; None if the type has no such attribute."""
        shape = self._schema
        for name in path:
            shape = shape.get('properties', {}).get(name)
            if shape is None:
                return None
            if '$ref' in shape:
                shape = value_at(self._schema, _path(shape['$ref'], skip=1)) or {}
        return shape

    def _plausible(self, name: str, shape: dict[str, Any]) -> Any:
        kind = shape.get('type', 'string')
        if kind == 'boolean':
            return False
        if kind in ('integer', 'number') or name.endswith('Port'):
            return 0 if kind != 'string' else '0'
        if name.lower().endswith('arn'):
            _, service, noun = self.cf_resource_type.lower().split('::')
            return f'arn:aws:{service}:{self.region}:{self.account_id}:{noun}/{self.physical_resource_id}'
        # RFC 2606: no host has a name below `invalid`.
        text = f'{self.physical_resource_id}.{name}.invalid'.lower()
        return [text] if kind == 'array' else text

    @classmethod
    def _list(cls, made: dict[str, str]) -> None:
        cls.made = made
        # `standIns()` of src/local-aws.ts reads it.
        (programs.scratch / 'stand-ins.json').write_text(json.dumps(sorted(set(made.values()))))

    @classmethod
    def list_ignored(cls, property_of_type: str) -> None:
        cls.ignored.add(property_of_type)
        # `ignoredProperties()` of src/local-aws.ts reads it.
        (programs.scratch / 'ignored-properties.json').write_text(json.dumps(sorted(cls.ignored)))


def allow() -> None:
    """Makes stand-ins from now on, where a deployment otherwise fails."""
    Resource.fallback = StandIn


def _path(pointer: str, skip: int = 2) -> tuple[str, ...]:
    """Names of a JSON pointer, such as `/properties/Id`, without its first parts."""
    return tuple(pointer.split('/')[skip:])
