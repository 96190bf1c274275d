"""Invocations of schedules by EventBridge Scheduler: one-time schedules at their time, others when a test asks for it."""

import contextlib
import json
import threading
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

from botocore.exceptions import BotoCoreError, ClientError
from moto.core import DEFAULT_ACCOUNT_ID
from moto.events.models import Rule, events_backends
from moto.scheduler.exceptions import ValidationException
from moto.scheduler.models import EventBridgeSchedulerBackend, Schedule

from ..api import Refused, call, call_by
from ..patches import around
from . import functions, programs, roles

#: ARN of a target that calls an operation of an API: `…:aws-sdk:ecs:updateService`
UNIVERSAL_TARGET = 'arn:aws:scheduler:::aws-sdk:'


def invoke(region: str, name: str) -> str | None:
    """Invokes a schedule's target with the rights of its role.

    Returns the error, which AWS shows to nobody unless the target has a dead-letter queue.
    """
    rule = events_backends[DEFAULT_ACCOUNT_ID][region].event_buses['default'].rules.get(name)
    if rule and rule.scheduled_expression:
        return _invoke_targets(region, rule)
    try:
        schedule = call('scheduler', region, 'GetSchedule', {'Name': name})
        target = schedule['Target']
        if schedule['State'] != 'ENABLED':
            return f'The schedule {name} is {schedule["State"]}.'
        credentials = roles.assume(region, target['RoleArn'], name, 'scheduler.amazonaws.com')
        if target['Arn'].startswith('arn:aws:lambda:'):
            payload = target.get('Input', '{}')
            roles.client_as(credentials, 'lambda', region).invoke(FunctionName=target['Arn'], Payload=payload)
            return None
        if not target['Arn'].startswith(UNIVERSAL_TARGET):
            raise Refused(f'no model of the target {target["Arn"]}')
        service, operation = target['Arn'].removeprefix(UNIVERSAL_TARGET).split(':')
        api = roles.client_as(credentials, service, region)
        call_by(api, operation[0].upper() + operation[1:], json.loads(target.get('Input', '{}')))
    except (BotoCoreError, ClientError, Refused) as error:
        return str(error)
    return None


def _invoke_targets(region: str, rule: Rule) -> str | None:
    event = {'source': 'aws.events', 'detail-type': 'Scheduled Event', 'resources': [rule.arn], 'detail': {}}
    try:
        for target in rule.targets:
            functions.invoke(region, target['Arn'], json.loads(target['Input']) if target.get('Input') else event)
    except Refused as error:
        return str(error)
    return None


@around(EventBridgeSchedulerBackend, 'create_schedule')
def _create(original: Callable[..., Schedule], self: EventBridgeSchedulerBackend, **properties: Any) -> Schedule:
    expression = properties['schedule_expression']
    time_zone = ZoneInfo(properties['schedule_expression_timezone'] or 'UTC')
    if not expression.startswith('at('):
        return original(self, **properties)
    try:
        time = datetime.fromisoformat(expression[len('at(') : -1]).replace(tzinfo=time_zone)
    except ValueError:
        raise ValidationException(f'Invalid Schedule Expression {expression}.') from None
    due = programs.now() + (time - datetime.now(timezone.utc)).total_seconds()
    schedule = original(self, **properties)
    threading.Thread(target=_run_once, args=(self.region_name, schedule, due), daemon=True).start()
    return schedule


def _run_once(region: str, schedule: Schedule, due: float) -> None:
    programs.wait_until(lambda: programs.now() >= due)
    invoke(region, schedule.name)
    if schedule.action_after_completion == 'DELETE':
        # It may have been deleted meanwhile.
        with contextlib.suppress(ClientError):
            call('scheduler', region, 'DeleteSchedule', {'Name': schedule.name, 'GroupName': schedule.group_name})
