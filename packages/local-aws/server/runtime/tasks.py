"""Tasks of ECS with local programs. Those of RunTask run once and keep their exit code."""

import logging
import threading
import time
from datetime import datetime, timezone
from types import SimpleNamespace
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends
from moto.ecs.exceptions import InvalidParameterException
from moto.ecs.models import Container as ShownContainer
from moto.ecs.models import EC2ContainerServiceBackend, Task, TaskDefinition
from moto.ecs.responses import EC2ContainerServiceResponse

from .. import clock
from ..api import Properties, Refused, call, client
from ..patches import around, instead
from . import images
from .paths import Place
from .task_containers import TaskContainers

logger = logging.getLogger(__name__)
TICK = 0.1
EXITED = 'EssentialContainerExited'
ESSENTIAL_ENDED = 'Essential container in task exited'
#: reason of a task that ECS ends for another version or a smaller number
SCALED = 'Scaling activity initiated by deployment'
NO_INTERFACE = 'Unexpected EC2 error while attempting to Create Network Interface with public IP assignment enabled'
USER_INITIATED = 'UserInitiated'
#: seconds until a task that cannot start has failed
UNTIL_FAILED = 10

_once: dict[str, '_OnceTask'] = {}
#: cluster and client token → first answer
_answers: dict[tuple[str, str], ActionResult] = {}


def add_task(backend: EC2ContainerServiceBackend, cluster: str, definition: str, **named: Any) -> Task:
    """Creates a task of ECS whose status only this server changes."""
    task_definition = backend.describe_task_definition(definition)
    _refuse_without_address(backend, named.get('networking_configuration') or {})
    # moto's RunTask requires a memory setting of the container.
    task = Task(
        cluster=backend._get_cluster(cluster),
        task_definition=task_definition,
        container_instance_arn=None,
        resource_requirements=None,
        backend=backend,
        launch_type='FARGATE',
        **named,
    )
    backend.tasks.setdefault(task.cluster_name, {})[task.task_arn] = task
    # moto would advance the status on each read.
    task._transitions = []
    task.created_at = datetime.now(timezone.utc)
    # moto shows the first container only.
    task.containers = [
        _shown_container(task, task_definition, each) for each in task_definition.container_definitions
    ]
    show(task, 'PENDING')
    return task


def _refuse_without_address(backend: EC2ContainerServiceBackend, network: Properties) -> None:
    ec2 = ec2_backends[DEFAULT_ACCOUNT_ID][backend.region_name]
    for subnet in network.get('awsvpcConfiguration', {}).get('subnets', [])[:1]:
        if ec2.get_subnet(subnet).available_ip_address_count < 1:
            raise Refused(f"{NO_INTERFACE} in subnet '{subnet}': InsufficientFreeAddressesInSubnet")


def _shown_container(task: Task, task_definition: TaskDefinition, container: Properties) -> ShownContainer:
    shown = ShownContainer(SimpleNamespace(arn=task_definition.arn, container_definitions=[container]))
    shown.exitCode = None
    shown.imageDigest = images.digest(client('ecr', task.region_name), shown.image)
    return shown


def show(task: Task, status: str) -> None:
    task.last_status = status
    for container in task.containers:
        container.last_status = status


def show_stopping(task: Task, reason: str) -> None:
    """Shows a task whose programs have been sent SIGTERM, and may still run."""
    task.desired_status = 'STOPPED'
    task.stopped_reason = reason
    task.stopping_at = getattr(task, 'stopping_at', datetime.now(timezone.utc))
    show(task, 'STOPPING')


def show_stopped(task: Task, reason: str, exit_codes: dict[str, int], stop_code: str = EXITED) -> None:
    show_stopping(task, reason)
    task.stop_code = stop_code
    task.stopped_at = datetime.now(timezone.utc)
    for container in task.containers:
        container.exitCode = exit_codes.get(container.name)
    show(task, 'STOPPED')
    release_address(task)


def address_of(task: Task) -> str:
    return _detail(task, 'privateIPv4Address')


def place_of(task: Task) -> Place | None:
    if not task.attachments:
        return None
    interface = ec2_backends[DEFAULT_ACCOUNT_ID][task.region_name].enis[_detail(task, 'networkInterfaceId')]
    return Place((interface.subnet.id,), tuple(each.id for each in interface.group_set))


def release_address(task: Task) -> None:
    if task.attachments:
        ec2_backends[DEFAULT_ACCOUNT_ID][task.region_name].enis.pop(_detail(task, 'networkInterfaceId'), None)


def _detail(task: Task, name: str) -> str:
    return next(each['value'] for each in task.attachments[0]['details'] if each['name'] == name)


