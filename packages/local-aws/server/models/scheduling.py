"""Schedules and scaling of services."""

from ..api import Properties, call, only, without
from ..cloudformation.resource import Resource


class ScheduleGroup(Resource):
    cf_resource_type = 'AWS::Scheduler::ScheduleGroup'
    service = 'scheduler'
    name_property = 'Name'
    creates = ('CreateScheduleGroup',)
    deletes = ('DeleteScheduleGroup', 'Name')


class Schedule(Resource):
    cf_resource_type = 'AWS::Scheduler::Schedule'
    service = 'scheduler'
    name_property = key = 'Name'
    creates = ('CreateSchedule',)
    updates = 'UpdateSchedule'

    def delete(self) -> None:
        self.own('DeleteSchedule', only(self.properties, 'GroupName'))


class ScalableTarget(Resource):
    cf_resource_type = 'AWS::ApplicationAutoScaling::ScalableTarget'
    service = 'application-autoscaling'
    key = ('ResourceId', 'ScalableDimension', 'ServiceNamespace')

    def create(self, properties: Properties) -> None:
        self.physical_resource_id = '|'.join(properties[key] for key in self.key)
        self.attributes = {'Id': self.physical_resource_id}
        self.update(properties, {})

    def update(self, properties: Properties, old: Properties) -> None:
        self.call('RegisterScalableTarget', properties)
        if properties['ScalableDimension'] == 'ecs:service:DesiredCount':
            self._enforce(properties['ResourceId'], int(properties['MinCapacity']), int(properties['MaxCapacity']))

    def _enforce(self, resource_id: str, minimum: int, maximum: int) -> None:
        """Moves the count into new bounds, as Application Auto Scaling does."""
        _, cluster, service = resource_id.split('/')
        found = call('ecs', self.region, 'DescribeServices', {'Cluster': cluster, 'Services': [service]})['services']
        for each in found:
            count = max(minimum, min(maximum, each['desiredCount']))
            if count != each['desiredCount']:
                change = {'Cluster': cluster, 'Service': service, 'DesiredCount': count}
                call('ecs', self.region, 'UpdateService', change)

    def delete(self) -> None:
        self.call('DeregisterScalableTarget', only(self.properties, *self.key))


class ScalingPolicy(Resource):
    cf_resource_type = 'AWS::ApplicationAutoScaling::ScalingPolicy'
    service = 'application-autoscaling'
    name_property = 'PolicyName'
    creates = ('PutScalingPolicy', 'PolicyARN')
    key = ScalableTarget.key

    def create(self, properties: Properties) -> None:
        super().create({**without(properties, 'ScalingTargetId'), **self._target(properties)})

    def update(self, properties: Properties, old: Properties) -> None:
        self.create(properties)

    def _target(self, properties: Properties) -> Properties:
        if 'ScalingTargetId' in properties:
            return dict(zip(self.key, properties['ScalingTargetId'].split('|'), strict=True))
        return only(properties, *self.key)

    def delete(self) -> None:
        self.call('DeleteScalingPolicy', self._target(self.properties), PolicyName=self.properties['PolicyName'])
