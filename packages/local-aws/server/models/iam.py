"""Roles, policies and identity providers."""

from ..api import Properties, only
from ..cloudformation.resource import Resource


class Role(Resource):
    cf_resource_type = 'AWS::IAM::Role'
    service = 'iam'
    name_property = key = 'RoleName'
    creates = ('CreateRole', 'Role', 'RoleName')
    set_apart = ('Policies', 'ManagedPolicyArns')
    tags = ('TagRole', 'UntagRole', 'RoleName')

    def update(self, properties: Properties, old: Properties) -> None:
        self.own('UpdateAssumeRolePolicy', PolicyDocument=properties['AssumeRolePolicyDocument'])
        self.own('UpdateRole', only(properties, 'Description', 'MaxSessionDuration'))
        self.set_rest(properties, old)

    def set_rest(self, properties: Properties, old: Properties) -> None:
        arns = properties.get('ManagedPolicyArns', [])
        for arn in set(old.get('ManagedPolicyArns', [])) - set(arns):
            self.own('DetachRolePolicy', PolicyArn=arn)
        for arn in arns:
            self.own('AttachRolePolicy', PolicyArn=arn)
        named = {policy['PolicyName']: policy['PolicyDocument'] for policy in properties.get('Policies', [])}
        for policy in old.get('Policies', []):
            if policy['PolicyName'] not in named:
                self.own('DeleteRolePolicy', PolicyName=policy['PolicyName'])
        for name, document in named.items():
            self.own('PutRolePolicy', PolicyName=name, PolicyDocument=document)

    def read(self) -> Properties:
        attached = self.own('ListAttachedRolePolicies')['AttachedPolicies']
        # AWS ignores inline policies that the template does not name.
        wanted = [policy['PolicyName'] for policy in self.properties.get('Policies', [])]
        held = [each for each in self.own('ListRolePolicies')['PolicyNames'] if each in wanted]
        return {
            **self.own('GetRole')['Role'],
            'ManagedPolicyArns': [policy['PolicyArn'] for policy in attached],
            'Policies': [self.own('GetRolePolicy', PolicyName=each) for each in held],
        }

    def delete(self) -> None:
        self.set_rest({}, self.properties)
        self.own('DeleteRole')


class Policy(Resource):
    """Inline policy of each role that it names."""

    cf_resource_type = 'AWS::IAM::Policy'
    service = 'iam'
    name_property = 'PolicyName'

    def create(self, properties: Properties) -> None:
        self.known(properties, 'PolicyName', 'PolicyDocument', 'Roles')
        self.physical_resource_id = self.name()
        self.attributes = {'Id': self.name()}
        self.update(properties, {})

    def update(self, properties: Properties, old: Properties) -> None:
        name, roles = properties['PolicyName'], properties['Roles']
        for role in roles:
            self.call('PutRolePolicy', RoleName=role, PolicyName=name, PolicyDocument=properties['PolicyDocument'])
        is_renamed = name != old.get('PolicyName', name)
        self._remove(old, [role for role in old.get('Roles', []) if is_renamed or role not in roles])
        self.physical_resource_id = name

    def _remove(self, properties: Properties, roles: list[str]) -> None:
        for role in roles:
            self.call('DeleteRolePolicy', RoleName=role, PolicyName=properties['PolicyName'])

    def delete(self) -> None:
        self._remove(self.properties, self.properties['Roles'])


class ManagedPolicy(Resource):
    cf_resource_type = 'AWS::IAM::ManagedPolicy'
    service = 'iam'
    name_property = 'ManagedPolicyName'

    def create(self, properties: Properties) -> None:
        plain = ('Description', 'Path', 'PolicyDocument', 'Tags')
        self.known(properties, *plain, 'ManagedPolicyName', 'Roles')
        policy = self.call('CreatePolicy', only(properties, *plain), PolicyName=self.name())['Policy']
        self.physical_resource_id = policy['Arn']
        self.attributes = {'PolicyArn': policy['Arn'], **policy}
        for role in properties.get('Roles', []):
            self.call('AttachRolePolicy', RoleName=role, PolicyArn=policy['Arn'])

    def delete(self) -> None:
        for role in self.properties.get('Roles', []):
            self.call('DetachRolePolicy', RoleName=role, PolicyArn=self.physical_resource_id)
        self.call('DeletePolicy', PolicyArn=self.physical_resource_id)


class OidcProvider(Resource):
    cf_resource_type = 'AWS::IAM::OIDCProvider'
    service = 'iam'
    creates = ('CreateOpenIDConnectProvider', 'OpenIDConnectProviderArn')
    deletes = ('DeleteOpenIDConnectProvider', 'OpenIDConnectProviderArn')
