"""Tasks of ECS with local programs. Those of RunTask run once and keep their exit code."""

import logging
import threading
import time
from datetime import datetime, timezone
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends
from moto.ecs.exceptions import InvalidParameterException
from moto.ecs.models import EC2ContainerServiceBackend, Task
from moto.ecs.responses import EC2ContainerServiceResponse

from .. import clock
from ..api import Properties, Refused, call, client
from ..patches import around, instead
from . import images
from .containers import Container

logger = logging.getLogger(__name__)
TICK = 0.1
EXITED = 'EssentialContainerExited'
#: seconds until a task that cannot start has failed
UNTIL_FAILED = 10

_once: dict[str, '_OnceTask'] = {}
#: cluster and client token → first answer
_answers: dict[tuple[str, str], ActionResult] = {}


def add_task(backend: EC2ContainerServiceBackend, cluster: str, definition: str, **named: Any) -> Task:
    """Creates a task of ECS whose status only this server changes."""
    # moto's RunTask requires a memory setting of the container.
    task = Task(
        cluster=backend._get_cluster(cluster),
        task_definition=backend.describe_task_definition(definition),
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
    task.containers[0].exitCode = None
    task.containers[0].imageDigest = images.digest(client('ecr', task.region_name), task.containers[0].image)
    show(task, 'PENDING')
    return task


def show(task: Task, status: str) -> None:
    task.last_status = task.containers[0].last_status = status


def show_stopped(task: Task, reason: str, code: int | None, stop_code: str = EXITED) -> None:
    task.desired_status = 'STOPPED'
    task.stopped_reason = reason
    task.stop_code = stop_code
    task.stopped_at = datetime.now(timezone.utc)
    task.containers[0].exitCode = code
    show(task, 'STOPPED')
    release_address(task)


def address_of(task: Task) -> str:
    return _detail(task, 'privateIPv4Address')


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
            show_stopped(self.task, str(error), None, 'TaskFailedToStart')

    def _run(self) -> tuple[str, int | None, str]:
        task = self.task
        wanted = {'TaskDefinition': task.task_definition_arn}
        definition = call('ecs', task.region_name, 'DescribeTaskDefinition', wanted)['taskDefinition']
        roles = definition.get('executionRoleArn', ''), definition.get('taskRoleArn', '')
        container = Container(task.region_name, task.id, self._overridden(definition), *roles, at_once=True)
        if container.image is None:
            # An image without a local program counts as done.
            return 'Essential container in task exited', 0, EXITED
        container.start()
        task.started_at = datetime.now(timezone.utc)
        show(task, 'RUNNING')
        while container.running:
            if self.stopped is not None:
                return self.stopped, container.end(), 'UserInitiated'
            time.sleep(TICK)
        return 'Essential container in task exited', container.end(), EXITED

    def _overridden(self, definition: Properties) -> Properties:
        container = definition['containerDefinitions'][0]
        given = (self.overrides.get('containerOverrides') or [{}])[0]
        if given.get('name', container['name']) != container['name']:
            raise Refused(f'No container is called {given["name"]}')
        named = [*container.get('environment', []), *given.get('environment', [])]
        return {**container, 'environment': named, 'command': given.get('command') or container.get('command')}


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
    cluster_str: str | None = None,
    container_instance: str | None = None,
    family: str | None = None,
    started_by: str | None = None,
    service_name: str | None = None,
    desiredStatus: str | None = None,
) -> list[Task]:
    # Lists running tasks by default, filtered by family or service, as on AWS.
    found = list_by(self, cluster_str, container_instance, None, started_by, None, desiredStatus or 'RUNNING')
    return [
        each
        for each in found
        if (not family or each.task_definition_arn.split('/')[-1].split(':')[0] == family)
        and (not service_name or each.group == f'service:{service_name.split("/")[-1]}')
    ]
