"""Drift of one resource: the template's properties compared with the service's.

Sources, read on 2026-11-27: AWS's API reference of DetectStackResourceDrift and StackResourceDrift; the user guide's
"Detecting unmanaged configuration changes" for the states of a stack and what is compared.
"""

import copy
import json
from datetime import datetime, timezone
from typing import Any

from moto.cloudformation.exceptions import CloudFormationError, ValidationError
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.responses import ActionResult

from .. import clock, pace
from ..api import Properties, is_true, text_of
from ..patches import instead
from .resource import Resource
from .schema import schema_of
from .template import LocalResourceMap, resolve_dynamic

STATES = ('CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED')


def compares(resource: Resource) -> bool:
    """True for types with drift detection on AWS: their classes have `reads` or `read`."""
    return bool(resource.reads) or type(resource).read is not Resource.read


def drift_of(resource: Resource) -> Properties:
    expected = _compared(resource)
    answer = resource.unless_gone(resource.read)
    if answer is None:
        return {'StackResourceDriftStatus': 'DELETED', 'ExpectedProperties': json.dumps(expected)}
    actual = _spelled(expected, answer)
    actual.update({name: answer[name] for name in resource.whole if name in actual})
    found = list(_differences(expected, actual, ''))
    return {
        'StackResourceDriftStatus': 'MODIFIED' if found else 'IN_SYNC',
        'ExpectedProperties': json.dumps(expected),
        'ActualProperties': json.dumps(actual),
        'PropertyDifferences': found,
    }


def ignored_attributes(resource: Resource) -> list[Properties]:
    """Properties that a drift-aware change set compares with the last template only (user guide, "Using drift-aware change sets")."""
    secret = {name for name, value in resource.properties.items() if '{{resolve:secretsmanager' in json.dumps(value)}
    reasons = {
        **dict.fromkeys(_managed_by_aws(resource), 'MANAGED_BY_AWS'),
        **dict.fromkeys(_write_only(resource) & resource.properties.keys(), 'WRITE_ONLY_PROPERTY'),
        **dict.fromkeys(secret, 'SENSITIVE_PROPERTY'),
    }
    return [{'Path': f'/Properties/{name}', 'Reason': reason} for name, reason in sorted(reasons.items())]


def _managed_by_aws(resource: Resource) -> set[str]:
    """Properties that AWS changes by itself."""
    upgrades = is_true(resource.properties.get('AutoMinorVersionUpgrade', True))
    return {'EngineVersion'} if resource.cf_resource_type == 'AWS::RDS::DBInstance' and upgrades else set()


def _write_only(resource: Resource) -> set[str]:
    paths = schema_of(resource.cf_resource_type, resource.region).get('writeOnlyProperties', [])
    return {path.split('/')[2] for path in paths if path.count('/') == 2}


def carry_over(old: LocalResourceMap, target: LocalResourceMap, reverts: bool) -> None:
    """Copies a stack's resources to the map of its next template, with their actual properties if `reverts`."""
    for logical_id in old.resources:
        resource = old.live(logical_id)
        target.put(logical_id, _with_actual(resource) if reverts and compares(resource) else resource)


def _with_actual(resource: Resource) -> Resource | None:
    """Copy of the resource with its drifted properties; None if it was deleted."""
    drift = drift_of(resource)
    if drift['StackResourceDriftStatus'] == 'DELETED':
        return None
    actual = json.loads(drift['ActualProperties'])
    found = copy.copy(resource)
    drifted = {each['PropertyPath'].split('/')[1] for each in drift['PropertyDifferences']}
    for name in drifted - _managed_by_aws(resource):
        found.properties = {**found.properties, name: actual[name]} if name in actual else {
            key: value for key, value in found.properties.items() if key != name
        }
    return found


def _compared(resource: Resource) -> Properties:
    unread = {*resource.unread, *_write_only(resource)}
    kept = {name: value for name, value in resource.properties.items() if name not in unread}
    return resolve_dynamic(kept, resource.region)


def _spelled(expected: Any, actual: Any) -> Any:
    """Part of the service's answer that the template sets, in the template's spelling and types."""
    if isinstance(expected, str) and isinstance(actual, (dict, list)):
        return json.dumps(actual)
    if isinstance(expected, (dict, list)) and isinstance(actual, str) and actual[:1] in ('{', '['):
        actual = json.loads(actual)
    if isinstance(expected, dict) and isinstance(actual, dict):
        names = {key.lower(): key for key in actual}
        both = {key: names[key.lower()] for key in expected if key.lower() in names}
        return {key: _spelled(expected[key], actual[name]) for key, name in both.items() if actual[name] is not None}
    if isinstance(expected, list) and isinstance(actual, list):
        shape = _shape(expected)
        return [_spelled(shape, item) for item in actual]
    return text_of(actual) if isinstance(expected, str) else actual


