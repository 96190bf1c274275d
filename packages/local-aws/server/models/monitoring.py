"""Alarms, dashboards, topics, event rules."""

from ..api import Properties, Refused
from ..cloudformation.resource import Resource


class Alarm(Resource):
    cf_resource_type = 'AWS::CloudWatch::Alarm'
    service = 'cloudwatch'
    name_property = 'AlarmName'
    name_limit = 255
    creates = ('PutMetricAlarm',)
    updates = 'PutMetricAlarm'
    key = 'AlarmName'
    deletes = ('DeleteAlarms', 'AlarmNames')
    reads = ('DescribeAlarms', 'AlarmNames', 'MetricAlarms')
    tags = ('TagResource', 'UntagResource', 'ResourceARN')

    def create(self, properties: Properties) -> None:
        name = properties.get('AlarmName')
        # PutMetricAlarm would overwrite an existing alarm.
        if name and self.call('DescribeAlarms', AlarmNames=[name])['MetricAlarms']:
            raise Refused(f'{name} already exists')
        super().create(properties)
        arn = f'arn:aws:cloudwatch:{self.region}:{self.account_id}:alarm:{self.physical_resource_id}'
        self.attributes = {'Arn': arn}


class Dashboard(Resource):
    cf_resource_type = 'AWS::CloudWatch::Dashboard'
    service = 'cloudwatch'
    name_property = key = 'DashboardName'
    creates = ('PutDashboard',)
    updates = 'PutDashboard'
    deletes = ('DeleteDashboards', 'DashboardNames')
    reads = ('GetDashboard', 'DashboardName', None)
    tags = ('TagResource', 'UntagResource', 'ResourceARN')

    def tags_id(self) -> str:
        return f'arn:aws:cloudwatch::{self.account_id}:dashboard/{self.physical_resource_id}'


class Topic(Resource):
    cf_resource_type = 'AWS::SNS::Topic'
    service = 'sns'
    name_property = 'TopicName'
    reads = ('GetTopicAttributes', 'TopicArn', 'Attributes')
    settings = ('DisplayName', 'KmsMasterKeyId', 'SignatureVersion', 'TracingConfig')
    deletes = ('DeleteTopic', 'TopicArn')
    tags = ('TagResource', 'UntagResource', 'ResourceArn')

    def create(self, properties: Properties) -> None:
        self.known(properties, *self.settings, 'TopicName', 'Tags')
        answer = self.call('CreateTopic', Name=self.name(), Tags=properties.get('Tags', []))
        self.physical_resource_id = answer['TopicArn']
        self.attributes = {**answer, 'TopicName': self.physical_resource_id.split(':')[-1]}
        self.update(properties, {})

    def update(self, properties: Properties, old: Properties) -> None:
        for name in self.settings:
            if properties.get(name) != old.get(name):
                change = {'AttributeName': name, 'AttributeValue': properties.get(name, '')}
                self.call('SetTopicAttributes', change, TopicArn=self.physical_resource_id)

    def read(self) -> Properties:
        return {**super().read(), 'TopicName': self.attributes['TopicName']}


class Subscription(Resource):
    cf_resource_type = 'AWS::SNS::Subscription'
    service = 'sns'
    creates = ('Subscribe', 'SubscriptionArn')
    deletes = ('Unsubscribe', 'SubscriptionArn')
    reads = ('GetSubscriptionAttributes', 'SubscriptionArn', 'Attributes')


class TopicPolicy(Resource):
    cf_resource_type = 'AWS::SNS::TopicPolicy'
    service = 'sns'

    def create(self, properties: Properties) -> None:
        self.physical_resource_id = self.name()
        self.attributes = {'Id': self.physical_resource_id}
        self.update(properties, {})

    def update(self, properties: Properties, old: Properties) -> None:
        change = {'AttributeName': 'Policy', 'AttributeValue': properties['PolicyDocument']}
        for topic in properties['Topics']:
            self.call('SetTopicAttributes', change, TopicArn=topic)


class Rule(Resource):
    cf_resource_type = 'AWS::Events::Rule'
    service = 'events'
    name_property = key = 'Name'
    creates = ('PutRule',)
    updates = 'PutRule'
    set_apart = ('Targets',)
    tags = ('TagResource', 'UntagResource', 'ResourceARN')

    def set_rest(self, properties: Properties, old: Properties) -> None:
        kept = {target['Id'] for target in properties.get('Targets', [])}
        self._remove([target['Id'] for target in old.get('Targets', []) if target['Id'] not in kept])
        functions = [target for target in properties.get('Targets', []) if ':function:' in str(target['Arn'])]
        if functions and 'ScheduleExpression' not in properties and self.fallback:
            # No event reaches a function here.
            self.fallback.list_ignored(f'{self.cf_resource_type}.Targets')
        if kept:
            self.call('PutTargets', Rule=self.physical_resource_id, Targets=properties['Targets'])

    def read(self) -> Properties:
        targets = self.call('ListTargetsByRule', Rule=self.physical_resource_id)['Targets']
        return {**self.call('DescribeRule', Name=self.physical_resource_id), 'Targets': targets}

    def _remove(self, ids: list[str]) -> None:
        if ids:
            self.call('RemoveTargets', Rule=self.physical_resource_id, Ids=ids)

    def delete(self) -> None:
        self._remove([target['Id'] for target in self.properties.get('Targets', [])])
        self.call('DeleteRule', Name=self.physical_resource_id)
