"""Stack with AWS's behavior: ordered, updated in place, rolled back with the reason in its events."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from moto.cloudformation.models import Event, Stack, cloudformation_backends
from moto.core.utils import utcnow

from .. import clock, pace
from .deployment import Deployment, StackFailure, reason_of, remove_resource
from .drift import carry_over
from .operations import after_answer, goes_on
from .resource import AFTER_OPERATION, Resource
from .template import LocalResourceMap, as_returned, creation_order, dependencies

COMPLETE = ('CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE')


@dataclass
class Failed:
    deployment: Deployment
    before: dict[str, Any]


class LocalStack(Stack):
    #: last deployment, if it failed
    failed: Failed | None = None
    #: ids of the resources that a rollback did not revert
    unreverted: Collection[str] = ()
    #: ClientRequestToken of the newest operation, which its events carry
    request_token: str | None = None
    #: capabilities that the newest request has acknowledged
    capabilities: Collection[str] = ()
    deletion_time: datetime | None = None
    last_updated_time: datetime | None = None

    def _create_resource_map(self) -> LocalResourceMap:
        return self.map_of(self.template_dict, self.parameters, self.tags)

    def map_of(self, template: dict[str, Any], parameters: dict[str, Any], tags: dict[str, str]) -> LocalResourceMap:
        resource_map = LocalResourceMap(
            self.stack_id,
            self.name,
            parameters,
            tags,
            account_id=self.account_id,
            region_name=self.region_name,
            template={'Resources': {}, **template},
            cross_stack_resources=self._all_exports,
        )
        resource_map.stack_tags = tags
        resource_map.load()
        return resource_map

    @property
    def stack_name(self) -> str:
        """Name for ListStacks; moto has it for DescribeStacks only."""
        return self.name

    @property
    def stack_status(self) -> str:
        return self.status

    @property
    def _all_exports(self) -> dict[str, Any]:
        return cloudformation_backends[self.account_id][self.region_name].exports

    @property
    def exports(self) -> list[Any]:
        return self.output_map.exports if self.status in COMPLETE else []

    @property
    def parameter_list(self) -> list[dict[str, Any]]:
        # moto prints a list in Python's syntax, which `cdk bootstrap` would pass back as a new value.
        shown = {key: ','.join(value) for key, value in self.stack_parameters.items() if isinstance(value, list)}
        return [
            {**each, 'ParameterValue': shown.get(each['ParameterKey'], each['ParameterValue'])}
            for each in super().parameter_list
        ]

    @property
    def outputs(self) -> list[dict[str, Any]] | None:
        # Resources that outputs read may not exist in other states.
        found = super().outputs if self.status in COMPLETE else None
        return found and [{**each, 'OutputValue': as_returned(each['OutputValue'])} for each in found]

    def acknowledge(self, role_arn: str | None, capabilities: Collection[str]) -> None:
        """Keeps the role and the capabilities of a request; without a role, the stack keeps that of earlier ones."""
        self.role_arn = role_arn or self.role_arn
        self.capabilities = capabilities

    def adopt(self, template: str, parameters: dict[str, Any]) -> None:
        self.template, self.template_dict, self.parameters = template, self.parse_template(template), parameters
        self.resource_map = self._create_resource_map()
        self.output_map = self._create_output_map()
        self._add_stack_event('CREATE_IN_PROGRESS', 'User Initiated')

    def is_taken(self, kind: str, physical_id: str) -> bool:
        stacks = cloudformation_backends[self.account_id][self.region_name].stacks.values()
        live = (stack.resource_map.live(each) for stack in stacks for each in stack.resource_map.resources)
        return any((each.cf_resource_type, each.physical_resource_id) == (kind, physical_id) for each in live)

    @goes_on
    def create_resources(self, imports: bool = False, disable_rollback: bool = False) -> None:
        self.status = 'CREATE_IN_PROGRESS'
        deployment = Deployment(self, self.resource_map, imports)
        try:
            deployment.converge()
            self._publish()
            self._set_status('CREATE_COMPLETE')
        except StackFailure as failure:
            self.failed = Failed(deployment, {})
            if disable_rollback:
                deployment.keep_partial()
                self._set_status('CREATE_FAILED', str(failure))
            else:
                self._set_status('ROLLBACK_IN_PROGRESS', f'{failure} Rollback requested by user.')
                self._roll_back_creation(deployment)

    def _roll_back_creation(self, deployment: Deployment) -> None:
        unreverted, undeleted = deployment.roll_back()
        self._end('ROLLBACK', unreverted + undeleted)

    @goes_on
    def update(
        self,
        template: str,
        parameters: dict[str, Any] | None = None,
        tags: dict[str, str] | None = None,
        imports: bool = False,
        reverts: bool = False,
        disable_rollback: bool = False,
    ) -> None:
        old_map = self.resource_map
        fields = ('template', 'template_dict', 'parameters', 'tags', 'resource_map', 'output_map')
        before = {field: getattr(self, field) for field in fields}
        new_template = self.parse_template(template)
        self.tags = self.tags if tags is None else tags
        target = self.map_of(new_template, parameters or {}, self.tags)
        carry_over(old_map, target, reverts)
        self.last_updated_time = utcnow()
        self._set_status('UPDATE_IN_PROGRESS', 'User Initiated')
        self.template, self.template_dict, self.parameters = template, new_template, parameters or {}
        self.resource_map = target
        self.output_map = self._create_output_map()
        deployment = Deployment(self, target, imports)
        try:
            deployment.converge()
            self._publish()
        except StackFailure as failure:
            self.failed = Failed(deployment, before)
            if disable_rollback:
                deployment.keep_partial()
                self._set_status('UPDATE_FAILED', str(failure))
            else:
                self._set_status('UPDATE_ROLLBACK_IN_PROGRESS', str(failure))
                self._roll_back_update(self.failed)
            return
        self._set_status('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')
        wanted = set(target.wanted())
        deployment.clean_up([key for key in reversed(creation_order(old_map.definitions)) if key not in wanted])
        self._set_status('UPDATE_COMPLETE')

    def _roll_back_update(self, failed: Failed, skipped: Collection[str] = ()) -> None:
        for field, value in failed.before.items():
            setattr(self, field, value)
        # CloudFormation abandons new resources that it cannot delete.
        self.unreverted, _ = failed.deployment.roll_back(skipped)
        self._end('UPDATE_ROLLBACK', self.unreverted)

    def roll_back(self, deletes_retained: bool) -> None:
        failed = self.failed
        assert failed
        failed.deployment.deletes_retained = deletes_retained
        if self.status == 'CREATE_FAILED':
            self._set_status('ROLLBACK_IN_PROGRESS', 'User Initiated')
            after_answer(lambda: self._roll_back_creation(failed.deployment))
        else:
            self._set_status('UPDATE_ROLLBACK_IN_PROGRESS', 'User Initiated')
            after_answer(lambda: self._roll_back_update(failed))

    def continue_update_rollback(self, skipped: Collection[str]) -> None:
        failed = self.failed
        assert failed
        self._set_status('UPDATE_ROLLBACK_IN_PROGRESS', 'User Initiated')
        after_answer(lambda: self._roll_back_update(failed, skipped))

    def delete(self, retained: Collection[str] = (), force: bool = False) -> None:
        self._set_status('DELETE_IN_PROGRESS', 'User Initiated')
        clock.advance(pace.LONG)
        definitions = self.resource_map.definitions
        kept: set[str] = set()
        failed = []
        for logical_id in reversed(creation_order(definitions)):
            resource = self.resource_map.live(logical_id)
            if not resource:
                continue
            policy = 'Retain' if logical_id in retained else resource.definition.get('DeletionPolicy', 'Delete')
            # A resource that could not be deleted keeps its dependencies.
            if logical_id not in kept and remove_resource(self, resource, policy):
                self.resource_map.drop(logical_id)
                continue
            if logical_id not in kept:
                failed.append(logical_id)
            kept |= dependencies(definitions, logical_id)
        # A forced deletion abandons resources that cannot be deleted.
        self._end('DELETE', [] if force else failed)

    def _end(self, operation: str, failed: Collection[str]) -> None:
        verb = 'update' if operation == 'UPDATE_ROLLBACK' else 'delete'
        if failed:
            reason = f'The following resource(s) failed to {verb}: [{", ".join(failed)}]. '
            self._set_status(f'{operation}_FAILED', reason)
        else:
            self._set_status(f'{operation}_COMPLETE')

    def _publish(self) -> None:
        """Reads every output and export: one that fails also fails the stack, as on AWS."""
        self.description = self.template_dict.get('Description')
        try:
            list(self.output_map.values())
            for export in self.output_map.exports:
                self._all_exports[export.name] = export
        except Exception as error:
            raise StackFailure(reason_of(error)) from error

    def _set_status(self, status: str, reason: str | None = None) -> None:
        self.status = status
        self._add_stack_event(status, reason)
        self.events[-1].client_request_token = self.request_token
        if not status.endswith('_IN_PROGRESS'):
            while AFTER_OPERATION:
                AFTER_OPERATION.pop()()

    def status_of(self, logical_id: str, physical_id: str) -> str:
        """Status in the newest event of a resource; one that was replaced has the same logical id."""
        events = [event for event in reversed(self.events) if event.logical_resource_id == logical_id]
        own = (event.resource_status for event in events if event.physical_resource_id == physical_id)
        return next(own, events[0].resource_status)

    def record_resource(self, resource: Resource, status: str, reason: str | None = None) -> None:
        self.record(
            resource.logical_resource_id, resource.physical_resource_id, resource.cf_resource_type, status, reason
        )

    def record(self, logical_id: str, physical_id: str, kind: str, status: str, reason: str | None = None) -> None:
        self.events.append(
            Event(
                stack_id=self.stack_id,
                stack_name=self.name,
                logical_resource_id=logical_id,
                physical_resource_id=physical_id,
                resource_type=kind,
                resource_status=status,
                resource_status_reason=reason,
                resource_properties=None,
            )
        )
        self.events[-1].client_request_token = self.request_token