def _shape(items: list[Any]) -> Any:
    """Union of the items' keys; None if the items differ in type."""
    kinds = {type(item) for item in items}
    if kinds == {dict}:
        keys = {key: [item[key] for item in items if key in item] for item in items for key in item}
        return {key: _shape(values) for key, values in keys.items()}
    if kinds == {list}:
        return [item for each in items for item in each]
    return items[0] if len(kinds) == 1 else None


def _differences(expected: Any, actual: Any, path: str) -> Any:
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key, value in expected.items():
            if key in actual:
                yield from _differences(value, actual[key], f'{path}/{key}')
            elif value not in ([], ''):
                yield _difference(f'{path}/{key}', value, None, 'REMOVE')
    elif isinstance(expected, list) and isinstance(actual, list):
        yield from _list_differences(expected, actual, path)
    elif not _is_same(expected, actual):
        yield _difference(path, expected, actual, 'NOT_EQUAL')


def _list_differences(expected: list[Any], actual: list[Any], path: str) -> Any:
    """Compares items in any order: equal ones cancel out; if equally many remain, they are changes by position."""
    missing, added = list(enumerate(expected)), list(enumerate(actual))
    for index, item in enumerate(expected):
        match = next((each for each in added if not list(_differences(item, each[1], ''))), None)
        if match:
            added.remove(match)
            missing.remove((index, item))
    if len(missing) == len(added):
        for (index, item), (_, now) in zip(missing, added, strict=True):
            yield from _differences(item, now, f'{path}/{index}')
        return
    for index, item in missing:
        yield _difference(f'{path}/{index}', item, None, 'REMOVE')
    for index, item in added:
        yield _difference(f'{path}/{index}', None, item, 'ADD')


def _is_same(expected: Any, actual: Any) -> bool:
    texts = text_of(expected), text_of(actual)
    if texts[0] == texts[1]:
        return True
    try:
        # Numbers, policies and patterns have several equal spellings.
        return json.loads(texts[0]) == json.loads(texts[1])
    except ValueError:
        return False


def _difference(path: str, expected: Any, actual: Any, kind: str) -> Properties:
    return {
        'PropertyPath': path,
        'ExpectedValue': expected if isinstance(expected, str) else json.dumps(expected),
        'ActualValue': actual if isinstance(actual, str) else json.dumps(actual),
        'DifferenceType': kind,
    }


class Throttling(CloudFormationError):
    code = 'Throttling'


#: ends of the comparisons on the clock
_comparisons: list[float] = []


def _take_comparison(logical_id: str) -> None:
    """Takes the time of one comparison, and refuses more than AWS does at once."""
    if not clock.runs():
        return
    now, duration = pace.began(), pace.between(pace.DRIFT, logical_id)
    _comparisons[:] = [each for each in _comparisons if each > now]
    if len(_comparisons) >= pace.MOST_COMPARISONS:
        raise Throttling('Rate exceeded')
    _comparisons.append(now + duration)
    pace.take(duration)


@instead(CloudFormationResponse, 'detect_stack_resource_drift')
def _answer_detect(self: CloudFormationResponse) -> ActionResult:
    stack = self.cloudformation_backend.get_stack(self._get_param('StackName'))
    logical_id = self._get_param('LogicalResourceId')
    if stack.status not in STATES:
        raise ValidationError(message=f'Drift detection cannot be performed on stack [{stack.name}] in {stack.status}')
    resource = stack.resource_map.live(logical_id)
    if resource is None:
        raise ValidationError(message=f'Resource {logical_id} does not exist for stack {stack.name}')
    if not compares(resource):
        # AWS refuses a single resource; NOT_CHECKED appears in lists only. The message is as users report it.
        raise ValidationError(message='Drift detection is not supported for the specified ResourceType')
    _take_comparison(logical_id)
    identity = {
        'StackId': stack.stack_id,
        'LogicalResourceId': logical_id,
        'PhysicalResourceId': resource.physical_resource_id,
        'ResourceType': resource.cf_resource_type,
        'Timestamp': datetime.now(timezone.utc),
    }
    return ActionResult({'StackResourceDrift': {**identity, **drift_of(resource)}})
