"""ECS and Batch."""

from typing import Any

from moto.batch.exceptions import ClientException
from moto.batch.models import BatchBackend
from moto.batch_simple.models import BatchSimpleBackend
from moto.core.responses import ActionResult
from moto.ecs.models import EC2ContainerServiceBackend, Service
from moto.ecs.responses import EC2ContainerServiceResponse

from ..patches import around, instead


#: settings of a new service that moto drops: parameter → attribute of the answer
SERVICE_SETTINGS = {
    'availabilityZoneRebalancing': 'availability_zone_rebalancing',
    'deploymentConfiguration': 'deployment_configuration',
    'enableECSManagedTags': 'enable_ecs_managed_tags',
    'enableExecuteCommand': 'enable_execute_command',
    'healthCheckGracePeriodSeconds': 'health_check_grace_period_seconds',
}

#: on for new services since September 2025
DEFAULTS = {'availabilityZoneRebalancing': 'ENABLED'}


@around(BatchBackend, 'update_compute_environment')
def _keep_compute_resources(
    update_compute_environment: Any,
    self: BatchBackend,
    compute_environment_name: str,
    state: str | None,
    compute_resources: dict[str, Any] | None,
    service_role: str | None,
) -> tuple[str, str]:
    answer = update_compute_environment(self, compute_environment_name, state, compute_resources, service_role)
    environment = self.get_compute_environment(compute_environment_name)
    environment.compute_resources = {**(environment.compute_resources or {}), **(compute_resources or {})}
    return answer


# BatchSimpleBackend accepts jobs when programs do not run.
@around(BatchSimpleBackend, 'submit_job')
@around(BatchBackend, 'submit_job')
def _submit_job(submit: Any, self: BatchBackend, job_name: str, job_def_id: str, *more: Any, **named: Any) -> Any:
    # A name without a revision means the newest active one.
    active = [it for it in self._job_definitions.values() if it.name == job_def_id and it.status == 'ACTIVE']
    if active:
        job_def_id = max(active, key=lambda each: each.revision).arn
    definition = self.get_job_definition(job_def_id)
    if definition is not None and definition.status != 'ACTIVE':
        reason = f'JobDefinition {job_def_id} is not in ACTIVE state.'
        raise ClientException(f'Error executing request, Exception : {reason}')
    return submit(self, job_name, job_def_id, *more, **named)


@around(EC2ContainerServiceResponse, 'create_service')
def _keep_service_settings(create_service: Any, self: EC2ContainerServiceResponse) -> ActionResult:
    answer = create_service(self)
    for parameter, attribute in SERVICE_SETTINGS.items():
        setattr(answer.result['service'], attribute, self._get_param(parameter, DEFAULTS.get(parameter)))
    return answer


@around(EC2ContainerServiceResponse, 'update_service')
def _keep_deployment_configuration(update_service: Any, self: EC2ContainerServiceResponse) -> ActionResult:
    given = self._get_param('deploymentConfiguration')
    if given is not None:
        # ECS keeps omitted fields, and replaces given ones as a whole.
        current = self.ecs_backend._get_service(self._get_param('cluster', 'default'), self._get_param('service'))
        kept = getattr(current, 'deployment_configuration', None) or {}
        self.params['deploymentConfiguration'] = {**kept, **given}
    return update_service(self)


@around(EC2ContainerServiceBackend, 'update_service')
def _update_deployment(update: Any, self: EC2ContainerServiceBackend, service_properties: dict[str, Any]) -> Service:
    service = update(self, service_properties)
    # moto leaves the deployment at the old revision and count. A service with local programs counts them itself.
    for deployment in service.deployments:
        deployment['taskDefinition'] = service.task_definition
        deployment['desiredCount'] = deployment['runningCount'] = service.desired_count
        deployment['pendingCount'] = 0
    return service


@instead(EC2ContainerServiceBackend, 'list_clusters')
def _list_clusters(self: EC2ContainerServiceBackend) -> list[str]:
    # A deleted cluster can still be described for a while, but is no longer listed.
    return [cluster.arn for cluster in self.clusters.values() if cluster.status == 'ACTIVE']


@around(EC2ContainerServiceBackend, 'list_services')
def _list_active_services(list_services: Any, self: Any, *arguments: Any, **named: Any) -> list[str]:
    deleted = {service.arn for service in self.services.values() if service.status == 'INACTIVE'}
    return [arn for arn in list_services(self, *arguments, **named) if arn not in deleted]
