"""Policies of resources, which count beside those of the caller."""

import json
from typing import Any

from moto.iam.models import iam_backends
from moto.kms.models import kms_backends
from moto.s3.models import s3_backends

from .evaluation import Statement, statements_in

#: services whose resources deny what their own policy does not allow: keys, and roles that are assumed
REQUIRED = ('kms', 'sts')


def statements_of(action: str, arn: str, account: str) -> list[Statement]:
    service = action.split(':')[0]
    parts = arn.split(':', 5)
    if service not in _READERS or len(parts) < 6:
        return []
    document = _READERS[service](account, parts[3], parts[5])
    return statements_in(json.loads(document) if isinstance(document, str) else document or {})


def _of_bucket(account: str, _: str, name: str) -> Any:
    bucket = s3_backends[account]['aws'].buckets.get(name.split('/')[0])
    return bucket.policy.decode() if bucket and isinstance(bucket.policy, bytes) else bucket and bucket.policy


def _of_key(account: str, region: str, name: str) -> Any:
    key = kms_backends[account][region].keys.get(name.removeprefix('key/'))
    return key and key.policy


def _of_role(account: str, _: str, name: str) -> Any:
    roles = iam_backends[account]['aws'].roles.values()
    return next((role.assume_role_policy_document for role in list(roles) if role.arn.endswith(f':{name}')), None)


_READERS = {
    'kms': _of_key,
    's3': _of_bucket,
    'sts': _of_role,
}
