"""One deployment of a template to a stack's resources, and its rollback."""

import copy
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, NoReturn

from botocore.exceptions import ClientError

from ..api import Refused
from .. import clock, pace
from .resource import NeverReady, Resource, make_resource
from .states import other_type
from .template import LocalResourceMap, dependencies

logger = logging.getLogger(__name__)

KEEP = ('Retain', 'RetainExceptOnCreate')
SKIPPED = 'Resource skipped during UpdateRollback'
# A rollback deletes new resources with these policies; plain Retain keeps them.
DELETED_ON_ROLLBACK = ('RetainExceptOnCreate', 'Snapshot')


class StackFailure(Exception):
    """Failed operation on a resource; the message goes to the stack's own event."""


class RemovalFailed(Exception):
    """A service refused to delete a new resource on rollback; the events have the reason."""


class RevertFailed(Exception):
    """A service refused to revert a resource on rollback; the events have the reason."""


def reason_of(error: Exception) -> str:
    """Text for the stack's events; an error that is no service's answer is a bug of ours and goes to the log."""
    if isinstance(error, ClientError):
        return f'Resource handler returned message: "{error}"'
    if isinstance(error, Refused):
        return str(error)
    logger.error('a resource handler failed', exc_info=error)
    return f'{type(error).__name__}: {error}'


def _do_nothing() -> None:
    pass


@dataclass
class UndoStep:
    logical_id: str
    undo: Callable[[], None]
    #: records the step as done, for a resource that a rollback skips
    skip: Callable[[], None] = _do_nothing


