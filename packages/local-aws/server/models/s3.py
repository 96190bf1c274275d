"""Buckets and their policies."""

import re
from typing import Any

from ..api import Properties
from ..cloudformation.resource import Resource

RENAMED = {
    'Id': 'ID',
    'ServerSideEncryptionByDefault': 'ApplyServerSideEncryptionByDefault',
    'ExposedHeaders': 'ExposeHeaders',
    'MaxAge': 'MaxAgeSeconds',
}


def _renamed(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_renamed(item, names) for item in value]
    if isinstance(value, dict):
        return {names.get(key, key): _renamed(item, names) for key, item in value.items()}
    return value


def _api(value: Any) -> Any:
    return _renamed(value, RENAMED)


def _lifecycle(configuration: Properties) -> Properties:
    rules = []
    for source in configuration['Rules']:
        rule = dict(source)
        expiration = {
            name: rule.pop(key)
            for key, name in (('ExpirationInDays', 'Days'), ('ExpiredObjectDeleteMarker', 'ExpiredObjectDeleteMarker'))
            if key in rule
        }
        if expiration:
            rule['Expiration'] = expiration
        rule['Filter'] = _filter(rule)
        rules.append(_api(rule))
    return {'Rules': rules}


def _filter(rule: Properties) -> Properties:
    """Moves a rule's conditions to a filter: the API takes one alone, or several under `And`."""
    names = ('Prefix', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan')
    conditions = {name: rule.pop(name) for name in names if name in rule}
    return {'And': conditions} if len(conditions) > 1 else conditions or {'Prefix': ''}


def _template(value: Any) -> Any:
    return _renamed(value, {theirs: ours for ours, theirs in RENAMED.items()})


def _read_back(name: str, answer: Properties | None) -> Any:
    """Setting from the API's answer in the template's form."""
    if answer is None:
        return None
    if name == 'LifecycleConfiguration':
        return {'Rules': [_rule(rule) for rule in answer['Rules']]}
    if name == 'BucketEncryption':
        return {'ServerSideEncryptionConfiguration': _template(answer['ServerSideEncryptionConfiguration']['Rules'])}
    if name == 'LoggingConfiguration':
        target = answer.get('LoggingEnabled', {})
        return {'DestinationBucketName': target.get('TargetBucket'), 'LogFilePrefix': target.get('TargetPrefix')}
    return _template(answer.get(name, answer))


def _rule(rule: Properties) -> Properties:
    """Lifecycle rule with its conditions at the top level, as CloudFormation's drift detection reads it.

    It does not read `ExpiredObjectDeleteMarker`, and reports it as removed (cloudformation-coverage-roadmap 965).
    """
    conditions = {**rule.get('Filter', {}), **rule.get('Filter', {}).get('And', {})}
    expiration = rule.get('Expiration', {})
    days = {'ExpirationInDays': expiration['Days']} if 'Days' in expiration else {}
    return _template({**conditions, **rule, **days})


class Bucket(Resource):
    cf_resource_type = 'AWS::S3::Bucket'
    service = 's3'
    updates_tags = True
    name_property = 'BucketName'
    name_limit = 63
    #: property → (operation to set, its argument, operation to unset)
    settings = {
        'AccessControl': ('PutBucketAcl', 'ACL', ''),
        'BucketEncryption': ('PutBucketEncryption', 'ServerSideEncryptionConfiguration', 'DeleteBucketEncryption'),
        'CorsConfiguration': ('PutBucketCors', 'CORSConfiguration', 'DeleteBucketCors'),
        'LifecycleConfiguration': (
            'PutBucketLifecycleConfiguration',
            'LifecycleConfiguration',
            'DeleteBucketLifecycle',
        ),
        'LoggingConfiguration': ('PutBucketLogging', 'BucketLoggingStatus', ''),
        'OwnershipControls': ('PutBucketOwnershipControls', 'OwnershipControls', 'DeleteBucketOwnershipControls'),
        # AWS keeps it when the template drops it (measured in go-to-k/cdkd 1466).
        'PublicAccessBlockConfiguration': ('PutPublicAccessBlock', 'PublicAccessBlockConfiguration', ''),
        'Tags': ('PutBucketTagging', 'Tagging', 'DeleteBucketTagging'),
        'VersioningConfiguration': ('PutBucketVersioning', 'VersioningConfiguration', ''),
    }

    def create(self, properties: Properties) -> None:
        self.known(properties, *self.settings, 'BucketName')
        name = self.name().lower()
        # S3 refuses us-east-1 as a location constraint.
        place = {} if self.region == 'us-east-1' else {'CreateBucketConfiguration': {'LocationConstraint': self.region}}
        self.call('CreateBucket', place, Bucket=name)
        self._identify(name)
        self.update(properties, {})

    def find(self) -> bool:
        self.call('GetBucketLocation', Bucket=self.name())
        self._identify(self.name())
        return True

    def _identify(self, name: str) -> None:
        self.physical_resource_id = name
        self.attributes = {
            'Arn': f'arn:aws:s3:::{name}',
            'DomainName': f'{name}.s3.amazonaws.com',
            'RegionalDomainName': f'{name}.s3.{self.region}.amazonaws.com',
        }

    def update(self, properties: Properties, old: Properties) -> None:
        here = {'Bucket': self.physical_resource_id}
        for name, (put, argument, unset) in self.settings.items():
            is_gone = name in old and name not in properties
            if name in properties and properties[name] != old.get(name):
                self.call(put, here, **{argument: self._setting(name, properties[name])})
            elif is_gone and unset:
                self.call(unset, here)
            elif is_gone and name == 'VersioningConfiguration':
                # Versioning can be suspended, never removed.
                self.call(put, here, VersioningConfiguration={'Status': 'Suspended'})

    @staticmethod
    def _setting(name: str, value: Any) -> Any:
        if name == 'LifecycleConfiguration':
            return _lifecycle(value)
        if name == 'BucketEncryption':
            return {'Rules': _api(value['ServerSideEncryptionConfiguration'])}
        if name == 'AccessControl':
            return re.sub(r'(?<!^)(?=[A-Z])', '-', value).lower()
        if name == 'LoggingConfiguration':
            bucket, prefix = value.get('DestinationBucketName'), value.get('LogFilePrefix', '')
            return {'LoggingEnabled': {'TargetBucket': bucket, 'TargetPrefix': prefix}}
        return {'TagSet': value} if name == 'Tags' else _api(value)

    def read(self) -> Properties:
        here = {'Bucket': self.physical_resource_id}
        self.call('GetBucketLocation', here)
        answers = {
            name: self.unless_gone(lambda: self.call(f'Get{put.removeprefix("Put")}', here))
            for name, (put, _, _) in self.settings.items()
            if name in self.properties and name not in self.unread
        }
        return {'BucketName': self.physical_resource_id, **{name: _read_back(name, it) for name, it in answers.items()}}

    def delete(self) -> None:
        self.call('DeleteBucket', Bucket=self.physical_resource_id)


class BucketPolicy(Resource):
    cf_resource_type = 'AWS::S3::BucketPolicy'
    service = 's3'

    def create(self, properties: Properties) -> None:
        self.physical_resource_id = properties['Bucket']
        self.update(properties, {})

    def update(self, properties: Properties, old: Properties) -> None:
        self.call('PutBucketPolicy', Bucket=properties['Bucket'], Policy=properties['PolicyDocument'])

    def delete(self) -> None:
        self.call('DeleteBucketPolicy', Bucket=self.properties['Bucket'])
