"""Services: one program each, from the current task definition. A new definition replaces it once healthy."""

import logging
import threading
import time
import uuid
from datetime import datetime, timezone
from math import ceil
from typing import Any

from moto.cloudwatch.models import Alarm, cloudwatch_backends
from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.utils import utcnow
from moto.ecs.models import EC2ContainerServiceBackend, Service

from ..api import Properties, Refused, call
from ..patches import around
from . import programs, rollouts, targets, tasks
from .listening import is_on_loopback_alone
from .task_containers import TaskContainers

logger = logging.getLogger(__name__)
TICK = 0.1
#: seconds until a task whose program ended is replaced
PAUSE = 2
#: seconds for which a service waits for the end of a task; a task that takes longer ends beside the next one
UNTIL_LEFT = 3
CONTAINER_CHECKS = 'container health checks'
TO_START = 'tasks failed to start'
ALARM_DETECTED = 'alarm detected'
ON_LOOPBACK = 'the load balancer of AWS cannot reach it there. Let it listen on 0.0.0.0.'
SUPERSEDED = 'Another deployment began'
#: "This parameter triggers a new service deployment" (API reference, UpdateService), besides the task definition
OF_TASKS = ('load_balancers', 'network_configuration', 'platform_version')

_runners: dict[str, '_Runner'] = {}
#: held while a service is updated, and while the state of its deployment is compared with what is wanted, and reported
_reporting = threading.RLock()


class _RunningTask:
    """Task of a service: an entry of ECS, containers and, behind a load balancer, a target."""

    def __init__(self, service: Service, definition: Properties, wanted: str) -> None:
        self.service = service
        #: its deployment
        self.wanted = wanted
        self.deployment_id = wanted.split()[0]
        self.definition = definition
        self.containers: TaskContainers | None = None
        self.target: targets.Target | None = None
        self.started_at = 0.0
        #: end of the time in which alarms may still fail its deployment; None until the deployment finds it healthy
        self.bakes_until: float | None = None
        #: the service has an event of its present state
        self.is_reported = False
        self.task = tasks.add_task(
            service._backend,
            service.cluster_name,
            definition['taskDefinitionArn'],
            group=f'service:{service.name}',
            started_by=self.deployment_id,
            tags=service.tags,
            networking_configuration=service.network_configuration,
        )

    def start(self) -> bool:
        """Starts the programs; false if no image has one."""
        region, definitions = self.service.region_name, self.definition['containerDefinitions']
        place = tasks.place_of(self.task)
        containers = TaskContainers(region, self.task.id, self.definition, definitions, place)
        if not containers.programs:
            self.service._backend.tasks[self.service.cluster_name].pop(self.task.task_arn)
            tasks.release_address(self.task)
            return False
        self.containers = containers
        containers.start()
        self.started_at = time.monotonic()
        for balancer in self.service.load_balancers:
            port = containers.ports.get(balancer['containerName'])
            if port is None:
                continue
            self.target = targets.register(
                region,
                balancer['targetGroupArn'],
                tasks.address_of(self.task),
                int(balancer['containerPort']),
                f'127.0.0.1:{port}',
                containers.processes_of(balancer['containerName']),
                place,
            )
        if not self.service.load_balancers:
            containers.check_health()
        tasks.show(self.task, 'RUNNING')
        return True

    @property
    def running(self) -> bool:
        return self.containers is not None and self.containers.running

    @property
    def health(self) -> str:
        if not self.target:
            return self.containers.health if self.containers else 'UNKNOWN'
        if self.target.is_healthy:
            return 'HEALTHY'
        return 'UNHEALTHY' if self.target.state == 'unhealthy' else 'UNKNOWN'

    @property
    def failed_checks(self) -> str:
        where = f'ELB health checks in (target-group {self.target.group.arn})' if self.target else CONTAINER_CHECKS
        return f'Task failed {where}'

    @property
    def seconds_of_patience(self) -> float:
        grace = float(getattr(self.service, 'health_check_grace_period_seconds', None) or 0)
        # The target must have failed its checks, too.
        return max(grace, self.target.seconds_until_unhealthy if self.target else 0)

    def stop(self, reason: str) -> None:
        """Deregisters the target, then stops the task; waits for its end only as long as most programs take."""
        tasks.show_stopping(self.task, reason)
        if self.target:
            targets.deregister(self.target)
        ending = threading.Thread(target=self._end, args=(reason,), daemon=True)
        ending.start()
        ending.join(UNTIL_LEFT)

    def _end(self, reason: str) -> None:
        exit_codes = self.containers.end() if self.containers else {}
        stop_code = tasks.EXITED if reason == tasks.ESSENTIAL_ENDED else 'ServiceSchedulerInitiated'
        tasks.show_stopped(self.task, reason, exit_codes, stop_code)


