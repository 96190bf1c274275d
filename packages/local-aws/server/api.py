"""Calls to this server's services, with CloudFormation's spelling converted to the API's."""

import json
import os
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import boto3
from botocore import xform_name
from botocore.config import Config

from . import connections

Properties = dict[str, Any]
#: is called with an operation and a property that no parameter of it takes
OnUnknown = Callable[[str, str], None]


class Refused(Exception):
    """AWS would refuse this, or the server has no model of it. The message goes to the stack's events."""


@lru_cache
def client(service: str, region: str, key: str = 'local', secret: str = 'local', token: str | None = None) -> Any:
    """Returns a client of this server, of an administrator by default, whose requests take no connection.

    Those of a role's session take one, as a client's do: faults and AWS's pace reach them.
    """
    made = boto3.client(
        service,
        region_name=region,
        endpoint_url=os.environ['LOCAL_AWS_ENDPOINT'],
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        aws_session_token=token,
        config=Config(retries={'max_attempts': 1}),
    )
    if token is None:
        made.meta.events.register('before-send', connections.answer_here)
    return made


def without(properties: Properties, *names: str) -> Properties:
    return {key: value for key, value in properties.items() if key not in names}


def only(properties: Properties, *names: str) -> Properties:
    return {name: properties[name] for name in names if name in properties}


def refuse_unknown(path: str, name: str) -> None:
    """Fails rather than losing a property silently."""
    raise Refused(f'{path} has no parameter for the property {name}')


def call(
    service: str, region: str, operation: str, properties: Properties, on_unknown: OnUnknown = refuse_unknown
) -> Properties:
    """Calls `operation`; the names, types and tags in `properties` may be CloudFormation's."""
    return call_by(client(service, region), operation, properties, on_unknown)


def call_by(api: Any, operation: str, properties: Properties, on_unknown: OnUnknown = refuse_unknown) -> Properties:
    shape = api.meta.service_model.operation_model(operation).input_shape
    return getattr(api, xform_name(operation))(**(_convert(shape, properties, operation, on_unknown) if shape else {}))


def _convert(shape: Any, value: Any, path: str, on_unknown: OnUnknown) -> Any:
    kind = shape.type_name
    if kind == 'structure':
        return _structure(shape, value, path, on_unknown)
    if kind == 'list':
        pairs = [{'Key': key, 'Value': item} for key, item in value.items()] if isinstance(value, dict) else value
        items = pairs if isinstance(pairs, list) else [pairs]
        return [_convert(shape.member, item, f'{path}[]', on_unknown) for item in items]
    if kind == 'map':
        is_tags = isinstance(value, list)
        entries = {tag['Key']: tag['Value'] for tag in value} if is_tags else value
        return {key: _convert(shape.value, item, f'{path}.{key}', on_unknown) for key, item in entries.items()}
    if kind in ('integer', 'long'):
        return int(value)
    if kind in ('float', 'double'):
        return float(value)
    if kind == 'boolean':
        return is_true(value)
    if kind == 'string':
        return json.dumps(value) if isinstance(value, (dict, list)) else text_of(value)
    return value


def is_true(value: Any) -> bool:
    return str(value).lower() == 'true'


def each_scalar(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, dict):
        return {key: each_scalar(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [each_scalar(item, change) for item in value]
    return change(value)


def text_of(value: Any) -> str:
    """CloudFormation's string of a scalar."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _structure(shape: Any, value: Properties, path: str, on_unknown: OnUnknown) -> Properties:
    # CloudFormation writes `CapacityProvider` where ECS and Batch write `capacityProvider`.
    members = {name.lower(): name for name in shape.members}
    result = {}
    for key, item in value.items():
        name = members.get(key.lower())
        if name is None:
            on_unknown(path, key)
        else:
            result[name] = _convert(shape.members[name], item, f'{path}.{name}', on_unknown)
    return result
