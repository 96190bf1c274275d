"""Functions. moto's own model keeps them where its API does not look as long as no function runs."""

import io
import zipfile

from ..api import Properties
from ..cloudformation.resource import Resource


def _as_archive(code: Properties) -> Properties:
    """CloudFormation packs a source that stands in the template itself."""
    if 'ZipFile' not in code:
        return code
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, 'w') as archive:
        archive.writestr('index.js', code['ZipFile'])
    return {'ZipFile': packed.getvalue()}


class Function(Resource):
    cf_resource_type = 'AWS::Lambda::Function'
    service = 'lambda'
    name_property = 'FunctionName'

    def create(self, properties: Properties) -> None:
        wanted = {**properties, 'Code': _as_archive(properties['Code'])}
        answer = self.call('CreateFunction', wanted, FunctionName=self.name())
        self.physical_resource_id = answer['FunctionName']
        self.attributes = {'Arn': answer['FunctionArn']}

    def update(self, properties: Properties, old: Properties) -> None:
        if properties['Code'] != old['Code']:
            self._own('UpdateFunctionCode', _as_archive(properties['Code']))
        apart = ('Code', 'Tags', 'Architectures')
        self._own('UpdateFunctionConfiguration', {key: value for key, value in properties.items() if key not in apart})

    def _own(self, operation: str, properties: Properties) -> None:
        self.call(operation, properties, FunctionName=self.physical_resource_id)

    def delete(self) -> None:
        self.call('DeleteFunction', FunctionName=self.physical_resource_id)
