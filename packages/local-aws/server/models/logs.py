"""Log groups."""

from ..api import Properties, without
from ..cloudformation.resource import Resource


class LogGroup(Resource):
    cf_resource_type = 'AWS::Logs::LogGroup'
    service = 'logs'
    name_property = 'LogGroupName'
    deletes = ('DeleteLogGroup', 'LogGroupName')

    def create(self, properties: Properties) -> None:
        wanted = without(properties, 'RetentionInDays', 'Tags')
        name = self.name()
        self.call('CreateLogGroup', wanted, LogGroupName=name, Tags=properties.get('Tags', []))
        self._identify(name)
        self.update(properties, {})

    def find(self) -> bool:
        name = self.name()
        self._identify(name)
        return self.read() is not None

    def _identify(self, name: str) -> None:
        self.physical_resource_id = name
        self.attributes = {'Arn': f'arn:aws:logs:{self.region}:{self.account_id}:log-group:{name}:*'}

    def update(self, properties: Properties, old: Properties) -> None:
        name = self.physical_resource_id
        if 'RetentionInDays' in properties:
            self.call('PutRetentionPolicy', LogGroupName=name, RetentionInDays=properties['RetentionInDays'])
        elif 'RetentionInDays' in old:
            self.call('DeleteRetentionPolicy', LogGroupName=name)

    def read(self) -> Properties | None:
        groups = self.call('DescribeLogGroups', LogGroupNamePrefix=self.physical_resource_id)['logGroups']
        return next((group for group in groups if group['logGroupName'] == self.physical_resource_id), None)
