"""Automations of Systems Manager: AWS's own documents that start and stop a database."""

import threading
import time
import uuid
from datetime import datetime, timezone
from typing import Any

from botocore.exceptions import ClientError
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult
from moto.ssm.responses import SimpleSystemManagerResponse

from ..api import Properties, Refused
from ..patches import instead
from . import roles

TICK = 0.1

#: document → operation of RDS, and the statuses in which the database needs none, the last one being reached by it
DOCUMENTS = {
    'AWS-StartRdsInstance': ('start_db_instance', ('starting', 'available')),
    'AWS-StopRdsInstance': ('stop_db_instance', ('stopping', 'stopped')),
}

#: newest last
_executions: list[Properties] = []


@instead(SimpleSystemManagerResponse, 'start_automation_execution')
def _start(self: SimpleSystemManagerResponse) -> ActionResult:
    document = self._get_param('DocumentName')
    if document not in DOCUMENTS:
        raise JsonRESTError('AutomationDefinitionNotFoundException', f'no model of the document {document}')
    parameters = self._get_param('Parameters', {})
    if not {'AutomationAssumeRole', 'InstanceId'} <= parameters.keys():
        raise JsonRESTError('InvalidAutomationExecutionParametersException', f'{document} needs its parameters')
    execution = {
        'AutomationExecutionId': str(uuid.uuid4()),
        'DocumentName': document,
        'Parameters': parameters,
        'AutomationExecutionStatus': 'InProgress',
        'ExecutionStartTime': datetime.now(timezone.utc),
    }
    _executions.append(execution)
    threading.Thread(target=_run, args=(execution, self.region), daemon=True).start()
    return ActionResult({'AutomationExecutionId': execution['AutomationExecutionId']})


def _run(execution: Properties, region: str) -> None:
    parameters = execution['Parameters']
    identifier = parameters['InstanceId'][0]
    operation, statuses = DOCUMENTS[execution['DocumentName']]
    try:
        role = parameters['AutomationAssumeRole'][0]
        credentials = roles.assume(region, role, execution['AutomationExecutionId'], 'ssm.amazonaws.com')
        rds = roles.client_as(credentials, 'rds', region)
        if _status(rds, identifier) not in statuses:
            getattr(rds, operation)(DBInstanceIdentifier=identifier)
        while _status(rds, identifier) != statuses[-1]:
            time.sleep(TICK)
        execution['AutomationExecutionStatus'] = 'Success'
    except (ClientError, Refused) as error:
        execution['FailureMessage'] = f'Step fails when it is Execute/Cancelling action. {error}'
        execution['AutomationExecutionStatus'] = 'Failed'
    execution['ExecutionEndTime'] = datetime.now(timezone.utc)


def _status(rds: Any, identifier: str) -> str:
    return rds.describe_db_instances(DBInstanceIdentifier=identifier)['DBInstances'][0]['DBInstanceStatus']


@instead(SimpleSystemManagerResponse, 'describe_automation_executions')
def _describe(self: SimpleSystemManagerResponse) -> ActionResult:
    filters = {each['Key']: each['Values'][0] for each in self._get_param('Filters', [])}
    prefix = filters.pop('DocumentNamePrefix', '')
    after = filters.pop('StartTimeAfter', None)
    if filters:
        raise JsonRESTError('InvalidFilterKey', f'no model of the filters {", ".join(filters)}')
    found = [
        {key: value for key, value in each.items() if key != 'Parameters'}
        for each in reversed(_executions)
        if each['DocumentName'].startswith(prefix)
        and (after is None or each['ExecutionStartTime'] > datetime.fromisoformat(after.replace('Z', '+00:00')))
    ]
    return ActionResult({'AutomationExecutionMetadataList': found})


@instead(SimpleSystemManagerResponse, 'get_automation_execution')
def _get(self: SimpleSystemManagerResponse) -> ActionResult:
    identifier = self._get_param('AutomationExecutionId')
    for each in _executions:
        if each['AutomationExecutionId'] == identifier:
            return ActionResult({'AutomationExecution': each})
    raise JsonRESTError('AutomationExecutionNotFoundException', f'Automation execution {identifier} was not found')
