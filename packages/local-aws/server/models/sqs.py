"""Queues and their policies."""

import json

from ..api import Properties
from ..cloudformation.resource import Resource


class Queue(Resource):
    cf_resource_type = 'AWS::SQS::Queue'
    service = 'sqs'
    name_property = 'QueueName'
    name_limit = 80
    key = 'QueueUrl'
    deletes = ('DeleteQueue', 'QueueUrl')
    tags = ('TagQueue', 'UntagQueue', 'QueueUrl')

    def create(self, properties: Properties) -> None:
        name, tags = self.name(), properties.get('Tags', [])
        answer = self.call('CreateQueue', QueueName=name, Attributes=self._attributes_of(properties), Tags=tags)
        self.physical_resource_id = answer['QueueUrl']
        self.attributes = {
            'Arn': f'arn:aws:sqs:{self.region}:{self.account_id}:{name}',
            'QueueName': name,
            'QueueUrl': self.physical_resource_id,
        }

    def update(self, properties: Properties, old: Properties) -> None:
        self.own('SetQueueAttributes', Attributes=self._attributes_of(properties))

    @staticmethod
    def _attributes_of(properties: Properties) -> dict[str, str]:
        """SQS takes each attribute as a text, named as CloudFormation's property."""
        attributes = {key: value for key, value in properties.items() if key not in ('QueueName', 'Tags')}
        return {key: value if isinstance(value, str) else json.dumps(value) for key, value in attributes.items()}


class QueuePolicy(Resource):
    cf_resource_type = 'AWS::SQS::QueuePolicy'
    service = 'sqs'

    def create(self, properties: Properties) -> None:
        self.physical_resource_id = self.name()
        self.attributes = {'Id': self.physical_resource_id}
        self.update(properties, {})

    def update(self, properties: Properties, old: Properties) -> None:
        for queue in old.get('Queues', []):
            if queue not in properties['Queues']:
                self._set_policy(queue, '')
        for queue in properties['Queues']:
            self._set_policy(queue, json.dumps(properties['PolicyDocument']))

    def delete(self) -> None:
        for queue in self.properties['Queues']:
            self._set_policy(queue, '')

    def _set_policy(self, queue: str, policy: str) -> None:
        self.call('SetQueueAttributes', QueueUrl=queue, Attributes={'Policy': policy})
