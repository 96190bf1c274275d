"""Custom resources, created by their own functions."""

import uuid

from ..api import Properties, Refused, each_scalar, text_of
from ..cloudformation.resource import Resource
from ..runtime.functions import respond


class CustomResource(Resource):
    cf_resource_type = 'AWS::CloudFormation::CustomResource'

    def must_replace(self, properties: Properties) -> bool:
        return False

    def create(self, properties: Properties) -> None:
        self._request('Create', properties)

    def update(self, properties: Properties, old: Properties) -> None:
        before = self.physical_resource_id
        self._request('Update', properties, OldResourceProperties=_as_texts(old))
        if self.physical_resource_id != before:
            # A new id means a replacement: CloudFormation deletes the old resource.
            self._request('Delete', old, PhysicalResourceId=before)

    def delete(self) -> None:
        self._request('Delete', self.properties)

    def _request(self, kind: str, properties: Properties, **extra: object) -> None:
        event = {
            'RequestType': kind,
            'RequestId': str(uuid.uuid4()),
            'StackId': self.stack.stack_id,
            'LogicalResourceId': self.logical_resource_id,
            'ResourceType': self.cf_resource_type,
            'ServiceToken': properties['ServiceToken'],
            'ResourceProperties': _as_texts(properties),
            **({} if kind == 'Create' else {'PhysicalResourceId': self.physical_resource_id}),
            **extra,
        }
        answer = respond(self.region, properties['ServiceToken'], event)
        if answer['Status'] != 'SUCCESS':
            status, reason = answer['Status'], answer.get('Reason')
            raise Refused(f'Received response status [{status}] from custom resource. Message returned: {reason}')
        if kind != 'Delete':
            self.physical_resource_id = answer['PhysicalResourceId']
            self.attributes = answer.get('Data') or {}


def _as_texts(value: object) -> object:
    """CloudFormation passes every scalar as a string."""
    return each_scalar(value, text_of)
