"""Functions. moto's own model stores them where its API does not find them."""

import io
import zipfile

from botocore.exceptions import ClientError

from .. import rights
from ..api import Properties, call, without
from ..cloudformation.resource import AFTER_OPERATION, Resource
from ..runtime.functions import has_run


def _as_archive(properties: Properties) -> Properties:
    """Packs an inline source, as CloudFormation does, into a file for the function's runtime."""
    code = properties['Code']
    if 'ZipFile' not in code:
        return code
    name = 'index.py' if str(properties.get('Runtime')).startswith('python') else 'index.js'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, 'w') as archive:
        archive.writestr(name, code['ZipFile'])
    return {'ZipFile': packed.getvalue()}


class Function(Resource):
    cf_resource_type = 'AWS::Lambda::Function'
    service = 'lambda'
    name_property = key = 'FunctionName'
    #: AWS does not return the code, and moto loses the log group
    unread = ('Tags', 'Code', 'LoggingConfig')
    creates = ('CreateFunction', 'FunctionName')
    reads = ('GetFunctionConfiguration', 'FunctionName', None)
    tags = ('TagResource', 'UntagResource', 'Resource')

    def create(self, properties: Properties) -> None:
        super().create({**properties, 'Code': _as_archive(properties)})

    def update(self, properties: Properties, old: Properties) -> None:
        if properties['Code'] != old['Code']:
            self.own('UpdateFunctionCode', _as_archive(properties))
        self.own('UpdateFunctionConfiguration', without(properties, 'Code', 'Tags', 'Architectures'))

    def delete(self) -> None:
        group = self.properties.get('LoggingConfig', {}).get('LogGroup', f'/aws/lambda/{self.physical_resource_id}')
        arn = f'arn:aws:logs:{self.region}:{self.account_id}:log-group:{group}'
        role = self.properties['Role'].split('/')[-1]
        makes_groups = rights.permits(self.account_id, role, 'logs:CreateLogGroup', arn)
        self.own('DeleteFunction')
        if has_run(self.physical_resource_id) and makes_groups:
            AFTER_OPERATION.append(lambda: self._log_late(group))

    def _log_late(self, group: str) -> None:
        """A deleted function's last lines arrive late, and recreate its deleted log group."""
        try:
            call('logs', self.region, 'CreateLogGroup', {'logGroupName': group})
        except ClientError as error:
            if error.response['Error']['Code'] != 'ResourceAlreadyExistsException':
                raise


class Permission(Resource):
    cf_resource_type = 'AWS::Lambda::Permission'
    service = 'lambda'

    def create(self, properties: Properties) -> None:
        name = self.name()
        self.call('AddPermission', properties, StatementId=name)
        self.physical_resource_id = self.attributes['Id'] = name

    def delete(self) -> None:
        self.call('RemovePermission', FunctionName=self.properties['FunctionName'], StatementId=self.physical_resource_id)


class EventSourceMapping(Resource):
    cf_resource_type = 'AWS::Lambda::EventSourceMapping'
    service = 'lambda'
    key = 'UUID'
    creates = ('CreateEventSourceMapping', 'UUID')
    updates = 'UpdateEventSourceMapping'
    deletes = ('DeleteEventSourceMapping', 'UUID')
