"""Load balancers, target groups, listeners."""

from ..api import Properties, without
from ..cloudformation.resource import Resource

CREATE_ONLY = ('Name', 'Port', 'Protocol', 'ProtocolVersion', 'TargetType', 'VpcId', 'IpAddressType')


class ResourceWithAttributes(Resource):
    service = 'elbv2'
    name_property = 'Name'
    name_limit = 32
    kind: str

    def set_attributes(self, properties: Properties) -> None:
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
    reads = ('DescribeLoadBalancers', 'LoadBalancerArns', 'LoadBalancers')
    deletes = ('DeleteLoadBalancer', 'LoadBalancerArn')

    def create(self, properties: Properties) -> None:
        wanted = without(properties, 'LoadBalancerAttributes')
        balancer = self.call('CreateLoadBalancer', wanted, Name=self.name())['LoadBalancers'][0]
        arn = balancer['LoadBalancerArn']
        self.physical_resource_id = arn
        self.attributes = {
            **{key: balancer[key] for key in ('DNSName', 'LoadBalancerArn', 'LoadBalancerName', 'SecurityGroups')},
            'CanonicalHostedZoneID': balancer['CanonicalHostedZoneId'],
            'LoadBalancerFullName': arn.split(':loadbalancer/')[1],
        }
        self.set_attributes(properties)

    def update(self, properties: Properties, old: Properties) -> None:
        for name in ('SecurityGroups', 'Subnets'):
            if properties.get(name) != old.get(name):
                self.own(f'Set{name}', {name: properties[name]})
        self.set_attributes(properties)

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
    set_elsewhere = ('TargetGroupAttributes', 'Targets')
    deletes = ('DeleteTargetGroup', 'TargetGroupArn')

    def create(self, properties: Properties) -> None:
        wanted = without(properties, *self.set_elsewhere)
        group = self.call('CreateTargetGroup', wanted, Name=self.name())['TargetGroups'][0]
        arn = group['TargetGroupArn']
        self.physical_resource_id = arn
        self.attributes = {
            'TargetGroupArn': arn,
            'TargetGroupName': group['TargetGroupName'],
            'TargetGroupFullName': arn.split(':')[-1],
            'LoadBalancerArns': group.get('LoadBalancerArns', []),
        }
        self.set_attributes(properties)

    def update(self, properties: Properties, old: Properties) -> None:
        self.own('ModifyTargetGroup', without(properties, *self.set_elsewhere, *CREATE_ONLY, 'Tags'))
        self.set_attributes(properties)

    def read(self) -> Properties:
        group = super().read()
        return {**group, 'Name': group['TargetGroupName'], **self.read_attributes()}


class Listener(Resource):
    cf_resource_type = 'AWS::ElasticLoadBalancingV2::Listener'
    service = 'elbv2'
    deletes = ('DeleteListener', 'ListenerArn')
    reads = ('DescribeListeners', 'ListenerArns', 'Listeners')
    key = 'ListenerArn'

    def create(self, properties: Properties) -> None:
        listener = self.call('CreateListener', properties)['Listeners'][0]
        self.physical_resource_id = listener['ListenerArn']
        self.attributes = {'ListenerArn': listener['ListenerArn']}

    def update(self, properties: Properties, old: Properties) -> None:
        self.own('ModifyListener', without(properties, 'LoadBalancerArn', 'Tags'))
