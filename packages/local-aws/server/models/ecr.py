"""Image registries."""

from ..api import Properties, without
from ..cloudformation.resource import Resource


class Repository(Resource):
    cf_resource_type = 'AWS::ECR::Repository'
    service = 'ecr'
    updates_tags = True
    name_property = key = 'RepositoryName'
    set_elsewhere = ('LifecyclePolicy', 'RepositoryPolicyText', 'EmptyOnDelete')

    def create(self, properties: Properties) -> None:
        wanted = without(properties, *self.set_elsewhere)
        self._identify(self.call('CreateRepository', wanted, RepositoryName=self.name().lower())['repository'])
        self._set_policies(properties, {})

    def find(self) -> bool:
        self._identify(self.call('DescribeRepositories', RepositoryNames=[self.name()])['repositories'][0])
        return True

    def _identify(self, repository: Properties) -> None:
        self.physical_resource_id = repository['repositoryName']
        self.attributes = {'Arn': repository['repositoryArn'], 'RepositoryUri': repository['repositoryUri']}

    def read(self) -> Properties:
        repository = self.call('DescribeRepositories', RepositoryNames=[self.physical_resource_id])['repositories'][0]
        texts = {
            'LifecyclePolicy': ('GetLifecyclePolicy', lambda it: {'LifecyclePolicyText': it['lifecyclePolicyText']}),
            'RepositoryPolicyText': ('GetRepositoryPolicy', lambda it: it['policyText']),
        }
        for name, (operation, part) in texts.items():
            if name in self.properties:
                repository[name] = self.unless_gone(lambda: part(self.own(operation)))
        return repository

    def update(self, properties: Properties, old: Properties) -> None:
        if 'ImageTagMutability' in properties:
            self.own('PutImageTagMutability', ImageTagMutability=properties['ImageTagMutability'])
        if 'ImageScanningConfiguration' in properties:
            configuration = properties['ImageScanningConfiguration']
            self.own('PutImageScanningConfiguration', ImageScanningConfiguration=configuration)
        removed = self.removed_tags(properties, old)
        self.call('UntagResource', ResourceArn=self.attributes['Arn'], TagKeys=removed)
        self.call('TagResource', ResourceArn=self.attributes['Arn'], Tags=properties.get('Tags', []))
        self._set_policies(properties, old)

    def _set_policies(self, properties: Properties, old: Properties) -> None:
        lifecycle = properties.get('LifecyclePolicy', {}).get('LifecyclePolicyText')
        if lifecycle:
            self.own('PutLifecyclePolicy', LifecyclePolicyText=lifecycle)
        elif old.get('LifecyclePolicy'):
            self.own('DeleteLifecyclePolicy')
        if properties.get('RepositoryPolicyText'):
            self.own('SetRepositoryPolicy', PolicyText=properties['RepositoryPolicyText'])
        elif old.get('RepositoryPolicyText'):
            self.own('DeleteRepositoryPolicy')

    def delete(self) -> None:
        self.own('DeleteRepository', Force=bool(self.properties.get('EmptyOnDelete')))
