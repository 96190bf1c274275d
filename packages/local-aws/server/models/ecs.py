"""Clusters, task definitions and services."""

import uuid

from ..api import Properties, Refused, client, without
from ..cloudformation.resource import NeverReady, Resource
from ..runtime.rollouts import waits

#: properties that CreateService takes and UpdateService does not
CREATE_ONLY = ('Cluster', 'ServiceName', 'LaunchType', 'SchedulingStrategy', 'Role', 'DeploymentController', 'Tags')


class Cluster(Resource):
    cf_resource_type = 'AWS::ECS::Cluster'
    service = 'ecs'
    name_property = 'ClusterName'
    creates = ('CreateCluster', 'cluster', 'clusterName')
    deletes = ('DeleteCluster', 'Cluster')
    tags = ('TagResource', 'UntagResource', 'ResourceArn')

    def create(self, properties: Properties) -> None:
        super().create({('settings' if key == 'ClusterSettings' else key): value for key, value in properties.items()})

    def update(self, properties: Properties, old: Properties) -> None:
        self.call('UpdateCluster', Cluster=self.physical_resource_id, Settings=properties.get('ClusterSettings', []))

    def read(self) -> Properties | None:
        found = self.call('DescribeClusters', Clusters=[self.physical_resource_id], Include=['SETTINGS'])['clusters']
        active = [cluster for cluster in found if cluster['status'] == 'ACTIVE']
        return {**active[0], 'ClusterSettings': active[0].get('settings', [])} if active else None


class TaskDefinition(Resource):
    """Every change registers a new revision; the old one is deregistered afterwards."""

    cf_resource_type = 'AWS::ECS::TaskDefinition'
    service = 'ecs'
    creates = ('RegisterTaskDefinition', 'taskDefinition', 'taskDefinitionArn')
    deletes = ('DeregisterTaskDefinition', 'TaskDefinition')
    tags = ('TagResource', 'UntagResource', 'ResourceArn')

    def create(self, properties: Properties) -> None:
        # No `name_property`: a family may have another revision.
        super().create({'Family': self.name(), **properties})

    def read(self) -> Properties | None:
        answer = self.call('DescribeTaskDefinition', TaskDefinition=self.physical_resource_id)['taskDefinition']
        return answer if answer['status'] == 'ACTIVE' else None


class Service(Resource):
    cf_resource_type = 'AWS::ECS::Service'
    service = 'ecs'
    name_property = 'ServiceName'
    creates = ('CreateService', 'service', 'serviceArn')
    tags = ('TagResource', 'UntagResource', 'ResourceArn')

    def create(self, properties: Properties) -> None:
        name = properties.get('ServiceName')
        if name and self._exists(properties.get('Cluster', 'default'), name):
            raise Refused(f'Creation of service was not idempotent: {name} already exists')
        # CloudFormation's default is one task.
        super().create({'DesiredCount': 1, **properties})
        self._wait_for_deployment()

    def update(self, properties: Properties, old: Properties) -> None:
        self.call('UpdateService', without(properties, *CREATE_ONLY), **self._key('Service'))
        self._wait_for_deployment()

    def _wait_for_deployment(self) -> None:
        wait = waits.get(self.physical_resource_id)
        failure = wait() if wait else None
        if failure:
            message, code = failure
            token = f'RequestToken: {uuid.uuid4()}, HandlerErrorCode: {code}'
            raise NeverReady(f'Resource handler returned message: "{message}" ({token})')

    def read(self) -> Properties | None:
        wanted = self._key('Service')
        found = self.call('DescribeServices', Cluster=wanted['Cluster'], Services=[wanted['Service']])['services']
        active = [service for service in found if service['status'] == 'ACTIVE']
        return {**active[0], 'Cluster': wanted['Cluster']} if active else None

    def delete(self) -> None:
        self.call('UpdateService', DesiredCount=0, **self._key('Service'))
        self.call('DeleteService', Force=True, **self._key('Service'))

    def _key(self, name: str) -> Properties:
        return {'Cluster': self.properties.get('Cluster', 'default'), name: self.attributes['serviceName']}

    def _exists(self, cluster: str, name: str) -> bool:
        found = client('ecs', self.region).describe_services(cluster=cluster, services=[name])['services']
        return any(service['status'] != 'INACTIVE' for service in found)
