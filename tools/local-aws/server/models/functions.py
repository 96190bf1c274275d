"""Functions. moto's own model keeps them where its API does not look as long as no function runs."""

from ..api import Properties
from ..cloudformation.resource import Resource


class Function(Resource):
    cf_resource_type = 'AWS::Lambda::Function'
    service = 'lambda'
    updates_tags = True
    name_property = 'FunctionName'

    def create(self, properties: Properties) -> None:
        answer = self.call('CreateFunction', properties, FunctionName=self.name())
        self.physical_resource_id = answer['FunctionName']
        self.attributes = {'Arn': answer['FunctionArn']}

    def update(self, properties: Properties, old: Properties) -> None:
        if properties['Code'] != old['Code']:
            self._own('UpdateFunctionCode', properties['Code'])
        apart = ('Code', 'Tags', 'Architectures')
        self._own('UpdateFunctionConfiguration', {k: v for k, v in properties.items() if k not in apart})
        kept = {tag['Key'] for tag in properties.get('Tags', [])}
        gone = [tag['Key'] for tag in old.get('Tags', []) if tag['Key'] not in kept]
        self.call('UntagResource', Resource=self.attributes['Arn'], TagKeys=gone)
        self.call('TagResource', Resource=self.attributes['Arn'], Tags=properties.get('Tags', []))

    def _own(self, operation: str, properties: Properties) -> None:
        self.call(operation, properties, FunctionName=self.physical_resource_id)

    def delete(self) -> None:
        self.call('DeleteFunction', FunctionName=self.physical_resource_id)
