"""Jobs of AWS Batch: each runs its definition's command, and EventBridge receives its end."""

import json
import logging
import re
import time
import uuid
from datetime import datetime, timezone
from typing import Any

from botocore.exceptions import ClientError
from moto.batch.models import Job
from moto.core import DEFAULT_ACCOUNT_ID
from moto.events.models import events_backends

from ..api import Properties, Refused, client
from ..cloudformation.schema import value_at
from ..patches import around, instead
from . import roles
from .containers import Container
from .paths import Place

logger = logging.getLogger(__name__)
TICK = 0.1
TEXT = r'"(?:[^"\\]|\\.)*"'
VARIABLE = re.compile(r'<(?P<name>[\w.-]+)>')


@instead(Job, 'run')
def _run(self: Job) -> None:
    # moto would advance the status on each read.
    self._transitions = []
    try:
        self.exit_code, self.job_stopped_reason = _exit_of(self)
    except Refused as error:
        self.exit_code, self.job_stopped_reason = None, str(error)
    except Exception as error:
        logger.error('a job could not run', exc_info=error)
        self.exit_code, self.job_stopped_reason = None, f'{type(error).__name__}: {error}'
    # The event comes first, so that waiters for the job can rely on it.
    _send_event(self, 'SUCCEEDED' if self.exit_code == 0 else 'FAILED')
    self._mark_stopped(success=self.exit_code == 0)


@around(Job, '_container_details')
def _details(details: Any, self: Job) -> Properties:
    return {**details(self), **({} if self.exit_code is None else {'exitCode': self.exit_code})}


def _exit_of(job: Job) -> tuple[int | None, str | None]:
    """Runs a job; returns its exit code and, on failure, Batch's reason."""
    properties: Properties = job.job_definition.container_properties or {}
    definition = _with_overrides(job, properties)
    region = job.job_definition._region
    if not _begin(job):
        return None, job.job_stopped_reason
    identity = job.job_id.replace('-', '')
    roles_of_job = [properties.get(name, '') for name in ('executionRoleArn', 'jobRoleArn')]
    container = Container(region, identity, definition, *roles_of_job, _place_of(job))
    if container.image is None:
        # An image without a local program counts as done.
        job.job_started_at = datetime.now()
        return 0, None
    seconds = job._get_attempt_duration()
    deadline = time.monotonic() + seconds if seconds else None
    container.start()
    assert container.log and container.program
    job.log_stream_name = container.log.target['logStreamName']
    job.job_started_at = datetime.now()
    job._start_attempt()
    job.status = 'RUNNING'
    while container.running:
        if job.stop:
            return container.end(), job.job_stopped_reason
        if deadline and time.monotonic() > deadline:
            return container.end() or 137, 'Job attempt duration exceeded timeout'
        time.sleep(TICK)
    code = container.end()
    return code, None if code == 0 else 'Essential container in task exited'


def _place_of(job: Job) -> Place | None:
    """Subnets and security groups of the queue's first environment."""
    resources = job.job_queue.environments[0].compute_resources or {}
    if not resources.get('subnets'):
        return None
    return Place(tuple(resources['subnets']), tuple(resources.get('securityGroupIds', [])))


def _begin(job: Job) -> bool:
    """Waits for an environment of the queue that is enabled; false if the job is ended first."""
    job.status = 'RUNNABLE'
    while all(environment.state == 'DISABLED' for environment in job.job_queue.environments):
        if job.stop:
            return False
        time.sleep(TICK)
    job.status = 'STARTING'
    return True


def _with_overrides(job: Job, properties: Properties) -> Properties:
    given = job.container_overrides
    variables = {each['name']: each['value'] for each in properties.get('environment', [])}
    variables.update({each['name']: each['value'] for each in given.get('environment', [])})
    variables['AWS_BATCH_JOB_ID'] = job.job_id
    variables['AWS_BATCH_JQ_NAME'] = job.job_queue.name
    variables['AWS_BATCH_JOB_ATTEMPT'] = '1'
    command = given.get('command') or properties.get('command') or []
    return {
        **properties,
        'name': 'default',
        'command': [job.parameters.get(part[5:], part) if part.startswith('Ref::') else part for part in command],
        'environment': [{'name': name, 'value': value} for name, value in variables.items()],
    }


def _send_event(job: Job, status: str) -> None:
    """Sends the end of a job to EventBridge, which publishes it to the topics of matching rules."""
    region = job.job_definition._region
    event = {
        'version': '0',
        'id': str(uuid.uuid4()),
        'detail-type': 'Batch Job State Change',
        'source': 'aws.batch',
        'account': DEFAULT_ACCOUNT_ID,
        'time': datetime.now(timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ'),
        'region': region,
        'resources': [job.arn],
        'detail': {
            'jobArn': job.arn,
            'jobName': job.job_name,
            'jobId': job.job_id,
            'jobQueue': job.job_queue.arn,
            'jobDefinition': job.job_definition.arn,
            'status': status,
            **({'statusReason': job.job_stopped_reason} if job.job_stopped_reason else {}),
            'container': {'exitCode': job.exit_code, 'logStreamName': job.log_stream_name},
        },
    }
    for bus in events_backends[DEFAULT_ACCOUNT_ID][region].event_buses.values():
        for rule in list(bus.rules.values()):
            if rule.state == 'ENABLED' and rule.event_pattern.matches_event(event):
                for target in rule.targets:
                    _deliver(region, target, event)


def _deliver(region: str, target: Properties, event: Properties) -> None:
    """Publishes as the target's role, or as EventBridge if the topic's policy allows it."""
    arn = target['Arn']
    if arn.split(':')[2] != 'sns':
        return
    try:
        if 'RoleArn' in target:
            credentials = roles.assume(region, target['RoleArn'], 'events', 'events.amazonaws.com')
            topics = roles.client_as(credentials, 'sns', region)
        else:
            topics = client('sns', region)
            policy = topics.get_topic_attributes(TopicArn=arn)['Attributes'].get('Policy', '')
            if '"events.amazonaws.com"' not in policy:
                raise Refused('its policy does not name events.amazonaws.com')
        topics.publish(TopicArn=arn, Message=_message(target, event))
    except (ClientError, Refused) as error:
        # A failed delivery is not reported, as on AWS.
        logger.warning('EventBridge may not publish to %s: %s', arn, error)


def _message(target: Properties, event: Properties) -> str:
    transformer = target.get('InputTransformer')
    if not transformer:
        return target.get('Input') or json.dumps(event)
    paths = {name: path.removeprefix('$.').split('.') for name, path in transformer.get('InputPathsMap', {}).items()}
    values = {name: value for name, path in paths.items() if (value := value_at(event, tuple(path))) is not None}

    def filled(found: re.Match[str]) -> str:
        # A value is raw within a string, and JSON elsewhere.
        if found['name']:
            return json.dumps(values.get(found['name'], ''))
        return VARIABLE.sub(lambda inner: str(values.get(inner['name'], '')), found[0])

    return re.sub(rf'{TEXT}|{VARIABLE.pattern}', filled, transformer['InputTemplate'])
