"""Functions. moto's own model keeps them where its API does not look as long as no function runs."""

from ..api import Properties
from ..cloudformation.resource import Resource


class Function(Resource):
    cf_resource_type = 'AWS::Lambda::Function'
    service = 'lambda'
    name_property = 'FunctionName'

    def create(self, properties: Properties) -> None:
        answer = self.call('CreateFunction', properties, FunctionName=self.name())
        self.physical_resource_id = answer['FunctionName']
        self.attributes = {'Arn': answer['FunctionArn']}

    def update(self, properties: Properties, old: Properties) -> None:
        if properties['Code'] != old['Code']:
            self._own('UpdateFunctionCode', properties['Code'])
        apart = ('Code', 'Tags', 'Architectures')
        self._own('UpdateFunctionConfiguration', {key: value for key, value in properties.items() if key not in apart})

    def _own(self, operation: str, properties: Properties) -> None:
        self.call(operation, properties, FunctionName=self.physical_resource_id)

    def delete(self) -> None:
        self.call('DeleteFunction', FunctionName=self.physical_resource_id)
