"""Firewalls. The load balancers apply nothing of them."""

from ..api import Properties, each_scalar, without
from ..cloudformation.resource import Resource


class WebAcl(Resource):
    cf_resource_type = 'AWS::WAFv2::WebACL'
    service = 'wafv2'
    name_property = 'Name'
    name_limit = 128
    tags = ('TagResource', 'UntagResource', 'ResourceARN')

    def create(self, properties: Properties) -> None:
        summary = self.call('CreateWebACL', properties, Name=self.name())['Summary']
        self._identify(summary)

    def _identify(self, summary: Properties) -> None:
        """The physical id has the three parts by which the API finds a web ACL."""
        self.attributes = {'Arn': summary['ARN'], 'Id': summary['Id']}
        self.physical_resource_id = '|'.join((summary['Name'], summary['Id'], self.properties['Scope']))

    def _key(self) -> Properties:
        name, identifier, scope = self.physical_resource_id.split('|')
        return {'Name': name, 'Id': identifier, 'Scope': scope}

    def update(self, properties: Properties, old: Properties) -> None:
        lock = self.call('GetWebACL', self._key())['LockToken']
        self.call('UpdateWebACL', {**without(properties, 'Tags'), **self._key()}, LockToken=lock)

    def delete(self) -> None:
        lock = self.call('GetWebACL', self._key())['LockToken']
        self.call('DeleteWebACL', self._key(), LockToken=lock)

    def read(self) -> Properties:
        # The service does not return the scope; CloudFormation's handler adds it.
        web_acl = self.call('GetWebACL', self._key())['WebACL']
        # Search strings are bytes in the API, and texts in CloudFormation.
        texts = each_scalar(web_acl, lambda value: value.decode() if isinstance(value, bytes) else value)
        return {**texts, 'Scope': self._key()['Scope']}


class WebAclAssociation(Resource):
    cf_resource_type = 'AWS::WAFv2::WebACLAssociation'
    service = 'wafv2'

    def create(self, properties: Properties) -> None:
        self.call('AssociateWebACL', properties)
        self.physical_resource_id = f'{properties["ResourceArn"]}|{properties["WebACLArn"]}'

    def delete(self) -> None:
        self.call('DisassociateWebACL', ResourceArn=self.properties['ResourceArn'])


class LoggingConfiguration(Resource):
    cf_resource_type = 'AWS::WAFv2::LoggingConfiguration'
    service = 'wafv2'

    def create(self, properties: Properties) -> None:
        self.update(properties, {})
        self.physical_resource_id = properties['ResourceArn']

    def update(self, properties: Properties, old: Properties) -> None:
        self.call('PutLoggingConfiguration', LoggingConfiguration=properties)

    def delete(self) -> None:
        self.call('DeleteLoggingConfiguration', ResourceArn=self.physical_resource_id)
