"""Distributions, and origins inside of a VPC."""

from ..api import Properties, Refused
from ..cloudformation.resource import Resource
from ..runtime import fronts

IN_USE = (
    'Invalid request provided: AWS::CloudFront::VpcOrigin: The specified VPC origin is currently associated with one or '
    'more distributions. Please disassociate the VPC origin from all distributions before updating or deleting'
)


class VpcOrigin(Resource):
    """A change of any kind, a tag's too, fails while a distribution has the origin (github.com/aws/aws-cdk/issues/35765)."""

    cf_resource_type = 'AWS::CloudFront::VpcOrigin'
    updates_tags = True

    def create(self, properties: Properties) -> None:
        self.physical_resource_id = self.name()
        arn = f'arn:aws:cloudfront::{self.account_id}:vpcorigin/{self.physical_resource_id}'
        self.attributes = {'Id': self.physical_resource_id, 'Arn': arn}
        self.update(properties, {})

    def update(self, properties: Properties, old: Properties) -> None:
        if not self.is_rollback:
            self._refuse_in_use()
        fronts.origins[self.physical_resource_id] = properties['VpcOriginEndpointConfig']['Arn']

    def delete(self) -> None:
        self._refuse_in_use()
        fronts.origins.pop(self.physical_resource_id, None)

    def _refuse_in_use(self) -> None:
        if fronts.uses(self.physical_resource_id):
            raise Refused(IN_USE)


class Distribution(Resource):
    """Distribution whose default behavior leads to a VPC origin. Nothing is cached, and plain HTTP is not redirected."""

    cf_resource_type = 'AWS::CloudFront::Distribution'
    updates_tags = True

    def create(self, properties: Properties) -> None:
        self.physical_resource_id = self.name()
        name = f'localhost:{fronts.port_of(self.physical_resource_id)}'
        self.attributes = {'Id': self.physical_resource_id, 'DomainName': name}
        self.update(properties, {})

    def update(self, properties: Properties, old: Properties) -> None:
        config = properties['DistributionConfig']
        wanted = config['DefaultCacheBehavior']['TargetOriginId']
        [origin] = [each for each in config['Origins'] if each['Id'] == wanted]
        if 'VpcOriginConfig' not in origin:
            raise Refused('no model of a distribution whose default origin is not in a VPC')
        fronts.open_front(self.physical_resource_id, origin['VpcOriginConfig']['VpcOriginId'])

    def delete(self) -> None:
        fronts.close_front(self.physical_resource_id)
