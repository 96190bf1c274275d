"""Types that create nothing."""

from ..api import Properties
from ..cloudformation.resource import Resource


class CdkMetadata(Resource):
    cf_resource_type = 'AWS::CDK::Metadata'

    def create(self, properties: Properties) -> None:
        self.physical_resource_id = self.name()

    def update(self, properties: Properties, old: Properties) -> None:
        return
