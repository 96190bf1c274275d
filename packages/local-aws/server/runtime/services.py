"""Services: one program each, from the current task definition. A new definition replaces it once healthy."""

import logging
import os
import threading
import time
import uuid
from datetime import datetime, timezone
from math import ceil
from typing import Any

from moto.core.utils import utcnow
from moto.ecs.models import EC2ContainerServiceBackend, Service

from ..api import Properties, Refused, call
from ..patches import around
from . import rollouts, targets, tasks
from .listening import is_on_loopback_alone
from .rollouts import Rollout
from .task_containers import TaskContainers

logger = logging.getLogger(__name__)
TICK = 0.1
#: seconds until a task whose program ended is replaced
PAUSE = 2
#: seconds for which a service waits for the end of a task; a task that takes longer ends beside the next one
UNTIL_LEFT = 3
ON_LOOPBACK = 'the load balancer of AWS cannot reach it there. Let it listen on 0.0.0.0.'
SUPERSEDED = 'Another deployment began'

_runners: dict[str, '_Runner'] = {}


class _RunningTask:
    """Task of a service: an entry of ECS, containers and, behind a load balancer, a target."""

    def __init__(self, service: Service, definition: Properties, wanted: str) -> None:
        self.service = service
        #: its deployment
        self.wanted = wanted
        self.deployment_id: str = service.deployments[0]['id']
        self.region = service.region_name
        self.definition = definition
        self.containers: TaskContainers | None = None
        self.target: targets.Target | None = None
        self.started_at = 0.0
        backend: EC2ContainerServiceBackend = service._backend
        self.task = tasks.add_task(
            backend,
            service.cluster_name,
            definition['taskDefinitionArn'],
            group=f'service:{service.name}',
            started_by=self.deployment_id,
            tags=service.tags,
            networking_configuration=service.network_configuration,
        )

    def start(self) -> bool:
        """Starts the programs; false if no image has one."""
        definitions = self.definition['containerDefinitions']
        place = tasks.place_of(self.task)
        containers = TaskContainers(self.region, self.task.id, self.definition, definitions, place)
        if not containers.programs:
            self.remove()
            return False
        self.containers = containers
        containers.start()
        self.started_at = time.monotonic()
        for balancer in self.service.load_balancers:
            port = containers.ports.get(balancer['containerName'])
            if port is None:
                continue
            self.target = targets.register(
                self.region,
                balancer['targetGroupArn'],
                tasks.address_of(self.task),
                int(balancer['containerPort']),
                f'127.0.0.1:{port}',
                containers.processes_of(balancer['containerName']),
                place,
            )
        tasks.show(self.task, 'RUNNING')
        return True

    @property
    def running(self) -> bool:
        return self.containers is not None and self.containers.running

    @property
    def has_health_check(self) -> bool:
        return self.target is not None or any(each.get('healthCheck') for each in self.definition['containerDefinitions'])

    @property
    def healthy(self) -> bool:
        if self.target:
            return self.running and self.target.is_healthy
        return self.running and time.monotonic() - self.started_at >= self._seconds_until_check

    @property
    def _seconds_until_check(self) -> float:
        """Seconds until the first health check of a container; its command does not run here."""
        checks = [each['healthCheck'] for each in self.definition['containerDefinitions'] if each.get('healthCheck')]
        longest = max((float(each.get('interval', 30)) for each in checks), default=0)
        return min(longest, float(os.environ.get('LOCAL_AWS_PATIENCE', longest)))

    def stop(self, reason: str) -> None:
        """Deregisters the target, then stops the task; waits for its end only as long as most programs take."""
        tasks.show_stopping(self.task, reason)
        if self.target:
            targets.deregister(self.target)
        ending = threading.Thread(target=self._end, args=(reason,), daemon=True)
        ending.start()
        ending.join(UNTIL_LEFT)

    def _end(self, reason: str) -> None:
        """Ends the programs, which may take their stop timeout."""
        tasks.show_stopped(self.task, reason, self.containers.end() if self.containers else {})

    def remove(self) -> None:
        self.service._backend.tasks[self.service.cluster_name].pop(self.task.task_arn)
        tasks.release_address(self.task)


