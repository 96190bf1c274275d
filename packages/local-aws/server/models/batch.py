"""Batch: compute environments, job queues, job definitions."""

from ..api import Properties, Refused, without
from ..cloudformation.resource import Resource
from ..cloudformation.schema import value_at


class ComputeEnvironment(Resource):
    cf_resource_type = 'AWS::Batch::ComputeEnvironment'
    service = 'batch'
    name_property = 'ComputeEnvironmentName'
    set_elsewhere = ('ReplaceComputeEnvironment', 'UpdatePolicy')
    reads = ('DescribeComputeEnvironments', 'ComputeEnvironments', 'computeEnvironments')

    def create(self, properties: Properties) -> None:
        if properties.get('UpdatePolicy') == {}:
            raise Refused('UpdatePolicy must not be empty: AWS refuses it')
        wanted = without(properties, *self.set_elsewhere)
        # Templates may say `managed`; the API answers in capitals.
        wanted['Type'] = wanted['Type'].upper()
        answer = self.call('CreateComputeEnvironment', wanted, ComputeEnvironmentName=self.name())
        self.physical_resource_id = answer['computeEnvironmentArn']
        self.attributes = {'ComputeEnvironmentArn': self.physical_resource_id}

    def update(self, properties: Properties, old: Properties) -> None:
        wanted = {key: properties[key] for key in ('State', 'ServiceRole') if key in properties}
        resources = without(properties['ComputeResources'], 'Type')
        self.call(
            'UpdateComputeEnvironment', wanted, ComputeResources=resources, ComputeEnvironment=self.physical_resource_id
        )

    def delete(self) -> None:
        self.call('UpdateComputeEnvironment', ComputeEnvironment=self.physical_resource_id, State='DISABLED')
        self.call('DeleteComputeEnvironment', ComputeEnvironment=self.physical_resource_id)


class JobQueue(Resource):
    cf_resource_type = 'AWS::Batch::JobQueue'
    service = 'batch'
    name_property = 'JobQueueName'

    def create(self, properties: Properties) -> None:
        self.physical_resource_id = self.call('CreateJobQueue', properties, JobQueueName=self.name())['jobQueueArn']
        self.attributes = {'JobQueueArn': self.physical_resource_id}

    def update(self, properties: Properties, old: Properties) -> None:
        wanted = without(properties, 'JobQueueName', 'JobQueueType', 'Tags')
        self.call('UpdateJobQueue', wanted, JobQueue=self.physical_resource_id)

    def delete(self) -> None:
        self.call('UpdateJobQueue', JobQueue=self.physical_resource_id, State='DISABLED')
        self.call('DeleteJobQueue', JobQueue=self.physical_resource_id)


class JobDefinition(Resource):
    """Every change registers a new revision; the old one is deregistered unless the template keeps it."""

    cf_resource_type = 'AWS::Batch::JobDefinition'
    service = 'batch'
    name_property = 'JobDefinitionName'
    # AWS documents kept revisions for updates only: assume that they also stay after a deletion.
    deletes = ('DeregisterJobDefinition', 'JobDefinition')

    def create(self, properties: Properties) -> None:
        wanted = {**without(properties, 'ResourceRetentionPolicy'), 'JobDefinitionName': self.name()}
        wanted['Type'] = wanted['Type'].lower()
        if 'Timeout' in wanted:
            wanted['Timeout'] = {'AttemptDurationSeconds': wanted['Timeout']['AttemptDurationSeconds']}
        self.physical_resource_id = self.call('RegisterJobDefinition', wanted)['jobDefinitionArn']
        self.attributes = {'JobDefinitionArn': self.physical_resource_id}

    def update(self, properties: Properties, old: Properties) -> None:
        previous = self.physical_resource_id
        self.create(properties)
        if not value_at(properties, ('ResourceRetentionPolicy', 'SkipDeregisterOnUpdate')):
            self.call('DeregisterJobDefinition', JobDefinition=previous)
