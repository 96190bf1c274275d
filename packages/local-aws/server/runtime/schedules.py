"""Invocations of schedules by EventBridge Scheduler, each when it is asked for."""

import json

from botocore.exceptions import BotoCoreError, ClientError

from ..api import Refused, call, call_by
from . import roles

#: ARN of a target that calls an operation of an API: `…:aws-sdk:ecs:updateService`
UNIVERSAL_TARGET = 'arn:aws:scheduler:::aws-sdk:'


def invoke(region: str, name: str) -> str | None:
    """Invokes a schedule's target with the rights of its role.

    Returns the error, which AWS shows to nobody unless the target has a dead-letter queue.
    """
    try:
        schedule = call('scheduler', region, 'GetSchedule', {'Name': name})
        target = schedule['Target']
        if schedule['State'] != 'ENABLED':
            return f'The schedule {name} is {schedule["State"]}.'
        if not target['Arn'].startswith(UNIVERSAL_TARGET):
            raise Refused(f'no model of the target {target["Arn"]}')
        service, operation = target['Arn'].removeprefix(UNIVERSAL_TARGET).split(':')
        credentials = roles.assume(region, target['RoleArn'], name, 'scheduler.amazonaws.com')
        api = roles.client_as(credentials, service, region)
        call_by(api, operation[0].upper() + operation[1:], json.loads(target.get('Input', '{}')))
    except (BotoCoreError, ClientError, Refused) as error:
        return str(error)
    return None
