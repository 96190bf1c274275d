"""Content of a change set: both templates, resolved as far as possible before anything is created.

The shape is that of AWS's answers, as LocalStack records them for its tests in
tests/aws/services/cloudformation/test_change_set*.snapshot.json.
"""

import json
from collections.abc import Iterator
from typing import Any

from moto.cloudformation.exceptions import ExportNotFound

from ..api import Properties, Refused, without
from .deployment import is_importable
from .drift import carry_over, compares, ignored_attributes
from .resource import Resource, make_resource
from .schema import conditional_create_only, first_identifier
from .template import LocalResourceMap, references

KNOWN_AFTER_APPLY = '{{changeSet:KNOWN_AFTER_APPLY}}'
ATTRIBUTES = ('Metadata', 'CreationPolicy', 'UpdatePolicy', 'DeletionPolicy', 'UpdateReplacePolicy')
VALUES = ('BeforeValue', 'AfterValue', 'AttributeChangeType')
SYNC = 'SyncWithActual'


def shown(changes: list[Properties], values: bool) -> Iterator[Properties]:
    for change in changes:
        targets = [without(each, *([] if values else VALUES)) for each in change['Details']]
        details = [{'Target': target} for target in targets]
        yield {'Type': 'Resource', 'ResourceChange': {**change, 'Details': details}}


