"""The history of services: each deployment with its revision, and the functions that are asked before its tasks start."""

import logging
import random
import string
import threading
import uuid
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any
from weakref import WeakKeyDictionary

from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.responses import ActionResult
from moto.ecs.exceptions import InvalidParameterException
from moto.ecs.models import Service
from moto.ecs.responses import EC2ContainerServiceResponse

from .. import clock, rights
from ..api import Properties, Refused, call, client
from . import functions, images, roles

logger = logging.getLogger(__name__)
#: before a function is asked again that answers without a delay
DELAY = 30
#: it is shortened as the intervals of health checks are
SHORTENED = 60
ECS = 'ecs.amazonaws.com'

_lock = threading.Lock()
_histories: WeakKeyDictionary[Service, list['Deployment']] = WeakKeyDictionary()


class Deployment:
    """An entry of the history: what a service was told to run."""

    def __init__(self, service: Service, wanted: str) -> None:
        self.service = service
        #: by which a service knows what it is told
        self.wanted = wanted
        self.status = 'IN_PROGRESS'
        self.created = datetime.now(timezone.utc)
        self.finished: datetime | None = None
        #: once the functions were asked, and where one of them turned it back, what it answered
        self.asked = threading.Event()
        self.failure: str | None = None
        place = f'{service.cluster_name}/{service.name}'
        prefix = f'arn:aws:ecs:{service.region_name}:{DEFAULT_ACCOUNT_ID}'
        self.arn = f'{prefix}:service-deployment/{place}/{"".join(random.choices(string.ascii_letters, k=22))}'
        self.revision = f'{prefix}:service-revision/{place}/{random.randrange(10**18, 10**19)}'
        self.task_definition = service.task_definition
        self.network = service.network_configuration
        definition = call('ecs', service.region_name, 'DescribeTaskDefinition', {'TaskDefinition': self.task_definition})
        self.images: list[Properties] = [
            {'containerName': each['name'], 'image': each['image']}
            for each in definition['taskDefinition']['containerDefinitions']
        ]

    def end(self, status: str) -> None:
        if self.status == 'IN_PROGRESS':
            self.finished = datetime.now(timezone.utc)
            self.status = status

    def note_images(self) -> None:
        """Notes the digests of its images, which are known once a task starts, before that or after its end."""
        for each in self.images:
            digest = images.digest(client('ecr', self.service.region_name), each['image'])
            each.update({'imageDigest': digest} if digest else {})

    def ask(self, is_over: Callable[[float], bool]) -> None:
        """Asks the functions that the service names; `is_over` waits, and says whether nobody wants to know any more."""
        try:
            for hook in _hooks_of(self.service):
                self._ask(hook, is_over)
        except Refused as error:
            self.failure = str(error)
        except Exception as error:
            logger.error('a lifecycle hook could not be asked', exc_info=error)
            self.failure = f'{type(error).__name__}: {error}'
        self.asked.set()

    def _ask(self, hook: Properties, is_over: Callable[[float], bool]) -> None:
        details = hook.get('hookDetails') or {}
        event = {
            'executionId': str(uuid.uuid4()),
            'lifecycleStage': 'PRE_SCALE_UP',
            'resourceArn': self.arn,
            'executionDetails': {
                'serviceArn': self.service.arn,
                'targetServiceRevisionArn': self.revision,
                'testTrafficWeights': {},
                'productionTrafficWeights': {},
            },
        }
        while True:
            answer = _call(self.service.region_name, hook, {**event, **({'hookDetails': details} if details else {})})
            status = answer.get('hookStatus') if isinstance(answer, dict) else None
            if status == 'SUCCEEDED':
                return
            if status != 'IN_PROGRESS':
                raise Refused(f'lifecycle hook {hook["hookTargetArn"]} answered {status}')
            details = {**details, **(answer.get('hookDetails') or {})}
            delay = float(answer.get('callBackDelay') or DELAY)
            clock.advance(delay)
            if is_over(delay / SHORTENED):
                raise Refused('Another deployment began')


def _hooks_of(service: Service) -> list[Properties]:
    return (getattr(service, 'deployment_configuration', None) or {}).get('lifecycleHooks') or []


def _call(region: str, hook: Properties, event: Properties) -> Any:
    """Calls a function as ECS does, with the role that is named beside it."""
    function, role = hook['hookTargetArn'], hook['roleArn']
    roles.assume(region, role, 'ecs', ECS)
    documents = (document for _, document in rights.policies_of(DEFAULT_ACCOUNT_ID, role.rsplit('/', 1)[-1]))
    statements = [each for document in documents for each in rights.statements_in(document)]
    if not rights.permits(statements, 'lambda:InvokeFunction', function):
        raise Refused(f'{role} is not authorized to perform lambda:InvokeFunction on {function}')
    return functions.invoke(region, function, event)


def current(service: Service, wanted: str) -> Deployment:
    """What the service does now: its newest deployment, or a new one where it wants something else."""
    with _lock:
        history = _histories.setdefault(service, [])
        if not history or history[0].wanted != wanted:
            history.insert(0, Deployment(service, wanted))
        return history[0]


def _brief(deployment: Deployment) -> Properties:
    service = deployment.service
    return {
        'serviceDeploymentArn': deployment.arn,
        'serviceArn': service.arn,
        'clusterArn': service.cluster_arn,
        'createdAt': deployment.created,
        'startedAt': deployment.created,
        'finishedAt': deployment.finished,
        'targetServiceRevisionArn': deployment.revision,
        'status': deployment.status,
        'statusReason': deployment.failure,
    }


def _all() -> list[Deployment]:
    return [each for history in _histories.values() for each in history]


def _list_service_deployments(self: EC2ContainerServiceResponse) -> ActionResult:
    cluster, name = self._get_param('cluster', 'default'), self._get_param('service', '')
    service = self.ecs_backend._get_service(cluster, name.split('/')[-1])
    wanted = self._get_param('status', [])
    history = _histories.get(service, [])
    return ActionResult({'serviceDeployments': [_brief(each) for each in history if not wanted or each.status in wanted]})


def _describe_service_revisions(self: EC2ContainerServiceResponse) -> ActionResult:
    wanted = self._get_param('serviceRevisionArns', [])
    found = [each for each in _all() if each.revision in wanted]
    if len(found) < len(wanted):
        raise InvalidParameterException('Service revision not found.')
    return ActionResult(
        {
            'serviceRevisions': [
                {
                    'serviceRevisionArn': each.revision,
                    'serviceArn': each.service.arn,
                    'clusterArn': each.service.cluster_arn,
                    'taskDefinition': each.task_definition,
                    'launchType': each.service.launch_type,
                    'platformVersion': each.service.platform_version or '1.4.0',
                    'networkConfiguration': each.network,
                    'containerImages': each.images,
                    'createdAt': each.created,
                }
                for each in found
            ],
            'failures': [],
        }
    )


def install() -> None:
    """Adds to moto's ECS in this process what it lacks."""
    EC2ContainerServiceResponse.list_service_deployments = _list_service_deployments
    EC2ContainerServiceResponse.describe_service_revisions = _describe_service_revisions
