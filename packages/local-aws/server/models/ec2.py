"""Networks: VPC, subnets, routes, gateways."""

from typing import Any

from ..api import Properties, without
from ..cloudformation.resource import Resource


class Ec2Resource(Resource):
    """Base of EC2's types: tags by id."""

    service = 'ec2'
    updates_tags = True
    unread = ()

    def tag(self, properties: Properties) -> None:
        """Sets the tags of the template."""
        if properties.get('Tags'):
            self.call('CreateTags', Resources=[self.physical_resource_id], Tags=properties['Tags'])

    def retag(self, properties: Properties, old: Properties) -> None:
        """Deletes tags that the template no longer has, and sets the rest."""
        removed = [{'Key': key} for key in self.removed_tags(properties, old)]
        if removed:
            self.call('DeleteTags', Resources=[self.physical_resource_id], Tags=removed)
        self.tag(properties)

    def modify(self, operation: str, properties: Properties, *names: str, **extra: Any) -> None:
        """Calls an operation that changes one attribute at a time."""
        for name in names:
            if name in properties:
                self.call(operation, {name: {'Value': properties[name]}}, **extra)


class Vpc(Ec2Resource):
    cf_resource_type = 'AWS::EC2::VPC'
    dns = ('EnableDnsSupport', 'EnableDnsHostnames')

    def create(self, properties: Properties) -> None:
        vpc = self.call('CreateVpc', without(properties, 'Tags', *self.dns))['Vpc']
        self.physical_resource_id = vpc['VpcId']
        here = {'Name': 'vpc-id', 'Values': [vpc['VpcId']]}
        default = {'Name': 'group-name', 'Values': ['default']}
        groups = self.call('DescribeSecurityGroups', Filters=[here, default])['SecurityGroups']
        acls = self.call('DescribeNetworkAcls', Filters=[here])['NetworkAcls']
        self.attributes = {
            'VpcId': vpc['VpcId'],
            'CidrBlock': vpc['CidrBlock'],
            'DefaultSecurityGroup': groups[0]['GroupId'],
            'DefaultNetworkAcl': acls[0]['NetworkAclId'],
        }
        self.update(properties, {})

    def update(self, properties: Properties, old: Properties) -> None:
        self.modify('ModifyVpcAttribute', properties, *self.dns, VpcId=self.physical_resource_id)
        self.retag(properties, old)

    def read(self) -> Properties:
        vpc_id = self.physical_resource_id
        attributes = {
            name: self.call('DescribeVpcAttribute', VpcId=vpc_id, Attribute=name[:1].lower() + name[1:])[name]['Value']
            for name in self.dns
        }
        return {**self.call('DescribeVpcs', VpcIds=[vpc_id])['Vpcs'][0], **attributes}

    def delete(self) -> None:
        self.call('DeleteVpc', VpcId=self.physical_resource_id)


class Subnet(Ec2Resource):
    cf_resource_type = 'AWS::EC2::Subnet'

    def create(self, properties: Properties) -> None:
        wanted = without(properties, 'Tags', 'MapPublicIpOnLaunch')
        subnet = self.call('CreateSubnet', wanted)['Subnet']
        self.physical_resource_id = subnet['SubnetId']
        self.attributes = {**subnet, 'NetworkAclAssociationId': ''}
        self.update(properties, {})

    def update(self, properties: Properties, old: Properties) -> None:
        self.modify('ModifySubnetAttribute', properties, 'MapPublicIpOnLaunch', SubnetId=self.physical_resource_id)
        self.retag(properties, old)

    def read(self) -> Properties:
        return self.call('DescribeSubnets', SubnetIds=[self.physical_resource_id])['Subnets'][0]

    def delete(self) -> None:
        self.call('DeleteSubnet', SubnetId=self.physical_resource_id)


class InternetGateway(Ec2Resource):
    cf_resource_type = 'AWS::EC2::InternetGateway'

    def create(self, properties: Properties) -> None:
        self.physical_resource_id = self.call('CreateInternetGateway')['InternetGateway']['InternetGatewayId']
        self.attributes = {'InternetGatewayId': self.physical_resource_id}
        self.tag(properties)

    def update(self, properties: Properties, old: Properties) -> None:
        self.retag(properties, old)

    def read(self) -> Properties:
        ids = [self.physical_resource_id]
        return self.call('DescribeInternetGateways', InternetGatewayIds=ids)['InternetGateways'][0]

    def delete(self) -> None:
        self.call('DeleteInternetGateway', InternetGatewayId=self.physical_resource_id)


class GatewayAttachment(Ec2Resource):
    cf_resource_type = 'AWS::EC2::VPCGatewayAttachment'

    def create(self, properties: Properties) -> None:
        self.call('AttachInternetGateway', properties)
        self.physical_resource_id = f'IGW|{properties["VpcId"]}'

    def delete(self) -> None:
        self.call('DetachInternetGateway', self.properties)


class RouteTable(Ec2Resource):
    cf_resource_type = 'AWS::EC2::RouteTable'

    def create(self, properties: Properties) -> None:
        table = self.call('CreateRouteTable', without(properties, 'Tags'))['RouteTable']
        self.physical_resource_id = table['RouteTableId']
        self.attributes = {'RouteTableId': table['RouteTableId']}
        self.tag(properties)

    def update(self, properties: Properties, old: Properties) -> None:
        self.retag(properties, old)

    def read(self) -> Properties:
        return self.call('DescribeRouteTables', RouteTableIds=[self.physical_resource_id])['RouteTables'][0]

    def delete(self) -> None:
        self.call('DeleteRouteTable', RouteTableId=self.physical_resource_id)


class RouteTableAssociation(Ec2Resource):
    cf_resource_type = 'AWS::EC2::SubnetRouteTableAssociation'

    def create(self, properties: Properties) -> None:
        self.physical_resource_id = self.call('AssociateRouteTable', properties)['AssociationId']
        self.attributes = {'Id': self.physical_resource_id}

    def delete(self) -> None:
        self.call('DisassociateRouteTable', AssociationId=self.physical_resource_id)


class Route(Ec2Resource):
    cf_resource_type = 'AWS::EC2::Route'

    def create(self, properties: Properties) -> None:
        self.call('CreateRoute', properties)
        self.physical_resource_id = f'{properties["RouteTableId"]}|{properties["DestinationCidrBlock"]}'
        self.attributes = {'CidrBlock': properties['DestinationCidrBlock']}

    def update(self, properties: Properties, old: Properties) -> None:
        self.call('ReplaceRoute', properties)

    def delete(self) -> None:
        keys = ('RouteTableId', 'DestinationCidrBlock')
        self.call('DeleteRoute', {key: self.properties[key] for key in keys})


class VpcEndpoint(Ec2Resource):
    cf_resource_type = 'AWS::EC2::VPCEndpoint'

    def create(self, properties: Properties) -> None:
        endpoint = self.call('CreateVpcEndpoint', without(properties, 'Tags'))['VpcEndpoint']
        self.physical_resource_id = endpoint['VpcEndpointId']
        self.attributes = {'Id': endpoint['VpcEndpointId']}
        self.tag(properties)

    def delete(self) -> None:
        self.call('DeleteVpcEndpoints', VpcEndpointIds=[self.physical_resource_id])