class Deployment:
    """Creates, updates and replaces in order of dependency; remembers how to undo each step."""

    def __init__(self, stack: Any, target: LocalResourceMap, imports: bool = False) -> None:
        self.stack = stack
        #: import existing resources that the template names
        self.imports = imports
        self.target = target
        self.undo: list[UndoStep] = []
        #: resources whose creation failed, but that have an id
        self.partial: dict[str, Resource] = {}
        #: the rollback deletes new resources with the policy Retain, too
        self.deletes_retained = False
        self.replaced: list[tuple[Resource, str]] = []
        #: logical id → time of completion on the server's clock
        self.ready: dict[str, float] = {}
        self.began = clock.now()
        #: time at which the operation on the current resource ends
        self.ends = self.began
        #: dependencies of resources that could not be deleted
        self.needed: set[str] = set()

    def converge(self) -> None:
        never_ready: dict[str, NeverReady] = {}
        waiting: set[str] = set()
        for logical_id in self.target.wanted():
            if dependencies(self.target.definitions, logical_id) & (waiting | never_ready.keys()):
                waiting.add(logical_id)
                continue
            try:
                self._converge_in_parallel(logical_id)
            except NeverReady as error:
                # CloudFormation waits for hours, and creates all independent resources meanwhile.
                never_ready[logical_id] = error
            except Exception as error:
                self._fail(logical_id, error)
        for logical_id, error in never_ready.items():
            self._fail(logical_id, error)

    def _converge_in_parallel(self, logical_id: str) -> None:
        """Sets the clock as if independent resources were created in parallel."""
        needed = dependencies(self.target.definitions, logical_id)
        begins = max([self.began, *(self.ready[each] for each in needed if each in self.ready)])
        clock.move_to(begins)
        lasts = pace.seconds(self.target.definition(logical_id)['Type'])
        self.ends = begins + lasts
        changed = self._converge_one(logical_id, self.target.live(logical_id))
        # A clock that runs has waited for the end.
        self.ready[logical_id] = clock.now() + (lasts if changed and not clock.runs() else 0)
        clock.move_to(max(self.ready.values()))

    def _fail(self, logical_id: str, error: Exception) -> NoReturn:
        current = self.target.live(logical_id)
        verb = 'update' if current else 'create'
        kind = self.target.definition(logical_id)['Type']
        physical_id = current.physical_resource_id if current else ''
        self.stack.record(logical_id, physical_id, kind, f'{verb.upper()}_FAILED', reason_of(error))
        raise StackFailure(f'The following resource(s) failed to {verb}: [{logical_id}].') from error

    def _converge_one(self, logical_id: str, current: Resource | None) -> bool:
        """Returns false if there is nothing to change."""
        definition = self.target.definition(logical_id)
        properties = self.target.properties(logical_id)
        if current is None:
            self._create(logical_id, definition, properties)
        elif current.cf_resource_type != definition['Type']:
            raise Refused(other_type([logical_id]))
        elif current.properties == properties:
            self._adopt(current, definition)
            return False
        elif current.must_replace(properties) or not current.can_update(properties):
            self._replace(current, definition, properties)
        else:
            self._update(current, definition, properties)
        return True

    def _create(self, logical_id: str, definition: dict[str, Any], properties: dict[str, Any]) -> None:
        resource = make_resource(self.stack, logical_id, copy.deepcopy(definition), properties)
        if self.imports and is_importable(self.stack, resource) and resource.exists():
            # An import changes nothing: differences from the template are drift.
            self.undo.append(UndoStep(logical_id, lambda: self.target.drop(logical_id)))
            self.target.put(logical_id, resource)
            self.stack.record_resource(resource, 'IMPORT_COMPLETE')
            return
        self.stack.record_resource(resource, 'CREATE_IN_PROGRESS')
        policy = definition.get('DeletionPolicy', 'Delete')

        def remove() -> None:
            if logical_id in self.needed:
                self._keep_dependencies(logical_id)
                return
            self.target.drop(logical_id)
            # A partial creation already has an id, and must be deleted.
            is_deleted = self.deletes_retained or policy in DELETED_ON_ROLLBACK
            if resource.physical_resource_id and not remove_resource(
                self.stack, resource, 'Delete' if is_deleted else policy
            ):
                self.target.put(logical_id, resource)
                self._keep_dependencies(logical_id)
                raise RemovalFailed(logical_id)

        self.undo.append(UndoStep(logical_id, remove))
        pace.wait(self.ends)
        try:
            resource.apply_create()
        except Exception:
            if resource.physical_resource_id:
                self.partial[logical_id] = resource
            raise
        self.target.put(logical_id, resource)
        self.stack.record_resource(resource, 'CREATE_COMPLETE')

    def _adopt(self, current: Resource, definition: dict[str, Any]) -> None:
        old = current.definition
        self.undo.append(UndoStep(current.logical_resource_id, lambda: setattr(current, 'definition', old)))
        current.definition = definition

    def _update(self, current: Resource, definition: dict[str, Any], properties: dict[str, Any]) -> None:
        old = current.properties
        self.stack.record_resource(current, 'UPDATE_IN_PROGRESS')
        self.undo.append(
            UndoStep(
                current.logical_resource_id,
                undo=lambda: self._revert(current, old),
                skip=lambda: self._skip(current, old),
            )
        )
        self._adopt(current, definition)
        pace.wait(self.ends)
        current.apply_update(properties)
        self.stack.record_resource(current, 'UPDATE_COMPLETE')

    def _revert(self, current: Resource, old: dict[str, Any]) -> None:
        self.stack.record_resource(current, 'UPDATE_IN_PROGRESS')
        try:
            current.apply_update(old, rollback=True)
        except Exception as error:
            self.stack.record_resource(current, 'UPDATE_FAILED', reason_of(error))
            raise RevertFailed(current.logical_resource_id) from error
        self.stack.record_resource(current, 'UPDATE_COMPLETE')

    def _skip(self, current: Resource, old: dict[str, Any]) -> None:
        """Records a resource as reverted, although it may not be."""
        current.properties = old
        self.stack.record_resource(current, 'UPDATE_COMPLETE', SKIPPED)

    def _replace(self, current: Resource, definition: dict[str, Any], properties: dict[str, Any]) -> None:
        name = properties.get(current.name_property)
        if name and name == current.properties.get(current.name_property):
            raise Refused(
                'CloudFormation cannot update a stack when a custom-named resource requires replacing. '
                f'Rename {name} and update the stack again.'
            )
        logical_id = current.logical_resource_id
        self.undo.append(UndoStep(logical_id, lambda: self.target.put(logical_id, current)))
        self._create(logical_id, definition, properties)
        self.replaced.append((current, definition.get('UpdateReplacePolicy', 'Delete')))

    def clean_up(self, removed: list[str]) -> None:
        """Deletes replaced resources and, dependents first, those removed from the template."""
        for resource, policy in reversed(self.replaced):
            remove_resource(self.stack, resource, policy)
        for logical_id in removed:
            resource = self.target.live(logical_id)
            if resource:
                remove_resource(self.stack, resource, resource.definition.get('DeletionPolicy', 'Delete'))
                self.target.drop(logical_id)

    def keep_partial(self) -> None:
        """Keeps resources whose creation failed, for a rollback or deletion of the stack later on."""
        for logical_id, resource in self.partial.items():
            self.target.put(logical_id, resource)

    def roll_back(self, skipped: Collection[str] = ()) -> tuple[list[str], list[str]]:
        """Undoes the steps, newest first; returns the ids that were not reverted and those that were not deleted.

        Steps that fail to revert a resource remain for the next rollback.
        """
        undeleted: list[str] = []
        failed: list[UndoStep] = []
        clock.advance(pace.LONG)
        for step in reversed(self.undo):
            if step.logical_id in skipped:
                step.skip()
                continue
            try:
                step.undo()
            except RemovalFailed:
                undeleted.append(step.logical_id)
            except RevertFailed:
                failed.append(step)
        self.undo = failed[::-1]
        return [step.logical_id for step in failed], undeleted

    def _keep_dependencies(self, logical_id: str) -> None:
        self.needed |= dependencies(self.target.definitions, logical_id)


def is_importable(stack: Any, resource: Resource) -> bool:
    """True if the template names the resource in plain text and retains it, and no stack owns it."""
    name = resource.definition.get('Properties', {}).get(resource.name_property)
    kept = resource.definition.get('DeletionPolicy') in KEEP
    return isinstance(name, str) and kept and not stack.is_taken(resource.cf_resource_type, name)


def remove_resource(stack: Any, resource: Resource, policy: str) -> bool:
    """Deletes according to the policy; false if the service refused."""
    if policy in KEEP:
        stack.record_resource(resource, 'DELETE_SKIPPED')
        return True
    stack.record_resource(resource, 'DELETE_IN_PROGRESS')
    try:
        resource.apply_delete(policy)
    except Exception as error:
        stack.record_resource(resource, 'DELETE_FAILED', reason_of(error))
        return False
    stack.record_resource(resource, 'DELETE_COMPLETE')
    return True
