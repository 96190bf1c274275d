"""Security groups and their rules, within the group or as resources of their own."""

from typing import Any

from ..api import Properties, Refused, only, without
from .ec2 import Ec2Resource

PEERS = {
    'CidrIp': ('IpRanges', 'CidrIp'),
    'CidrIpv6': ('Ipv6Ranges', 'CidrIpv6'),
    'SourceSecurityGroupId': ('UserIdGroupPairs', 'GroupId'),
    'DestinationSecurityGroupId': ('UserIdGroupPairs', 'GroupId'),
    'SourcePrefixListId': ('PrefixListIds', 'PrefixListId'),
    'DestinationPrefixListId': ('PrefixListIds', 'PrefixListId'),
}
KNOWN = {*PEERS, 'GroupId', 'IpProtocol', 'FromPort', 'ToPort', 'Description', 'SourceSecurityGroupOwnerId'}


def permission_of(rule: Properties) -> Properties:
    unknown = rule.keys() - KNOWN
    if unknown:
        raise Refused(f'no model of {sorted(unknown)} in a security group rule')
    permission: Properties = {'IpProtocol': str(rule['IpProtocol']), **only(rule, 'FromPort', 'ToPort')}
    for name, (kind, key) in PEERS.items():
        if name in rule:
            permission[kind] = [{key: rule[name], **only(rule, 'Description')}]
    return permission


def flat_rules(permissions: list[Properties], side: str, others: list[Properties]) -> list[Properties]:
    """EC2's nested permissions as CloudFormation's flat rules, without those of other resources."""
    rules = []
    for permission in permissions:
        plain = only(permission, 'IpProtocol', 'FromPort', 'ToPort')
        for name, (kind, key) in PEERS.items():
            if not name.startswith(('Cidr', side)):
                continue
            for peer in permission.get(kind, []):
                rule = {**plain, name: peer[key], **only(peer, 'Description')}
                if permission_of(rule) not in others:
                    rules.append(rule)
    return rules


class SecurityGroup(Ec2Resource):
    cf_resource_type = 'AWS::EC2::SecurityGroup'
    name_property = 'GroupName'
    rules = whole = ('SecurityGroupIngress', 'SecurityGroupEgress')
    deletes = ('DeleteSecurityGroup', 'GroupId')

    def create(self, properties: Properties) -> None:
        wanted = without(properties, 'Tags', 'GroupDescription', *self.rules)
        answer = self.call(
            'CreateSecurityGroup', wanted, GroupName=self.name(), Description=properties['GroupDescription']
        )
        self.physical_resource_id = answer['GroupId']
        self.attributes = {'GroupId': answer['GroupId'], 'Id': answer['GroupId'], 'VpcId': properties.get('VpcId')}
        if properties.get('SecurityGroupEgress'):
            # EC2 allows all egress by default; CloudFormation revokes that if the template has egress rules.
            self.change('RevokeSecurityGroupEgress', [{'IpProtocol': '-1', 'CidrIp': '0.0.0.0/0'}])
        self.update(properties, {})

    def update(self, properties: Properties, old: Properties) -> None:
        for name in self.rules:
            direction = name.removeprefix('SecurityGroup')
            was, now = old.get(name, []), properties.get(name, [])
            self.change(f'RevokeSecurityGroup{direction}', [rule for rule in was if rule not in now])
            self.change(f'AuthorizeSecurityGroup{direction}', [rule for rule in now if rule not in was])
        self.set_rest(properties, old)

    def change(self, operation: str, rules: list[Properties]) -> None:
        if rules:
            permissions = [permission_of(rule) for rule in rules]
            self.call(operation, GroupId=self.physical_resource_id, IpPermissions=permissions)

    def read(self) -> Properties:
        group = self.call('DescribeSecurityGroups', GroupIds=[self.physical_resource_id])['SecurityGroups'][0]
        # Drift of a separate rule belongs to the rule's own resource.
        others = [
            permission_of(without(rule.properties, 'GroupId'))
            for rule in map(self.stack.resource_map.live, self.stack.resource_map.resources)
            if isinstance(rule, SecurityGroupRule) and rule.properties['GroupId'] == self.physical_resource_id
        ]
        return {
            **group,
            'GroupDescription': group['Description'],
            'SecurityGroupIngress': flat_rules(group['IpPermissions'], 'Source', others),
            'SecurityGroupEgress': flat_rules(group['IpPermissionsEgress'], 'Destination', others),
        }


class SecurityGroupRule(Ec2Resource):
    """Rule as a separate resource, for example because two groups name each other."""

    direction: str

    def create(self, properties: Properties) -> None:
        answer = self.change('Authorize', properties)
        self.physical_resource_id = answer['SecurityGroupRules'][0]['SecurityGroupRuleId']
        self.attributes = {'Id': self.physical_resource_id}

    def change(self, verb: str, properties: Properties) -> Any:
        return self.call(
            f'{verb}SecurityGroup{self.direction}',
            GroupId=properties['GroupId'],
            IpPermissions=[permission_of(properties)],
        )

    def delete(self) -> None:
        self.change('Revoke', self.properties)


class SecurityGroupIngress(SecurityGroupRule):
    cf_resource_type = 'AWS::EC2::SecurityGroupIngress'
    direction = 'Ingress'


class SecurityGroupEgress(SecurityGroupRule):
    cf_resource_type = 'AWS::EC2::SecurityGroupEgress'
    direction = 'Egress'