class _Runner:
    """Keeps a service in its desired state, in its own thread."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.current: _RunningTask | None = None
        #: deployment that did not become healthy, which is not retried
        self.given_up: str | None = None
        #: deployment that became healthy, whose tasks are restarted
        self.completed = ''
        #: number of tasks of a completed deployment that could not be restarted
        self.failed_restarts = 0
        #: held while the state of the deployment is compared with what is wanted, and reported
        self.reporting = threading.Lock()
        self.closed = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def expect(self, is_redefined: bool, is_forced: bool, is_scaled: bool) -> None:
        """Begins a deployment if an update asks for one, and reports it before the thread notices it."""
        with self.reporting:
            begins = is_redefined or is_forced or self._state == 'FAILED'
            if begins:
                self._begin_deployment(is_forced)
            running = self.current.wanted if self.current else ''
            wanted = self._wanted() if self.service.desired_count else ''
            is_changed = wanted != running and (begins or is_scaled)
            if is_changed or self._state == 'FAILED':
                self._report('IN_PROGRESS', 'in progress.')
            else:
                # moto counts as many tasks as are desired.
                self._count_tasks()

    def _begin_deployment(self, is_forced: bool) -> None:
        deployment = self.service.deployments[0]
        deployment.pop('failedTasks', None)
        deployment['createdAt'] = deployment['updatedAt'] = utcnow()
        if not is_forced and self.current and self.current.task.task_definition_arn == self.service.task_definition:
            # ECS returns to the deployment whose tasks run, and judges it again.
            deployment['id'] = self.current.deployment_id
            self.completed = ''
            self._add_event(f'rolling back to deployment {self.current.deployment_id}.')
        else:
            deployment['id'] = f'ecs-svc/{uuid.uuid4().int % 10**19}'

    def wait(self) -> Rollout:
        """Waits for the end of the deployment."""
        failed_restarts = self.failed_restarts
        while not self.closed.wait(TICK):
            if self._state == 'COMPLETED':
                return Rollout.COMPLETED
            if self._state == 'FAILED':
                return Rollout.BROKEN if self._has_circuit_breaker else Rollout.UNSTABLE
            if self.failed_restarts != failed_restarts:
                return Rollout.UNSTABLE
        return Rollout.COMPLETED

    @property
    def _state(self) -> str:
        return self.service.deployments[0]['rolloutState']

    @property
    def _circuit_breaker(self) -> Properties:
        configuration = getattr(self.service, 'deployment_configuration', None) or {}
        return configuration.get('deploymentCircuitBreaker', {})

    @property
    def _has_circuit_breaker(self) -> bool:
        return bool(self._circuit_breaker.get('enable'))

    def _threshold(self) -> int:
        """Number of failed tasks that ends a deployment (API reference, ThresholdConfiguration)."""
        configured = self._circuit_breaker.get('thresholdConfiguration') or {'type': 'BOUNDED_PERCENT', 'value': 50}
        if configured['type'] == 'COUNT':
            return int(configured['value'])
        percent = ceil(int(configured['value']) * self.service.desired_count / 100)
        return min(max(percent, 3), 200) if configured['type'] == 'BOUNDED_PERCENT' else percent

    def close(self) -> None:
        self.closed.set()
        self.thread.join()

    def _run(self) -> None:
        # The answer to CreateService sets fields that moto's service lacks.
        while not hasattr(self.service, 'deployment_configuration') and not self.closed.wait(TICK):
            pass
        while not self.closed.wait(TICK):
            try:
                self._reconcile()
            except Exception as error:
                logger.error('a service could not be reconciled', exc_info=error)
                self.closed.wait(PAUSE)
        if self.current:
            self.current.stop('Service was deleted')

    def _reconcile(self) -> None:
        service, current, wanted = self.service, self.current, self._wanted()
        if not service.desired_count:
            self.given_up = None
            if current:
                current.stop(tasks.SCALED)
                self.current = None
            if self._state != 'COMPLETED':
                self._report('COMPLETED', 'completed.')
        elif current and not current.running:
            current.stop(tasks.ESSENTIAL_ENDED)
            self._add_event(f'task {current.task.id} stopped: its program ended')
            self.current = None
            # A deployment that reached a steady state stays COMPLETED, whatever its tasks do later.
            self._count_tasks()
            self.closed.wait(PAUSE)
        elif wanted not in (self.given_up, current.wanted if current else ''):
            self._replace(wanted)
        elif current and wanted == current.wanted and self._state == 'IN_PROGRESS':
            self._judge(current)
        elif current and current.target:
            self._report_health(current.target)

    def _report_health(self, target: targets.Target) -> None:
        """Reports a target that has become unhealthy, in ECS's words."""
        if target.state == 'unhealthy' and not target.is_reported:
            where = f'(port {target.path.port}) is unhealthy in (target-group {target.group.arn})'
            self._add_event(f'{where} due to (reason {target.description})')
        target.is_reported = target.state == 'unhealthy'

    def _judge(self, task: _RunningTask) -> None:
        """Ends a deployment whose task runs already, by new health checks."""
        if task.target:
            task.target.check_anew()
        failure = self._failure_of(task)
        if failure is None:
            self.completed = task.wanted
            self._report_end(task.wanted, 'COMPLETED', 'completed.')
        elif failure != SUPERSEDED and task.running:
            self._fail(task, failure)

    def _wanted(self) -> str:
        return f'{self.service.deployments[0]["id"]} {self.service.task_definition}'

    def _replace(self, wanted: str) -> None:
        service = self.service
        found = call('ecs', service.region_name, 'DescribeTaskDefinition', {'TaskDefinition': service.task_definition})
        if wanted != self.completed:
            self._report('IN_PROGRESS', 'in progress.')
        task = _RunningTask(service, found['taskDefinition'], wanted)
        try:
            if not task.start():
                self._report('COMPLETED', 'completed.', running=service.desired_count)
                self.closed.set()
                return
            self._add_event(f'has started 1 tasks: (task {task.task.id}).')
            failure = self._failure_of(task)
        except Exception as error:
            # A task that cannot start fails its deployment, whatever the reason; a repetition would never end.
            if not isinstance(error, Refused):
                logger.error('a task of a service could not start', exc_info=error)
            failure = str(error)
        if failure == SUPERSEDED:
            task.stop(tasks.SCALED)
            return
        if failure:
            task.stop(failure)
            if wanted == self.completed and not self.current:
                self._add_event(f'(task {task.task.id}) failed to start: {failure}')
                if self._state != 'COMPLETED':
                    self._report('IN_PROGRESS', f'failed: {failure}')
                self.failed_restarts += 1
                self.closed.wait(PAUSE)
                return
            self._fail(task, failure)
            return
        if self.current:
            self.current.stop(tasks.SCALED)
        self.current = task
        self.completed = wanted
        self._report_end(wanted, 'COMPLETED', 'completed.')
        self._add_event('has reached a steady state.')
        if task.target and is_on_loopback_alone(task.target.port):
            self._add_event(f'(task {task.task.id}) listens on 127.0.0.1 alone: {ON_LOOPBACK}')

    def _fail(self, task: _RunningTask, failure: str) -> None:
        """Ends a deployment as failed."""
        self.given_up = task.wanted
        self._add_event(f'(task {task.task.id}) failed to start: {failure}')
        self._add_event(f'(deployment {task.deployment_id}) deployment failed: tasks failed to start.')
        self._report_end(task.wanted, 'FAILED', f'failed: {failure}')

    def _failure_of(self, task: _RunningTask) -> str | None:
        """Waits until a task is healthy; returns the reason if it never will be."""
        deadline = time.monotonic() + self._patience(task)
        reported = ''
        while not task.healthy:
            target, ended = task.target, task.containers and task.containers.first_ended
            if ended and not task.has_health_check:
                # It was RUNNING, and nothing asks for more.
                return None
            if ended:
                return f'{tasks.ESSENTIAL_ENDED} (exit code {ended.end()})'
            if self._wanted() != task.wanted or not self.service.desired_count or self.closed.wait(TICK):
                return SUPERSEDED
            if not target:
                continue
            if time.monotonic() > deadline:
                return f'Task failed ELB health checks: {target.description} ({target.seen})'
            if target.state == 'unhealthy' and target.seen != reported:
                reported = target.seen
                seconds = max(round(deadline - time.monotonic()), 0)
                answers = f'{target.healthy_answers} of {target.healthy_threshold} healthy answers'
                self._add_event(f'(task {task.task.id}) has {answers}, and {seconds} seconds left: {reported}')
        return None

    def _patience(self, task: _RunningTask) -> float:
        """Seconds after which an unhealthy task is replaced."""
        grace = float(getattr(self.service, 'health_check_grace_period_seconds', None) or 0)
        # The target must have failed its checks, too.
        longest = max(grace, task.target.seconds_until_unhealthy) if task.target else grace
        return min(longest, float(os.environ.get('LOCAL_AWS_PATIENCE', longest)))

    def _report_end(self, wanted: str, state: str, text: str) -> None:
        """Reports how a deployment ended, unless another one has begun meanwhile."""
        with self.reporting:
            if self._wanted() == wanted:
                self._report(state, text)

    def _report(self, state: str, text: str, running: int | None = None) -> None:
        deployment = self.service.deployments[0]
        deployment['rolloutState'] = state
        deployment['rolloutStateReason'] = (
            'ECS deployment circuit breaker: tasks failed to start.'
            if state == 'FAILED' and self._has_circuit_breaker
            else f'ECS deployment {deployment["id"]} {text}'
        )
        deployment['failedTasks'] = deployment.get('failedTasks', 0) + ('failed' in text)
        if state == 'FAILED' and self._has_circuit_breaker:
            # The program fails for as many tasks as the circuit breaker lets fail.
            deployment['failedTasks'] = self._threshold()
        self._count_tasks(running)

    def _count_tasks(self, running: int | None = None) -> None:
        deployment = self.service.deployments[0]
        if running is None:
            # One program represents all tasks.
            running = self.service.desired_count if self.current else 0
        self.service.running_count = deployment['runningCount'] = running
        self.service.pending_count = deployment['pendingCount'] = max(self.service.desired_count - running, 0)

    def _add_event(self, text: str) -> None:
        message = f'(service {self.service.name}) {text}'
        event = {'id': str(uuid.uuid4()), 'createdAt': datetime.now(timezone.utc), 'message': message}
        self.service.events.insert(0, event)


