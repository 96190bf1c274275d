"""Image registries."""

from ..api import Properties
from ..cloudformation.resource import Resource


class Repository(Resource):
    cf_resource_type = 'AWS::ECR::Repository'
    service = 'ecr'
    name_property = key = 'RepositoryName'
    creates = ('CreateRepository', 'repository', 'repositoryName')
    set_apart = ('LifecyclePolicy', 'RepositoryPolicyText', 'EmptyOnDelete')
    reads = ('DescribeRepositories', 'RepositoryNames', 'repositories')
    tags = ('TagResource', 'UntagResource', 'ResourceArn')

    def name(self) -> str:
        return super().name().lower()

    def find(self) -> bool:
        self.physical_resource_id = self.name()
        self.attributes = super().read()
        return True

    def read(self) -> Properties:
        repository = super().read()
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
        self.set_rest(properties, old)

    def set_rest(self, properties: Properties, old: Properties) -> None:
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
