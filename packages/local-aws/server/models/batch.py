"""Batch: compute environments, job queues, job definitions."""

from ..api import Properties, Refused, only, without
from ..cloudformation.resource import Resource
from ..cloudformation.schema import value_at


class ComputeEnvironment(Resource):
    cf_resource_type = 'AWS::Batch::ComputeEnvironment'
    service = 'batch'
    name_property = 'ComputeEnvironmentName'
    set_apart = ('ReplaceComputeEnvironment', 'UpdatePolicy')
    creates = ('CreateComputeEnvironment', 'computeEnvironmentArn')
    key = 'ComputeEnvironment'
    reads = ('DescribeComputeEnvironments', 'ComputeEnvironments', 'computeEnvironments')

    def create(self, properties: Properties) -> None:
        if properties.get('UpdatePolicy') == {}:
            raise Refused('UpdatePolicy must not be empty: AWS refuses it')
        # Templates may say `managed`; the API answers in capitals.
        super().create({**properties, 'Type': properties['Type'].upper()})

    def update(self, properties: Properties, old: Properties) -> None:
        wanted = only(properties, 'State', 'ServiceRole')
        resources = without(properties['ComputeResources'], 'Type')
        self.own('UpdateComputeEnvironment', wanted, ComputeResources=resources)

    def delete(self) -> None:
        self.own('UpdateComputeEnvironment', State='DISABLED')
        self.own('DeleteComputeEnvironment')


class JobQueue(Resource):
    cf_resource_type = 'AWS::Batch::JobQueue'
    service = 'batch'
    name_property = 'JobQueueName'
    creates = ('CreateJobQueue', 'jobQueueArn')
    updates = 'UpdateJobQueue'
    key = 'JobQueue'

    def delete(self) -> None:
        self.own('UpdateJobQueue', State='DISABLED')
        self.own('DeleteJobQueue')


class JobDefinition(Resource):
    """Every change registers a new revision; the old one is deregistered unless the template keeps it."""

    cf_resource_type = 'AWS::Batch::JobDefinition'
    service = 'batch'
    updates_tags = True
    name_property = 'JobDefinitionName'
    # AWS documents kept revisions for updates only: assume that they also stay after a deletion.
    deletes = ('DeregisterJobDefinition', 'JobDefinition')
    creates = ('RegisterJobDefinition', 'jobDefinitionArn')
    set_apart = ('ResourceRetentionPolicy',)

    def create(self, properties: Properties) -> None:
        wanted = {**properties, 'Type': properties['Type'].lower()}
        if 'Timeout' in wanted:
            wanted['Timeout'] = {'AttemptDurationSeconds': wanted['Timeout']['AttemptDurationSeconds']}
        super().create(wanted)

    def update(self, properties: Properties, old: Properties) -> None:
        previous = self.physical_resource_id
        self.create(properties)
        if not value_at(properties, ('ResourceRetentionPolicy', 'SkipDeregisterOnUpdate')):
            self.call('DeregisterJobDefinition', JobDefinition=previous)
