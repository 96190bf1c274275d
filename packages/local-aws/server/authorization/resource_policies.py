"""Policies of resources, which count beside those of the caller."""

import json
from typing import Any

from moto.iam.models import iam_backends
from moto.kms.models import kms_backends
from moto.s3.models import s3_backends
from moto.secretsmanager.models import secretsmanager_backends
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends

from .evaluation import Statement, statements_in

#: services whose resources deny what their own policy does not allow: keys, and roles that are assumed
REQUIRED = ('kms', 'sts')
#: service → its backends, and their resources
RESOURCES: dict[str, tuple[Any, str]] = {
    'kms': (kms_backends, 'keys'),
    's3': (s3_backends, 'buckets'),
    'secretsmanager': (secretsmanager_backends, 'secrets'),
    'sns': (sns_backends, 'topics'),
    'sqs': (sqs_backends, 'queues'),
    'sts': (iam_backends, 'roles'),
}


def statements_of(action: str, arn: str, account: str) -> list[Statement]:
    service = action.split(':')[0]
    if service not in RESOURCES or arn == '*':
        return []
    backends, resources = RESOURCES[service]
    region = arn.split(':')[3] or 'aws'
    # An object has the policy of its bucket.
    own = arn.split('/')[0] if service == 's3' else arn
    for resource in list(getattr(backends[account][region], resources).values()):
        if own == (resource.queue_arn if service == 'sqs' else resource.arn):
            document = resource.assume_role_policy_document if service == 'sts' else resource.policy
            return statements_in(document if isinstance(document, dict) else json.loads(document or '{}'))
    return []
