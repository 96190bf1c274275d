"""Functions. moto's own model keeps them where its API does not look as long as no function runs."""

from botocore.exceptions import ClientError

from .. import rights
from ..api import Properties, call
from ..cloudformation.resource import AFTERMATH, Resource

#: the names of the functions that have run, and so have logged
_called: set[str] = set()


def note_call(name_or_arn: str) -> None:
    """Notes that a function has run."""
    _called.add(name_or_arn.split(':')[-1])


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
        group = self.properties.get('LoggingConfig', {}).get('LogGroup', f'/aws/lambda/{self.physical_resource_id}')
        arn = f'arn:aws:logs:{self.region}:{self.account_id}:log-group:{group}'
        policies = rights.policies_of(self.account_id, self.properties['Role'].split('/')[-1])
        makes_groups = any(rights.allows(document, 'logs:CreateLogGroup', arn) for _, document in policies)
        self.call('DeleteFunction', FunctionName=self.physical_resource_id)
        if self.physical_resource_id in _called and makes_groups:
            AFTERMATH.append(lambda: self._log_late(group))

    def _log_late(self, group: str) -> None:
        """A function's last lines arrive when it, and maybe its log group, are gone, and make the group anew."""
        try:
            call('logs', self.region, 'CreateLogGroup', {'logGroupName': group})
        except ClientError as error:
            if error.response['Error']['Code'] != 'ResourceAlreadyExistsException':
                raise
