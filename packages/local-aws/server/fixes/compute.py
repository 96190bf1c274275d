"""ECS and Batch."""

from typing import Any

from moto.batch.exceptions import ClientException
from moto.batch.models import BatchBackend
from moto.batch_simple.models import BatchSimpleBackend
from moto.core.responses import ActionResult
from moto.ecs.models import EC2ContainerServiceBackend
from moto.ecs.responses import EC2ContainerServiceResponse

_update_compute_environment = BatchBackend.update_compute_environment
_create_service = EC2ContainerServiceResponse.create_service
_update_service = EC2ContainerServiceResponse.update_service
_list_services = EC2ContainerServiceBackend.list_services

#: settings of a new service that moto drops: parameter → attribute of the answer
SERVICE_SETTINGS = {
    'availabilityZoneRebalancing': 'availability_zone_rebalancing',
    'deploymentConfiguration': 'deployment_configuration',
    'enableECSManagedTags': 'enable_ecs_managed_tags',
    'enableExecuteCommand': 'enable_execute_command',
    'healthCheckGracePeriodSeconds': 'health_check_grace_period_seconds',
}


def _keep_compute_resources(
    self: BatchBackend,
    compute_environment_name: str,
    state: str | None,
    compute_resources: dict[str, Any] | None,
    service_role: str | None,
) -> tuple[str, str]:
    answer = _update_compute_environment(self, compute_environment_name, state, compute_resources, service_role)
    environment = self.get_compute_environment(compute_environment_name)
    environment.compute_resources = {**(environment.compute_resources or {}), **(compute_resources or {})}
    return answer


def _refusing_retired_definitions(submit: Any) -> Any:
    def submit_job(self: BatchBackend, job_name: str, job_def_id: str, *arguments: Any, **named: Any) -> Any:
        # A name without a revision means the newest active one.
        active = [it for it in self._job_definitions.values() if it.name == job_def_id and it.status == 'ACTIVE']
        if active:
            job_def_id = max(active, key=lambda each: each.revision).arn
        definition = self.get_job_definition(job_def_id)
        if definition is not None and definition.status != 'ACTIVE':
            raise ClientException(
                f'Error executing request, Exception : JobDefinition {job_def_id} is not in ACTIVE state.'
            )
        return submit(self, job_name, job_def_id, *arguments, **named)

    return submit_job


def _keep_service_settings(self: EC2ContainerServiceResponse) -> ActionResult:
    answer = _create_service(self)
    for parameter, attribute in SERVICE_SETTINGS.items():
        setattr(answer.result['service'], attribute, self._get_param(parameter))
    return answer


def _update_deployment(self: EC2ContainerServiceResponse) -> ActionResult:
    given = self._get_param('deploymentConfiguration')
    if given is not None:
        # ECS keeps omitted fields, and replaces given ones as a whole.
        current = self.ecs_backend._get_service(self._get_param('cluster', 'default'), self._get_param('service'))
        kept = getattr(current, 'deployment_configuration', None) or {}
        self.params['deploymentConfiguration'] = {**kept, **given}
    answer = _update_service(self)
    service = answer.result['service']
    # moto leaves the deployment at the old revision and count.
    for deployment in service.deployments:
        deployment['taskDefinition'] = service.task_definition
        deployment['desiredCount'] = deployment['runningCount'] = service.desired_count
        deployment['pendingCount'] = 0
    return answer


def _list_clusters(self: EC2ContainerServiceBackend) -> list[str]:
    # A deleted cluster can still be described for a while, but is no longer listed.
    return [cluster.arn for cluster in self.clusters.values() if cluster.status == 'ACTIVE']


def _list_active_services(self: EC2ContainerServiceBackend, *arguments: Any, **named: Any) -> list[str]:
    deleted = {service.arn for service in self.services.values() if service.status == 'INACTIVE'}
    return [arn for arn in _list_services(self, *arguments, **named) if arn not in deleted]


def install() -> None:
    # BatchSimpleBackend accepts jobs when programs do not run.
    for backend in (BatchBackend, BatchSimpleBackend):
        backend.submit_job = _refusing_retired_definitions(backend.submit_job)
    BatchBackend.update_compute_environment = _keep_compute_resources
    EC2ContainerServiceResponse.create_service = _keep_service_settings
    EC2ContainerServiceResponse.update_service = _update_deployment
    EC2ContainerServiceBackend.list_clusters = _list_clusters
    EC2ContainerServiceBackend.list_services = _list_active_services