class _OnceTask:
    """Runs in a thread until its program ends or StopTask ends it."""

    def __init__(self, task: Task, overrides: Properties) -> None:
        self.task = task
        self.overrides = overrides
        self.stopped: str | None = None
        threading.Thread(target=self._carry_out, daemon=True).start()

    def _carry_out(self) -> None:
        try:
            show_stopped(self.task, *self._run())
        except Exception as error:
            if not isinstance(error, Refused):
                logger.error('a task could not run', exc_info=error)
            clock.advance(UNTIL_FAILED)
            show_stopped(self.task, str(error), {}, 'TaskFailedToStart')

    def _run(self) -> tuple[str, dict[str, int], str]:
        task = self.task
        wanted = {'TaskDefinition': task.task_definition_arn}
        definition = call('ecs', task.region_name, 'DescribeTaskDefinition', wanted)['taskDefinition']
        overridden = self._overridden(definition)
        containers = TaskContainers(task.region_name, task.id, definition, overridden, place_of(task), at_once=True)
        if not containers.programs:
            # A task without local programs counts as done.
            return ESSENTIAL_ENDED, {each['name']: 0 for each in definition['containerDefinitions']}, EXITED
        try:
            containers.start()
        except Refused:
            containers.end()
            raise
        task.started_at = datetime.now(timezone.utc)
        show(task, 'RUNNING')
        while containers.running and self.stopped is None:
            time.sleep(TICK)
        # One moment decides: StopTask may also come while the programs end.
        stopped = self.stopped
        show_stopping(task, ESSENTIAL_ENDED if stopped is None else stopped)
        exit_codes = containers.end()
        return task.stopped_reason, exit_codes, EXITED if stopped is None else USER_INITIATED

    def _overridden(self, definition: Properties) -> list[Properties]:
        containers = definition['containerDefinitions']
        overrides = {each['name']: each for each in self.overrides.get('containerOverrides', [])}
        unknown = overrides.keys() - {each['name'] for each in containers}
        if unknown:
            raise Refused(f'No container is called {unknown.pop()}')
        return [_with_override(each, overrides.get(each['name'], {})) for each in containers]


def _with_override(container: Properties, override: Properties) -> Properties:
    return {
        **container,
        'environment': [*container.get('environment', []), *override.get('environment', [])],
        'command': override.get('command') or container.get('command'),
    }


@around(Task, '__init__')
def _new_task(new: Any, self: Task, *arguments: Any, **named: Any) -> None:
    new(self, *arguments, **named)
    # The id is part of the log stream's name, as on AWS.
    self.id = self.id.replace('-', '')


@instead(EC2ContainerServiceBackend, 'run_task')
def _run_task(
    self: EC2ContainerServiceBackend,
    cluster_str: str,
    task_definition_str: str,
    count: int,
    overrides: Properties | None,
    started_by: str,
    tags: list[dict[str, str]] | None,
    launch_type: str | None,
    networking_configuration: Properties | None = None,
    group: str | None = None,
    platform_version: str | None = None,
) -> list[Task]:
    if launch_type != 'FARGATE':
        raise InvalidParameterException('No Container Instances were found in your cluster.')
    family = task_definition_str.split('/')[-1].split(':')[0]
    tasks = [
        add_task(
            self,
            cluster_str,
            task_definition_str,
            group=group or f'family:{family}',
            overrides=overrides or {},
            started_by=started_by or '',
            tags=tags or [],
            networking_configuration=networking_configuration,
            platform_version=platform_version,
        )
        for _ in range(count)
    ]
    for task in tasks:
        _once[task.task_arn] = _OnceTask(task, overrides or {})
    return tasks


@around(EC2ContainerServiceResponse, 'run_task')
def _run_once_per_token(answer_run: Any, self: EC2ContainerServiceResponse) -> ActionResult:
    token = self._get_param('clientToken')
    if not token:
        return answer_run(self)
    key = (self._get_param('cluster', 'default'), token)
    if key not in _answers:
        _answers[key] = answer_run(self)
    return _answers[key]


@around(EC2ContainerServiceResponse, 'describe_tasks')
def _describe_tasks(describe: Any, self: EC2ContainerServiceResponse) -> ActionResult:
    answer = describe(self)
    found = {task.id for task in answer.result['tasks']}
    wanted = {each.split('/')[-1]: each for each in self._get_param('tasks')}
    answer.result['failures'] = [
        {'arn': each, 'reason': 'MISSING'} for task_id, each in wanted.items() if task_id not in found
    ]
    return answer


@around(EC2ContainerServiceBackend, 'stop_task')
def _stop_task(stop: Any, self: EC2ContainerServiceBackend, cluster_str: str, task_str: str, reason: str) -> Task:
    found = next((each for arn, each in _once.items() if arn.endswith(task_str.split('/')[-1])), None)
    if found is None:
        return stop(self, cluster_str, task_str, reason)
    found.task.desired_status = 'STOPPED'
    found.stopped = reason or 'Task stopped'
    return found.task


@around(EC2ContainerServiceBackend, 'list_tasks')
def _list_tasks(
    list_by: Any,
    self: EC2ContainerServiceBackend,
    cluster: str | None = None,
    instance: str | None = None,
    family: str | None = None,
    started_by: str | None = None,
    service_name: str | None = None,
    status: str | None = None,
) -> list[Task]:
    # Lists running tasks by default, filtered by family or service, as on AWS.
    found = list_by(self, cluster, instance, None, started_by, None, status or 'RUNNING')
    matching = [
        each
        for each in found
        if (not family or each.task_definition_arn.split('/')[-1].split(':')[0] == family)
        and (not service_name or each.group == f'service:{service_name.split("/")[-1]}')
    ]
    return sorted(matching, key=_rank_of_failure, reverse=True) if status == 'STOPPED' else matching


def _rank_of_failure(task: Task) -> tuple[bool, datetime]:
    """Highest for the newest failure: AWS documents no order, but the CDK CLI explains a deployment by the first task."""
    return not _ended_in_order(task), getattr(task, 'stopping_at', task.created_at)


def _ended_in_order(task: Task) -> bool:
    if task.stopped_reason == SCALED or getattr(task, 'stop_code', '') == USER_INITIATED:
        return True
    # The program of a service is never to end.
    is_of_service = task.group.startswith('service:')
    return not is_of_service and all(container.exitCode == 0 for container in task.containers)
