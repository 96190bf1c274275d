"""Alarms: a new state reaches the topics of its actions. Nothing measures here, so that SetAlarmState alone brings it."""

import json
from typing import Any

from moto.cloudwatch.models import Alarm
from moto.core import DEFAULT_ACCOUNT_ID

from ..api import client
from ..patches import around


@around(Alarm, 'update_state')
def _notify(update: Any, self: Alarm, reason: str, reason_data: str, state: str) -> None:
    old_state = self.state_value
    update(self, reason, reason_data, state)
    actions = {'ALARM': self.alarm_actions, 'OK': self.ok_actions}.get(state, self.insufficient_data_actions)
    if state == old_state or not self.actions_enabled:
        return
    message = {
        'AlarmName': self.name,
        'AlarmDescription': self.description,
        'AWSAccountId': DEFAULT_ACCOUNT_ID,
        'NewStateValue': state,
        'NewStateReason': reason,
        'StateChangeTime': self.state_updated_timestamp.isoformat(),
        'Region': self.region_name,
        'AlarmArn': self.alarm_arn,
        'OldStateValue': old_state,
    }
    topics = client('sns', self.region_name)
    for arn in actions:
        if ':sns:' in arn:
            subject = f'{state}: "{self.name}" in {self.region_name}'[:100]
            topics.publish(TopicArn=arn, Subject=subject, Message=json.dumps(message, ensure_ascii=False))