@around(EC2ContainerServiceBackend, 'create_service')
def _create_service(create: Any, self: EC2ContainerServiceBackend, *arguments: Any, **named: Any) -> Service:
    service = create(self, *arguments, **named)
    if service.launch_type == 'FARGATE' and service.task_definition:
        _run(service)
    return service


def _run(service: Service) -> _Runner:
    runner = _runners[service.arn] = _Runner(service)
    rollouts.waits[service.arn] = runner.wait
    return runner


@around(EC2ContainerServiceBackend, 'update_service')
def _update_service(update: Any, self: EC2ContainerServiceBackend, service_properties: Properties) -> Service:
    found = self._get_service(service_properties.get('cluster', 'default'), service_properties['service'])
    earlier, earlier_count = found.task_definition, found.desired_count
    is_forced = bool(service_properties.get('force_new_deployment'))
    service = update(self, service_properties)
    runner = _runners.get(service.arn)
    # A service without a program may get one with its next image.
    if runner and runner.closed.is_set():
        runner = _run(service)
    if runner:
        is_scaled = service.desired_count != earlier_count
        runner.expect(service.task_definition != earlier, is_forced, is_scaled)
    return service


@around(EC2ContainerServiceBackend, 'delete_service')
def _delete_service(delete: Any, self: EC2ContainerServiceBackend, *arguments: Any, **named: Any) -> Service:
    service = delete(self, *arguments, **named)
    runner = _runners.pop(service.arn, None)
    rollouts.waits.pop(service.arn, None)
    if runner:
        runner.close()
    return service
