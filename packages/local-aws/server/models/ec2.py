"""Networks: VPC, subnets, routes, gateways."""

from typing import Any

from ..api import Properties, only
from ..cloudformation.resource import Resource


class Ec2Resource(Resource):
    service = 'ec2'
    updates_tags = True
    unread = ()
    set_apart = ('Tags',)

    def set_rest(self, properties: Properties, old: Properties) -> None:
        removed = [{'Key': key} for key in self.removed_tags(properties, old)]
        if removed:
            self.call('DeleteTags', Resources=[self.physical_resource_id], Tags=removed)
        if properties.get('Tags'):
            self.call('CreateTags', Resources=[self.physical_resource_id], Tags=properties['Tags'])

    def modify(self, operation: str, properties: Properties, *names: str, **extra: Any) -> None:
        """Calls an operation that changes one attribute at a time."""
        for name in names:
            if name in properties:
                self.call(operation, {name: {'Value': properties[name]}}, **extra)


class TaggedResource(Ec2Resource):
    """Type that AWS updates in place in what is set apart alone."""

    def update(self, properties: Properties, old: Properties) -> None:
        self.set_rest(properties, old)


class Vpc(TaggedResource):
    cf_resource_type = 'AWS::EC2::VPC'
    creates = ('CreateVpc', 'Vpc', 'VpcId')
    deletes = ('DeleteVpc', 'VpcId')
    reads = ('DescribeVpcs', 'VpcIds', 'Vpcs')
    settings = ('EnableDnsSupport', 'EnableDnsHostnames')
    set_apart = ('Tags', *settings)

    def create(self, properties: Properties) -> None:
        super().create(properties)
        here = {'Name': 'vpc-id', 'Values': [self.physical_resource_id]}
        default = {'Name': 'group-name', 'Values': ['default']}
        groups = self.call('DescribeSecurityGroups', Filters=[here, default])['SecurityGroups']
        acls = self.call('DescribeNetworkAcls', Filters=[here])['NetworkAcls']
        self.attributes['DefaultSecurityGroup'] = groups[0]['GroupId']
        self.attributes['DefaultNetworkAcl'] = acls[0]['NetworkAclId']

    def set_rest(self, properties: Properties, old: Properties) -> None:
        self.modify('ModifyVpcAttribute', properties, *self.settings, VpcId=self.physical_resource_id)
        super().set_rest(properties, old)

    def read(self) -> Properties:
        vpc_id = self.physical_resource_id
        attributes = {
            name: self.call('DescribeVpcAttribute', VpcId=vpc_id, Attribute=name[:1].lower() + name[1:])[name]['Value']
            for name in self.settings
        }
        return {**super().read(), **attributes}


class Subnet(TaggedResource):
    cf_resource_type = 'AWS::EC2::Subnet'
    creates = ('CreateSubnet', 'Subnet', 'SubnetId')
    deletes = ('DeleteSubnet', 'SubnetId')
    reads = ('DescribeSubnets', 'SubnetIds', 'Subnets')
    set_apart = ('Tags', 'MapPublicIpOnLaunch')

    def set_rest(self, properties: Properties, old: Properties) -> None:
        self.modify('ModifySubnetAttribute', properties, 'MapPublicIpOnLaunch', SubnetId=self.physical_resource_id)
        super().set_rest(properties, old)


class InternetGateway(TaggedResource):
    cf_resource_type = 'AWS::EC2::InternetGateway'
    creates = ('CreateInternetGateway', 'InternetGateway', 'InternetGatewayId')
    deletes = ('DeleteInternetGateway', 'InternetGatewayId')
    reads = ('DescribeInternetGateways', 'InternetGatewayIds', 'InternetGateways')


class RouteTable(TaggedResource):
    cf_resource_type = 'AWS::EC2::RouteTable'
    creates = ('CreateRouteTable', 'RouteTable', 'RouteTableId')
    deletes = ('DeleteRouteTable', 'RouteTableId')
    reads = ('DescribeRouteTables', 'RouteTableIds', 'RouteTables')


class GatewayAttachment(Ec2Resource):
    cf_resource_type = 'AWS::EC2::VPCGatewayAttachment'

    def create(self, properties: Properties) -> None:
        self.call('AttachInternetGateway', properties)
        self.physical_resource_id = f'IGW|{properties["VpcId"]}'

    def delete(self) -> None:
        self.call('DetachInternetGateway', self.properties)


class RouteTableAssociation(Ec2Resource):
    cf_resource_type = 'AWS::EC2::SubnetRouteTableAssociation'
    creates = ('AssociateRouteTable', 'AssociationId')
    deletes = ('DisassociateRouteTable', 'AssociationId')


class Route(Ec2Resource):
    cf_resource_type = 'AWS::EC2::Route'

    def create(self, properties: Properties) -> None:
        self.call('CreateRoute', properties)
        self.physical_resource_id = f'{properties["RouteTableId"]}|{properties["DestinationCidrBlock"]}'
        self.attributes = {'CidrBlock': properties['DestinationCidrBlock']}

    def update(self, properties: Properties, old: Properties) -> None:
        self.call('ReplaceRoute', properties)

    def delete(self) -> None:
        self.call('DeleteRoute', only(self.properties, 'RouteTableId', 'DestinationCidrBlock'))


class VpcEndpoint(Ec2Resource):
    cf_resource_type = 'AWS::EC2::VPCEndpoint'
    creates = ('CreateVpcEndpoint', 'VpcEndpoint', 'VpcEndpointId')
    deletes = ('DeleteVpcEndpoints', 'VpcEndpointIds')
