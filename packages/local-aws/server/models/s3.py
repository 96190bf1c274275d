"""Buckets and their policies."""

import re
from typing import Any

from ..api import Properties, client
from ..cloudformation.resource import Resource

RENAMED = {
    'Id': 'ID',
    'ServerSideEncryptionByDefault': 'ApplyServerSideEncryptionByDefault',
    'ExposedHeaders': 'ExposeHeaders',
    'MaxAge': 'MaxAgeSeconds',
}


def _api(value: Any) -> Any:
    """CloudFormation's names within a bucket's settings as those of the API."""
    if isinstance(value, list):
        return [_api(item) for item in value]
    if isinstance(value, dict):
        return {RENAMED.get(key, key): _api(item) for key, item in value.items()}
    return value


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
    """Takes the conditions out of a rule: the API wants one alone, or several under `And`."""
    names = ('Prefix', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan')
    conditions = {name: rule.pop(name) for name in names if name in rule}
    return {'And': conditions} if len(conditions) > 1 else conditions or {'Prefix': ''}


def _template(value: Any) -> Any:
    """The API's names within a bucket's settings as CloudFormation's."""
    if isinstance(value, list):
        return [_template(item) for item in value]
    if isinstance(value, dict):
        names = {theirs: ours for ours, theirs in RENAMED.items()}
        return {names.get(key, key): _template(item) for key, item in value.items()}
    return value


def _read_back(name: str, answer: Properties | None) -> Any:
    """The setting of a bucket that an operation has answered with, as the template has it."""
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
    """A rule of the life cycle with its conditions beside it, where CloudFormation has them."""
    conditions = {**rule.get('Filter', {}), **rule.get('Filter', {}).get('And', {})}
    expiration = rule.get('Expiration', {})
    days = {'ExpirationInDays': expiration['Days']} if 'Days' in expiration else {}
    return _template({**conditions, **rule, **expiration, **days})


def empty_bucket(region: str, bucket: str) -> None:
    """Deletes every object, version and delete marker."""
    s3 = client('s3', region)
    for page in s3.get_paginator('list_object_versions').paginate(Bucket=bucket):
        keys = [
            {'Key': item['Key'], 'VersionId': item['VersionId']}
            for item in [*page.get('Versions', []), *page.get('DeleteMarkers', [])]
        ]
        if keys:
            s3.delete_objects(Bucket=bucket, Delete={'Objects': keys})


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
        # It stays when the template drops it (measured in go-to-k/cdkd 1466).
        'PublicAccessBlockConfiguration': ('PutPublicAccessBlock', 'PublicAccessBlockConfiguration', ''),
        'Tags': ('PutBucketTagging', 'Tagging', 'DeleteBucketTagging'),
        'VersioningConfiguration': ('PutBucketVersioning', 'VersioningConfiguration', ''),
    }

    def create(self, properties: Properties) -> None:
        self.known(properties, *self.settings, 'BucketName')
        name = self.name().lower()
        # S3 refuses the name of its first region.
        place = {} if self.region == 'us-east-1' else {'CreateBucketConfiguration': {'LocationConstraint': self.region}}
        self.call('CreateBucket', place, Bucket=name)
        self._is(name)
        self.update(properties, {})

    def find(self) -> bool:
        self.call('GetBucketLocation', Bucket=self.name())
        self._is(self.name())
        return True

    def _is(self, name: str) -> None:
        self.physical_resource_id = name
        self.attributes = {
            'Arn': f'arn:aws:s3:::{name}',
            'DomainName': f'{name}.s3.amazonaws.com',
            'RegionalDomainName': f'{name}.s3.{self.region}.amazonaws.com',
        }

    def update(self, properties: Properties, old: Properties) -> None:
        for name, (put, argument, unset) in self.settings.items():
            if name in properties and properties[name] != old.get(name):
                self.call(put, {argument: self._setting(name, properties[name])}, Bucket=self.physical_resource_id)
            elif name in old and name not in properties and unset:
                self.call(unset, Bucket=self.physical_resource_id)
            elif name in old and name not in properties and name == 'VersioningConfiguration':
                # A bucket that had versions never goes back to one without.
                self.call(put, VersioningConfiguration={'Status': 'Suspended'}, Bucket=self.physical_resource_id)

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