class _Runner:
    def __init__(self, service: Service) -> None:
        self.service = service
        self.current: _RunningTask | None = None
        #: deployment that did not become healthy, which is not retried
        self.given_up: str | None = None
        #: deployment that became healthy, whose tasks are restarted
        self.completed = ''
        #: id and task definition of the deployment that ECS rolls back to
        self.last_completed = '', ''
        #: alarms that fail the deployment
        self.watched: list[str] = []
        #: number of tasks of a completed deployment that could not be restarted
        self.failed_restarts = 0
        self.closed = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def expect(self, is_redefined: bool, is_forced: bool, is_scaled: bool) -> None:
        """Begins a deployment if an update asks for one, and reports it before the thread notices it."""
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
        self._watch_alarms()
        deployment = self.service.deployments[0]
        deployment.pop('failedTasks', None)
        deployment['createdAt'] = deployment['updatedAt'] = utcnow()
        last_id, last_definition = self.last_completed
        if not is_forced and self._state != 'COMPLETED' and last_definition == self.service.task_definition:
            # ECS returns to the last deployment that completed, and judges it again.
            deployment['id'] = last_id
            self.completed = ''
            self.given_up = None
            if self.current:
                self.current.bakes_until = None
            self._add_event(f'rolling back to deployment {last_id}.')
        else:
            deployment['id'] = f'ecs-svc/{uuid.uuid4().int % 10**19}'

    def wait(self) -> rollouts.Failure | None:
        failed_restarts = self.failed_restarts
        while self._state != 'COMPLETED' and not self.closed.wait(TICK):
            if self._state == 'FAILED' and (self._has_circuit_breaker or self.watched):
                return rollouts.BROKEN
            if self._state == 'FAILED' or self.failed_restarts != failed_restarts:
                return rollouts.UNSTABLE
        return None

    @property
    def _state(self) -> str:
        return self.service.deployments[0]['rolloutState']

    @property
    def _configuration(self) -> Properties:
        return getattr(self.service, 'deployment_configuration', None) or {}

    @property
    def _circuit_breaker(self) -> Properties:
        return self._configuration.get('deploymentCircuitBreaker', {})

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

    def _alarms(self, names: list[str]) -> list[Alarm]:
        known = cloudwatch_backends[DEFAULT_ACCOUNT_ID][self.service.region_name].alarms
        return [known[name] for name in names if name in known]

    def _has_alarm(self, names: list[str]) -> bool:
        return any(alarm.state_value == 'ALARM' for alarm in self._alarms(names))

    def _watch_alarms(self) -> None:
        """ECS ignores alarms for a deployment that begins in their state ALARM."""
        configured = self._configuration.get('alarms') or {}
        names = configured.get('alarmNames', []) if configured.get('enable') else []
        self.watched = [] if self._has_alarm(names) else names

    def _bake_seconds(self) -> float:
        """Seconds for which alarms are watched once all tasks are new; ECS computes them from the alarms by default."""
        periods = [int(each.period or 60) * int(each.evaluation_periods) for each in self._alarms(self.watched)]
        minutes = self._configuration.get('bakeTimeInMinutes')
        seconds = max(periods, default=0) if minutes is None else int(minutes) * 60
        return seconds / targets.ACCELERATION if periods else 0

    def _run(self) -> None:
        # The answer to CreateService sets fields that moto's service lacks.
        programs.wait_until(lambda: hasattr(self.service, 'deployment_configuration') or self.closed.is_set())
        self._watch_alarms()
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
            self.current = None
            # A deployment that reached a steady state stays COMPLETED, whatever its tasks do later.
            self._count_tasks()
            self._count_failure(current.wanted)
            self.closed.wait(PAUSE)
        elif wanted not in (self.given_up, current.wanted if current else ''):
            self._replace(wanted)
        elif current:
            if wanted == current.wanted and self._state == 'IN_PROGRESS':
                self._judge(current)
            self._report_unhealthy(current)
            if current.health == 'UNHEALTHY' and time.monotonic() > current.started_at + current.seconds_of_patience:
                self._count_failure(wanted)
                # A deployment that failed starts no task.
                if wanted != self.given_up:
                    self._replace(wanted, current.failed_checks)

    def _report_unhealthy(self, task: _RunningTask) -> None:
        """Reports a task that has become unhealthy, in ECS's words."""
        is_unhealthy, target = task.health == 'UNHEALTHY', task.target
        if is_unhealthy and not task.is_reported:
            text = f'failed {CONTAINER_CHECKS}'
            if target:
                where = f'(port {target.path.port}) is unhealthy in (target-group {target.group.arn})'
                text = f'{where} due to (reason {target.description})'
            self._add_event(f'(task {task.task.id}) {text}.')
        task.is_reported = is_unhealthy

    def _judge(self, task: _RunningTask) -> None:
        """Ends a deployment whose task runs: by its alarms, and by new health checks if ECS rolled back to it."""
        if task.bakes_until is None:
            if task.target:
                task.target.check_anew()
            failure = self._failure_of(task, programs.shortened(task.seconds_of_patience))
            if failure:
                if failure != SUPERSEDED and task.running:
                    self._fail(task.wanted, TO_START)
                return
            task.bakes_until = 0
        if self._has_alarm(self.watched):
            self._fail(task.wanted, ALARM_DETECTED)
        elif programs.now() >= task.bakes_until:
            self._complete(task)

    def _complete(self, task: _RunningTask) -> None:
        self.completed = task.wanted
        self.last_completed = task.deployment_id, task.task.task_definition_arn
        if self._state != 'COMPLETED':
            self._report_end(task.wanted, 'COMPLETED', 'completed.')
            self._add_event(f'(deployment {task.deployment_id}) deployment completed.')
        self._add_event('has reached a steady state.')
        if task.target and is_on_loopback_alone(task.target.port):
            self._add_event(f'(task {task.task.id}) listens on 127.0.0.1 alone: {ON_LOOPBACK}')

    def _wanted(self) -> str:
        with _reporting:
            return f'{self.service.deployments[0]["id"]} {self.service.task_definition}'

    def _replace(self, wanted: str, reason: str = tasks.SCALED) -> None:
        """Starts a task, which replaces the current one for this reason once it is healthy."""
        service = self.service
        is_restart = wanted == self.completed
        if not is_restart:
            self._report('IN_PROGRESS', 'in progress.')
        task = None
        try:
            definition = {'TaskDefinition': service.task_definition}
            found = call('ecs', service.region_name, 'DescribeTaskDefinition', definition)['taskDefinition']
            task = _RunningTask(service, found, wanted)
            if not task.start():
                self._report('COMPLETED', 'completed.', running=service.desired_count)
                self.closed.set()
                return
            replaced = '' if reason == tasks.SCALED else ' Amazon ECS replaced 1 tasks due to an unhealthy status.'
            self._add_event(f'has started 1 tasks: (task {task.task.id}).{replaced}')
            patience = task.seconds_of_patience
            # A task that replaces an unhealthy one has no deployment that somebody waits for.
            failure = self._failure_of(task, patience if replaced else programs.shortened(patience))
        except Exception as error:
            # A task that cannot start fails its deployment, whatever the reason; a repetition would never end.
            if not isinstance(error, Refused):
                logger.error('a task of a service could not start', exc_info=error)
            failure = str(error) or type(error).__name__
            self._add_event(f'was unable to place a task. Reason: {failure}.')
        if failure and task:
            task.stop(tasks.SCALED if failure == SUPERSEDED else failure)
        if failure == SUPERSEDED:
            return
        if failure and is_restart:
            self._add_event('is unable to consistently start tasks successfully.')
            self._count_failure(wanted)
            self.failed_restarts += 1
            self.closed.wait(PAUSE)
        elif failure:
            self._fail(wanted, TO_START)
        elif task:
            self._take(task, reason)

    def _take(self, task: _RunningTask, reason: str) -> None:
        if task.target:
            self._add_event(f'registered 1 targets in (target-group {task.target.group.arn})')
        if self.current:
            self.current.stop(reason)
        self.current = task
        if self._circuit_breaker.get('resetOnHealthyTask', True):
            self.service.deployments[0]['failedTasks'] = 0
        self._count_tasks()
        task.bakes_until = programs.now() + self._bake_seconds()
        if task.wanted == self.completed:
            self._complete(task)

    def _count_failure(self, wanted: str) -> None:
        """Counts a failed task of a deployment in progress, which the circuit breaker may end."""
        if self._state != 'IN_PROGRESS':
            return
        deployment = self.service.deployments[0]
        deployment['failedTasks'] = deployment.get('failedTasks', 0) + 1
        if self._has_circuit_breaker and wanted != self.completed and deployment['failedTasks'] >= self._threshold():
            self._fail(wanted, TO_START)

    def _fail(self, wanted: str, why: str) -> None:
        self.given_up = wanted
        self._add_event(f'(deployment {wanted.split()[0]}) deployment failed: {why}.')
        by = 'failed'
        if why == TO_START and self._has_circuit_breaker:
            by = 'circuit breaker'
            # The first task that does not start counts for as many as the circuit breaker lets fail.
            self.service.deployments[0]['failedTasks'] = self._threshold()
        self._report_end(wanted, 'FAILED', f'{by}: {why}.')

    def _failure_of(self, task: _RunningTask, patience: float) -> str | None:
        """Waits until a task is healthy; returns ECS's reason to stop it if it is not within these seconds."""
        deadline = time.monotonic() + patience
        reported = ''
        while not (task.running and task.health == 'HEALTHY'):
            target, containers = task.target, task.containers
            if containers and containers.first_ended:
                # Without a health check ECS asks for nothing more than RUNNING.
                return tasks.ESSENTIAL_ENDED if target or containers.checked else None
            if self._wanted() != task.wanted or not self.service.desired_count or self.closed.wait(TICK):
                return SUPERSEDED
            if target and target.state == 'unhealthy' and target.seen != reported:
                reported = target.seen
                seconds = max(round(deadline - time.monotonic()), 0)
                answers = f'{target.healthy_answers} of {target.healthy_threshold} healthy answers'
                self._add_event(f'(task {task.task.id}) has {answers}, and {seconds} seconds left: {reported}')
            if time.monotonic() > deadline and (target or task.health == 'UNHEALTHY'):
                self._report_unhealthy(task)
                return task.failed_checks
        return None

    def _report_end(self, wanted: str, state: str, text: str) -> None:
        """Reports how a deployment ended, unless another one has begun meanwhile."""
        with _reporting:
            if self._wanted() == wanted:
                self._report(state, text)

    def _report(self, state: str, text: str, running: int | None = None) -> None:
        deployment = self.service.deployments[0]
        deployment['rolloutState'] = state
        which = '' if state == 'FAILED' else f'{deployment["id"]} '
        deployment['rolloutStateReason'] = f'ECS deployment {which}{text}'
        deployment.setdefault('failedTasks', 0)
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
    of_tasks = {name: getattr(found, name, None) for name in OF_TASKS}
    is_forced = bool(service_properties.get('force_new_deployment'))
    with _reporting:
        service = update(self, service_properties)
        is_forced = is_forced or any(getattr(service, name, None) != value for name, value in of_tasks.items())
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
    if runner:
        rollouts.waits.pop(service.arn)
        runner.closed.set()
        runner.thread.join()
    return service
