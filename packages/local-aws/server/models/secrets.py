"""Secrets and their attachments to databases."""

import json

from ..api import Properties, Refused, call, only
from ..cloudformation.resource import Resource


class Secret(Resource):
    cf_resource_type = 'AWS::SecretsManager::Secret'
    service = 'secretsmanager'
    name_property = 'Name'
    reads = ('DescribeSecret', 'SecretId', None)
    tags = ('TagResource', 'UntagResource', 'SecretId')

    def create(self, properties: Properties) -> None:
        plain = ('Description', 'KmsKeyId', 'Tags')
        self.known(properties, *plain, 'Name', 'SecretString', 'GenerateSecretString')
        wanted = only(properties, *plain)
        answer = self.call('CreateSecret', wanted, Name=self.name(), SecretString=self._content(properties))
        self.physical_resource_id = answer['ARN']
        self.attributes = {'Id': answer['ARN']}

    def update(self, properties: Properties, old: Properties) -> None:
        wanted = {'Description': properties.get('Description', '')}
        contents = ('SecretString', 'GenerateSecretString')
        # A generated value stays until its settings change: a new password would break the database's clients.
        if any(properties.get(key) != old.get(key) for key in contents):
            wanted['SecretString'] = self._content(properties)
        self.call('UpdateSecret', wanted, SecretId=self.physical_resource_id)

    def _content(self, properties: Properties) -> str:
        if 'SecretString' in properties:
            return properties['SecretString']
        settings = dict(properties.get('GenerateSecretString', {}))
        template, key = settings.pop('SecretStringTemplate', None), settings.pop('GenerateStringKey', None)
        password = self.call('GetRandomPassword', settings)['RandomPassword']
        return json.dumps({**json.loads(template), key: password}) if template and key else password

    def delete(self) -> None:
        self.call('DeleteSecret', SecretId=self.physical_resource_id, ForceDeleteWithoutRecovery=True)


class SecretTargetAttachment(Resource):
    """Writes the database's endpoint into the secret of its password."""

    cf_resource_type = 'AWS::SecretsManager::SecretTargetAttachment'
    service = 'secretsmanager'
    written = ('engine', 'host', 'port', 'dbname', 'dbInstanceIdentifier')

    def create(self, properties: Properties) -> None:
        self.physical_resource_id = properties['SecretId']
        self.update(properties, {})

    def update(self, properties: Properties, old: Properties) -> None:
        if properties['TargetType'] != 'AWS::RDS::DBInstance':
            raise Refused(f'no model of the target type {properties["TargetType"]}')
        found = call('rds', self.region, 'DescribeDBInstances', {'DBInstanceIdentifier': properties['TargetId']})
        instance = found['DBInstances'][0]
        self._write(
            {
                'engine': instance['Engine'],
                'host': instance['Endpoint']['Address'],
                'port': instance['Endpoint']['Port'],
                'dbname': instance.get('DBName'),
                'dbInstanceIdentifier': instance['DBInstanceIdentifier'],
            }
        )

    def _write(self, target: Properties) -> None:
        secret = json.loads(self.call('GetSecretValue', SecretId=self.physical_resource_id)['SecretString'])
        kept = {key: value for key, value in secret.items() if key not in self.written}
        content = {**kept, **{key: value for key, value in target.items() if value is not None}}
        self.call('PutSecretValue', SecretId=self.physical_resource_id, SecretString=json.dumps(content))

    def delete(self) -> None:
        self._write({})
