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


class NamedResource(Ec2Resource):
    """Type whose operations and id are named after it."""

    noun: str

    def create(self, properties: Properties) -> None:
        self.attributes = self.call(f'Create{self.noun}', without(properties, 'Tags', *self.set_apart))[self.noun]
        self.physical_resource_id = self.attributes[f'{self.noun}Id']
        self.update(properties, {})

    def update(self, properties: Properties, old: Properties) -> None:
        self.retag(properties, old)

    def read(self) -> Properties:
        ids = {f'{self.noun}Ids': [self.physical_resource_id]}
        return self.call(f'Describe{self.noun}s', ids)[f'{self.noun}s'][0]

    def delete(self) -> None:
        self.call(f'Delete{self.noun}', {f'{self.noun}Id': self.physical_resource_id})


class Vpc(NamedResource):
    cf_resource_type = 'AWS::EC2::VPC'
    noun = 'Vpc'
    set_apart = ('EnableDnsSupport', 'EnableDnsHostnames')

    def create(self, properties: Properties) -> None:
        super().create(properties)
        here = {'Name': 'vpc-id', 'Values': [self.physical_resource_id]}
        default = {'Name': 'group-name', 'Values': ['default']}
        groups = self.call('DescribeSecurityGroups', Filters=[here, default])['SecurityGroups']
        acls = self.call('DescribeNetworkAcls', Filters=[here])['NetworkAcls']
        self.attributes['DefaultSecurityGroup'] = groups[0]['GroupId']
        self.attributes['DefaultNetworkAcl'] = acls[0]['NetworkAclId']

    def update(self, properties: Properties, old: Properties) -> None:
        self.modify('ModifyVpcAttribute', properties, *self.set_apart, VpcId=self.physical_resource_id)
        self.retag(properties, old)

    def read(self) -> Properties:
        vpc_id = self.physical_resource_id
        attributes = {
            name: self.call('DescribeVpcAttribute', VpcId=vpc_id, Attribute=name[:1].lower() + name[1:])[name]['Value']
            for name in self.set_apart
        }
        return {**super().read(), **attributes}


class Subnet(NamedResource):
    cf_resource_type = 'AWS::EC2::Subnet'
    noun = 'Subnet'
    set_apart = ('MapPublicIpOnLaunch',)

    def create(self, properties: Properties) -> None:
        super().create(properties)
        self.attributes['NetworkAclAssociationId'] = ''

    def update(self, properties: Properties, old: Properties) -> None:
        self.modify('ModifySubnetAttribute', properties, *self.set_apart, SubnetId=self.physical_resource_id)
        self.retag(properties, old)


class InternetGateway(NamedResource):
    cf_resource_type = 'AWS::EC2::InternetGateway'
    noun = 'InternetGateway'


class RouteTable(NamedResource):
    cf_resource_type = 'AWS::EC2::RouteTable'
    noun = 'RouteTable'


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
        keys = ('RouteTableId', 'DestinationCidrBlock')
        self.call('DeleteRoute', {key: self.properties[key] for key in keys})


class VpcEndpoint(Ec2Resource):
    cf_resource_type = 'AWS::EC2::VPCEndpoint'
    creates = ('CreateVpcEndpoint', 'VpcEndpoint', 'VpcEndpointId')
    set_apart = ('Tags',)
    deletes = ('DeleteVpcEndpoints', 'VpcEndpointIds')

    def set_rest(self, properties: Properties, old: Properties) -> None:
        self.tag(properties)
