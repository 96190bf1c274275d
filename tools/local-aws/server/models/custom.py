"""The CDK's own custom resources: what their functions do, done here, since no function runs."""

import json
import re
from typing import Any

from botocore.exceptions import ClientError

from .. import rights
from ..api import Properties, Refused, call, client
from ..cloudformation.resource import Resource
from ..cloudformation.schema import value_at
from .functions import note_call
from .s3 import empty_bucket

#: the JavaScript SDK's names where Python's differ
SERVICES = {
    'cloudwatch-logs': 'logs',
    'cloudwatchlogs': 'logs',
    'elastic-load-balancing-v2': 'elbv2',
    'eventbridge': 'events',
    'secrets-manager': 'secretsmanager',
}
BOOLEANS = {'TRUE:BOOLEAN': True, 'FALSE:BOOLEAN': False}


def _prefix(api: str, region: str) -> str:
    """What a service is called in a policy."""
    name = client(api, region).meta.service_model.signing_name
    return {'monitoring': 'cloudwatch'}.get(name, name)


def _object_of(parameters: Properties) -> str | None:
    """The object of S3 that a call is about, if it is about one."""
    return f'arn:aws:s3:::{parameters["Bucket"]}/{parameters["Key"]}' if {'Bucket', 'Key'} <= parameters.keys() else None


class CustomResource(Resource):
    """A custom resource is updated in place whatever changes."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        if 'ServiceToken' in self.properties:
            note_call(self.properties['ServiceToken'])

    def must_replace(self, properties: Properties) -> bool:
        return False

    def require(self, action: str, resource: str | None = None) -> None:
        """Refuses while the role of the resource's function has been given this right too short a time ago."""
        if 'ServiceToken' not in self.properties:
            return
        name = self.properties['ServiceToken']
        function = call('lambda', self.region, 'GetFunctionConfiguration', {'FunctionName': name})
        role = function['Role'].split('/')[-1]
        if rights.is_too_early(self.account_id, role, action, resource):
            session = f'arn:aws:sts::{self.account_id}:assumed-role/{role}/{function["FunctionName"]}'
            raise Refused(
                'Received response status [FAILED] from custom resource. Message returned: AccessDenied: '
                f'User: {session} is not authorized to perform: {action} on resource: {resource or "*"} '
                f'because no identity-based policy allows the {action} action'
            )


class AwsCall(CustomResource):
    """`AwsCustomResource`: the calls of the SDK that the template describes."""

    cf_resource_type = 'Custom::AWS'

    def create(self, properties: Properties) -> None:
        self.physical_resource_id = self.logical_resource_id
        self._run('Create', properties)

    def update(self, properties: Properties, old: Properties) -> None:
        self._run('Update', properties)

    def delete(self) -> None:
        self._run('Delete', self.properties)

    def _run(self, request: str, properties: Properties) -> None:
        if request not in properties:
            return
        described = self._decode(json.loads(properties[request]))
        service = described['service'].removeprefix('@aws-sdk/client-').lower()
        action = described['action'].removesuffix('Command')
        region = described.get('region', self.region)
        parameters = described.get('parameters', {})
        api = SERVICES.get(service, service)
        operation = action[0].upper() + action[1:]
        self.require(f'{_prefix(api, region)}:{operation}', _object_of(parameters))
        answer: Properties = {}
        try:
            answer = call(api, region, operation, parameters)
        except ClientError as error:
            # JavaScript's SDK calls `InvalidInput` an `InvalidInputException`.
            code = error.response['Error']['Code']
            pattern = described.get('ignoreErrorCodesMatching')
            if not pattern or not any(re.search(pattern, name) for name in (code, f'{code}Exception')):
                raise
        self.attributes = {**self.attributes, **answer}
        identity = described.get('physicalResourceId', {})
        found = identity.get('id') or value_at(answer, tuple(identity.get('responsePath', '').split('.')))
        if found and request != 'Delete':
            self.physical_resource_id = str(found)

    def _decode(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._decode(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._decode(item) for item in value]
        if value == 'PHYSICAL:RESOURCEID:':
            return self.physical_resource_id
        return BOOLEANS.get(value, value) if isinstance(value, str) else value


class AutoDeleteObjects(CustomResource):
    cf_resource_type = 'Custom::S3AutoDeleteObjects'

    def create(self, properties: Properties) -> None:
        self.physical_resource_id = self.name()

    def update(self, properties: Properties, old: Properties) -> None:
        if properties['BucketName'] != old['BucketName']:
            self._empty(old['BucketName'])

    def delete(self) -> None:
        self._empty(self.properties['BucketName'])

    def _empty(self, bucket: str) -> None:
        tags = client('s3', self.region).get_bucket_tagging(Bucket=bucket)['TagSet']
        # Without the tag the bucket is to be kept: the function does nothing then, and so do we.
        if {'Key': 'aws-cdk:auto-delete-objects', 'Value': 'true'} in tags:
            empty_bucket(self.region, bucket)


class RestrictDefaultSecurityGroup(CustomResource):
    """Takes the rules of a VPC's default security group away, and gives them back on deletion."""

    cf_resource_type = 'Custom::VpcRestrictDefaultSG'
    service = 'ec2'

    def create(self, properties: Properties) -> None:
        self.physical_resource_id = self.name()
        self._change('Revoke', properties)

    def update(self, properties: Properties, old: Properties) -> None:
        if properties['DefaultSecurityGroupId'] != old['DefaultSecurityGroupId']:
            self._change('Authorize', old)
            self._change('Revoke', properties)

    def delete(self) -> None:
        self._change('Authorize', self.properties)

    def _change(self, verb: str, properties: Properties) -> None:
        group = properties['DefaultSecurityGroupId']
        peers = {
            'Ingress': {'UserIdGroupPairs': [{'GroupId': group}]},
            'Egress': {'IpRanges': [{'CidrIp': '0.0.0.0/0'}]},
        }
        for direction, peer in peers.items():
            self.require(f'ec2:{verb}SecurityGroup{direction}')
            permission = [{'IpProtocol': '-1', **peer}]
            try:
                self.call(f'{verb}SecurityGroup{direction}', GroupId=group, IpPermissions=permission)
            except ClientError as error:
                # The rule may be gone, or there, already.
                if error.response['Error']['Code'] not in (
                    'InvalidPermission.NotFound',
                    'InvalidPermission.Duplicate',
                ):
                    raise
