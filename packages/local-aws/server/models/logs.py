"""Log groups."""

from ..api import Properties
from ..cloudformation.resource import Resource


class LogGroup(Resource):
    cf_resource_type = 'AWS::Logs::LogGroup'
    service = 'logs'
    name_property = 'LogGroupName'
    creates = ('CreateLogGroup',)
    set_apart = ('RetentionInDays',)
    deletes = ('DeleteLogGroup', 'LogGroupName')
    tags = ('TagResource', 'UntagResource', 'ResourceArn')

    def create(self, properties: Properties) -> None:
        super().create(properties)
        self._identify(self.physical_resource_id)

    def find(self) -> bool:
        name = self.name()
        self._identify(name)
        return self.read() is not None

    def _identify(self, name: str) -> None:
        self.physical_resource_id = name
        self.attributes = {'Arn': f'arn:aws:logs:{self.region}:{self.account_id}:log-group:{name}:*'}

    def tags_id(self) -> str:
        return self.attributes['Arn'].removesuffix(':*')

    def update(self, properties: Properties, old: Properties) -> None:
        self.set_rest(properties, old)

    def set_rest(self, properties: Properties, old: Properties) -> None:
        name = self.physical_resource_id
        if 'RetentionInDays' in properties:
            self.call('PutRetentionPolicy', LogGroupName=name, RetentionInDays=properties['RetentionInDays'])
        elif 'RetentionInDays' in old:
            self.call('DeleteRetentionPolicy', LogGroupName=name)

    def read(self) -> Properties | None:
        groups = self.call('DescribeLogGroups', LogGroupNamePrefix=self.physical_resource_id)['logGroups']
        return next((group for group in groups if group['logGroupName'] == self.physical_resource_id), None)
