"""Load balancers, target groups, listeners."""

from ..api import Properties, without
from ..cloudformation.resource import Resource

CREATE_ONLY = ('Name', 'Port', 'Protocol', 'ProtocolVersion', 'TargetType', 'VpcId', 'IpAddressType')


def only_set(wanted: list[Properties], found: list[Properties]) -> list[Properties]:
    """Attributes that the template sets; the service returns all."""
    keys = {each['Key'] for each in wanted}
    return [each for each in found if each['Key'] in keys]


class LoadBalancer(Resource):
    cf_resource_type = 'AWS::ElasticLoadBalancingV2::LoadBalancer'
    service = 'elbv2'
    name_property = 'Name'
    name_limit = 32

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
        self._set_attributes(properties)

    def update(self, properties: Properties, old: Properties) -> None:
        arn = self.physical_resource_id
        if properties.get('SecurityGroups') != old.get('SecurityGroups'):
            self.call('SetSecurityGroups', LoadBalancerArn=arn, SecurityGroups=properties['SecurityGroups'])
        if properties.get('Subnets') != old.get('Subnets'):
            self.call('SetSubnets', LoadBalancerArn=arn, Subnets=properties['Subnets'])
        self._set_attributes(properties)

    def _set_attributes(self, properties: Properties) -> None:
        attributes = properties.get('LoadBalancerAttributes')
        if attributes:
            self.call('ModifyLoadBalancerAttributes', LoadBalancerArn=self.physical_resource_id, Attributes=attributes)

    def read(self) -> Properties:
        arn = self.physical_resource_id
        balancer = self.call('DescribeLoadBalancers', LoadBalancerArns=[arn])['LoadBalancers'][0]
        return {
            **balancer,
            'Name': balancer['LoadBalancerName'],
            'Subnets': [zone['SubnetId'] for zone in balancer['AvailabilityZones']],
            'LoadBalancerAttributes': only_set(
                self.properties.get('LoadBalancerAttributes', []),
                self.call('DescribeLoadBalancerAttributes', LoadBalancerArn=arn)['Attributes'],
            ),
        }

    def delete(self) -> None:
        self.call('DeleteLoadBalancer', LoadBalancerArn=self.physical_resource_id)


class TargetGroup(Resource):
    cf_resource_type = 'AWS::ElasticLoadBalancingV2::TargetGroup'
    service = 'elbv2'
    name_property = 'Name'
    name_limit = 32
    apart = ('TargetGroupAttributes', 'Targets')

    def create(self, properties: Properties) -> None:
        wanted = without(properties, *self.apart)
        group = self.call('CreateTargetGroup', wanted, Name=self.name())['TargetGroups'][0]
        arn = group['TargetGroupArn']
        self.physical_resource_id = arn
        self.attributes = {
            'TargetGroupArn': arn,
            'TargetGroupName': group['TargetGroupName'],
            'TargetGroupFullName': arn.split(':')[-1],
            'LoadBalancerArns': group.get('LoadBalancerArns', []),
        }
        self._set_attributes(properties)

    def update(self, properties: Properties, old: Properties) -> None:
        wanted = without(properties, *self.apart, *CREATE_ONLY, 'Tags')
        self.call('ModifyTargetGroup', wanted, TargetGroupArn=self.physical_resource_id)
        self._set_attributes(properties)

    def _set_attributes(self, properties: Properties) -> None:
        attributes = properties.get('TargetGroupAttributes')
        if attributes:
            self.call('ModifyTargetGroupAttributes', TargetGroupArn=self.physical_resource_id, Attributes=attributes)

    def read(self) -> Properties:
        arn = self.physical_resource_id
        group = self.call('DescribeTargetGroups', TargetGroupArns=[arn])['TargetGroups'][0]
        return {
            **group,
            'Name': group['TargetGroupName'],
            'TargetGroupAttributes': only_set(
                self.properties.get('TargetGroupAttributes', []),
                self.call('DescribeTargetGroupAttributes', TargetGroupArn=arn)['Attributes'],
            ),
        }

    def delete(self) -> None:
        self.call('DeleteTargetGroup', TargetGroupArn=self.physical_resource_id)


class Listener(Resource):
    cf_resource_type = 'AWS::ElasticLoadBalancingV2::Listener'
    service = 'elbv2'

    def create(self, properties: Properties) -> None:
        listener = self.call('CreateListener', properties)['Listeners'][0]
        self.physical_resource_id = listener['ListenerArn']
        self.attributes = {'ListenerArn': listener['ListenerArn']}

    def update(self, properties: Properties, old: Properties) -> None:
        wanted = without(properties, 'LoadBalancerArn', 'Tags')
        self.call('ModifyListener', wanted, ListenerArn=self.physical_resource_id)

    def read(self) -> Properties:
        return self.call('DescribeListeners', ListenerArns=[self.physical_resource_id])['Listeners'][0]

    def delete(self) -> None:
        self.call('DeleteListener', ListenerArn=self.physical_resource_id)
