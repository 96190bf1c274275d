"""Load balancers, target groups, listeners."""

from ..api import Properties
from ..cloudformation.resource import Resource


class ResourceWithAttributes(Resource):
    service = 'elbv2'
    name_property = 'Name'
    name_limit = 32
    tags = ('AddTags', 'RemoveTags', 'ResourceArns')
    kind: str

    def set_rest(self, properties: Properties, old: Properties) -> None:
        attributes = properties.get(f'{self.kind}Attributes')
        if attributes:
            self.own(f'Modify{self.kind}Attributes', Attributes=attributes)

    def read_attributes(self) -> Properties:
        """Attributes that the template sets; the service returns all."""
        name = f'{self.kind}Attributes'
        keys = {each['Key'] for each in self.properties.get(name, [])}
        found = self.own(f'Describe{name}')['Attributes']
        return {name: [each for each in found if each['Key'] in keys]}


class LoadBalancer(ResourceWithAttributes):
    cf_resource_type = 'AWS::ElasticLoadBalancingV2::LoadBalancer'
    kind = 'LoadBalancer'
    key = 'LoadBalancerArn'
    creates = ('CreateLoadBalancer', 'LoadBalancers', 'LoadBalancerArn')
    set_apart = ('LoadBalancerAttributes',)
    reads = ('DescribeLoadBalancers', 'LoadBalancerArns', 'LoadBalancers')
    deletes = ('DeleteLoadBalancer', 'LoadBalancerArn')

    def create(self, properties: Properties) -> None:
        super().create(properties)
        self.attributes['LoadBalancerFullName'] = self.physical_resource_id.split(':loadbalancer/')[1]

    def update(self, properties: Properties, old: Properties) -> None:
        for name in ('SecurityGroups', 'Subnets'):
            if properties.get(name) != old.get(name):
                self.own(f'Set{name}', {name: properties[name]})
        self.set_rest(properties, old)

    def read(self) -> Properties:
        balancer = super().read()
        return {
            **balancer,
            'Name': balancer['LoadBalancerName'],
            'Subnets': [zone['SubnetId'] for zone in balancer['AvailabilityZones']],
            **self.read_attributes(),
        }


class TargetGroup(ResourceWithAttributes):
    cf_resource_type = 'AWS::ElasticLoadBalancingV2::TargetGroup'
    kind = 'TargetGroup'
    key = 'TargetGroupArn'
    reads = ('DescribeTargetGroups', 'TargetGroupArns', 'TargetGroups')
    creates = ('CreateTargetGroup', 'TargetGroups', 'TargetGroupArn')
    updates = 'ModifyTargetGroup'
    set_apart = ('TargetGroupAttributes', 'Targets')
    deletes = ('DeleteTargetGroup', 'TargetGroupArn')

    def create(self, properties: Properties) -> None:
        super().create(properties)
        self.attributes['TargetGroupFullName'] = self.physical_resource_id.split(':')[-1]

    def read(self) -> Properties:
        group = super().read()
        return {**group, 'Name': group['TargetGroupName'], **self.read_attributes()}


class Listener(Resource):
    cf_resource_type = 'AWS::ElasticLoadBalancingV2::Listener'
    service = 'elbv2'
    tags = ('AddTags', 'RemoveTags', 'ResourceArns')
    deletes = ('DeleteListener', 'ListenerArn')
    reads = ('DescribeListeners', 'ListenerArns', 'Listeners')
    key = 'ListenerArn'
    creates = ('CreateListener', 'Listeners', 'ListenerArn')
    updates = 'ModifyListener'