class Comparison:
    def __init__(self, stack: Any, target: LocalResourceMap, reverts: bool = False) -> None:
        self.stack = stack
        self.old: LocalResourceMap = stack.resource_map
        self.target = target
        #: compare with the resources themselves
        self.reverts = reverts
        #: resources to create, with unknown id and attributes
        self.renewed: set[str] = set()
        #: resources that would be created under a name that exists
        self.conflicts: list[Resource] = []
        carry_over(self.old, target, reverts)

    def other_types(self) -> list[str]:
        kinds = {key: resource.cf_resource_type for key in self.target.wanted() if (resource := self.target.live(key))}
        return [key for key, kind in kinds.items() if kind != self.target.definition(key)['Type']]

    def changes(self, imports: bool) -> Iterator[Properties]:
        wanted = self.target.wanted()
        for logical_id in self.old.resources:
            if logical_id not in wanted:
                yield _change('Remove', self.old.live(logical_id))
        for logical_id in wanted:
            current = self.target.live(logical_id)
            if current is None:
                yield self._addition(logical_id, imports)
            elif details := list(self._details(current)):
                yield self._modification(current, details)

    def _with_drift(self, change: Properties) -> Properties:
        previous = self.old.live(change['LogicalResourceId']) if self.reverts else None
        if previous is None:
            return change
        ignored = ignored_attributes(previous) if compares(previous) else []
        return {**change, 'ResourceDriftStatus': self._drift_of(previous), 'ResourceDriftIgnoredAttributes': ignored}

    def _drift_of(self, previous: Resource) -> str:
        actual = self.target.live(previous.logical_resource_id)
        if not compares(previous):
            return 'UNSUPPORTED'
        if actual is None:
            return 'DELETED'
        return 'IN_SYNC' if actual.properties == previous.properties else 'MODIFIED'

    def _addition(self, logical_id: str, imports: bool) -> Properties:
        self.renewed.add(logical_id)
        definition = self.target.definition(logical_id)
        existing = self._existing(logical_id, definition)
        if existing and imports and is_importable(self.stack, existing):
            return _change('Import', existing)
        if existing:
            self.conflicts.append(existing)
        return self._with_drift(
            {'Action': 'Add', 'LogicalResourceId': logical_id, 'ResourceType': definition['Type'], 'Details': []}
        )

    def _existing(self, logical_id: str, definition: Properties) -> Resource | None:
        """Resource that exists under the name that the template has in plain text."""
        if definition['Type'] not in Resource.registry:
            return None
        resource = make_resource(self.stack, logical_id, definition, definition.get('Properties', {}))
        has_name = isinstance(resource.properties.get(resource.name_property), str)
        return resource if has_name and resource.exists() else None

    def _modification(self, current: Resource, details: list[Properties]) -> Properties:
        if all(each.get('AttributeChangeType') == SYNC for each in details):
            return self._with_drift(_change(SYNC, current, Details=details))
        needs = {each['RequiresRecreation'] for each in details}
        if 'Always' in needs:
            self.renewed.add(current.logical_resource_id)
        replacement = 'True' if 'Always' in needs else 'Conditional' if 'Conditionally' in needs else 'False'
        return self._with_drift(_change('Modify', current, Details=details, Replacement=replacement))

    def _details(self, current: Resource) -> Iterator[Properties]:
        definition, before = self.target.definition(current.logical_resource_id), current.definition
        written, used = definition.get('Properties', {}), before.get('Properties', {})
        chosen = _chosen(written, self.target.lazy_condition_map)
        resolved = {name: self._resolved(value) for name, value in chosen.items()}
        own = {name: value for name, value in resolved.items() if value is not None}
        new, old = self.target.tagged(definition['Type'], own), current.properties
        replaces = new != old and current.must_replace(new)
        conditional = conditional_create_only(definition['Type'], self.stack.region_name)
        previous = self.old.live(current.logical_resource_id).properties
        for name in sorted({*new, *old, *previous}):
            target = {'Attribute': 'Properties', 'Name': name, 'RequiresRecreation': 'Never'}
            if new.get(name) == old.get(name):
                if new.get(name) != previous.get(name):
                    yield {**target, 'AttributeChangeType': SYNC}
            elif name == 'Tags' and own.get(name) == self.old.resolve(used.get(name)):
                yield {'Attribute': 'Tags', 'RequiresRecreation': 'Never'}
            else:
                if replaces and current.must_replace({**old, name: new.get(name)}):
                    target['RequiresRecreation'] = 'Always'
                elif name in conditional:
                    target['RequiresRecreation'] = 'Conditionally'
                is_secret = self._is_secret(written.get(name)) or self._is_secret(used.get(name))
                yield {**target, **_values(old.get(name), new.get(name), is_secret)}
        for attribute in ATTRIBUTES:
            if definition.get(attribute) != before.get(attribute):
                yield {'Attribute': attribute, 'RequiresRecreation': 'Never'}

    def _resolved(self, value: Any) -> Any:
        try:
            return self.target.resolve(self._masked(value))
        except ExportNotFound:
            return KNOWN_AFTER_APPLY

    def _masked(self, value: Any) -> Any:
        """Replaces functions that read a resource yet to be created by the marker."""
        if isinstance(value, list):
            return [self._masked(item) for item in value]
        if not isinstance(value, dict):
            return value
        if self.reverts and isinstance(value.get('Ref'), str):
            return self._by_identifier(value)
        if any(key == 'Ref' or key.startswith('Fn::') for key in value):
            return KNOWN_AFTER_APPLY if self.renewed & {name for name, _ in references(value)} else value
        return {key: self._masked(item) for key, item in value.items()}

    def _by_identifier(self, ref: Properties) -> Any:
        """First part of the primary identifier, as which a drift-aware change set reads a Ref.

        Where the type's Ref is another part, the change set has a change that executing it does not make
        (aws-cloudformation/cloudformation-coverage-roadmap 2505 and 2559).
        """
        if ref['Ref'] in self.renewed:
            return KNOWN_AFTER_APPLY
        resource = self.old.live(ref['Ref'])
        path = resource and first_identifier(resource.cf_resource_type, resource.region)
        if not path:
            return ref
        try:
            return resource.properties.get(path) or resource.get_cfn_attribute(path)
        except Refused:
            # The part has the name of no attribute: it is the Ref.
            return ref

    def _is_secret(self, value: Any) -> bool:
        return bool({name for name, _ in references(value)} & (self.target.no_echo | self.old.no_echo))


def _chosen(value: Any, conditions: Any) -> Any:
    if isinstance(value, list):
        return [_chosen(item, conditions) for item in value]
    if not isinstance(value, dict):
        return value
    if 'Fn::If' in value:
        condition, yes, no = value['Fn::If']
        return _chosen(yes if conditions[condition] else no, conditions)
    return {key: _chosen(item, conditions) for key, item in value.items()}


def _values(before: Any, after: Any, is_secret: bool) -> Properties:
    values = {key: item for key, item in (('BeforeValue', before), ('AfterValue', after)) if item is not None}
    kind = 'Modify' if len(values) == 2 else 'Add' if before is None else 'Remove'
    texts = {key: item if isinstance(item, str) else json.dumps(item) for key, item in values.items()}
    return {'AttributeChangeType': kind, **(dict.fromkeys(texts, '****') if is_secret else texts)}


def _change(action: str, resource: Resource, **more: Any) -> Properties:
    return {
        'Action': action,
        'LogicalResourceId': resource.logical_resource_id,
        'PhysicalResourceId': resource.physical_resource_id,
        'ResourceType': resource.cf_resource_type,
        'Details': [],
        **more,
    }
