"""Condition blocks (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)."""

import ipaddress
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from .patterns import Lookup, matches, resolve

#: value of the request, value of the policy, lookup for variables → whether they match
Comparison = Callable[[str, str, Lookup], bool]


def are_met(block: dict[str, dict[str, Any]], lookup: Lookup) -> bool:
    """True if every operator of a statement's Condition is met for every key."""
    return all(
        _is_met(operator, lookup(key), as_list(expected), lookup)
        for operator, keys in block.items()
        for key, expected in keys.items()
    )


def as_list(value: Any) -> list[Any]:
    """A policy has a single value, or a list."""
    return value if isinstance(value, list) else [value]


def text_of(value: Any) -> str:
    """A policy may have booleans and numbers without quotes."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_met(operator: str, values: list[str] | None, expected: list[Any], lookup: Lookup) -> bool:
    quantifier, _, name = operator.rpartition(':')
    is_optional = name.endswith('IfExists')
    name = name.removesuffix('IfExists')
    texts = [text_of(each) for each in expected]
    if name == 'Null':
        return any((values is None) == (text.lower() == 'true') for text in texts)
    is_negated = name in _NEGATED
    comparison = _COMPARISONS[_NEGATED.get(name, name)]

    def is_satisfied(value: str) -> bool:
        return any(_compares(comparison, value, text, lookup) for text in texts) != is_negated

    if quantifier == 'ForAllValues':
        # Also without a value: AWS warns of it in an Allow statement.
        return all(is_satisfied(value) for value in values or [])
    if not values:
        return is_optional or (is_negated and quantifier != 'ForAnyValue')
    if quantifier == 'ForAnyValue' or not is_negated:
        return any(is_satisfied(value) for value in values)
    return all(is_satisfied(value) for value in values)


def _compares(comparison: Comparison, value: str, text: str, lookup: Lookup) -> bool:
    try:
        return comparison(value, text, lookup)
    except ValueError:
        # A number, date or address that is none matches nothing.
        return False


def _equals(value: str, text: str, lookup: Lookup) -> bool:
    return value == resolve(text, lookup)


def _equals_ignoring_case(value: str, text: str, lookup: Lookup) -> bool:
    resolved = resolve(text, lookup)
    return resolved is not None and value.lower() == resolved.lower()


def _arn_like(value: str, text: str, lookup: Lookup) -> bool:
    """Compares the six parts one by one: a wildcard does not reach beyond a colon but in the last one."""
    parts = text.split(':', 5)
    values = value.split(':', 5)
    return len(parts) == len(values) and all(matches(*pair, lookup) for pair in zip(parts, values))


def _in_range(value: str, text: str, _: Lookup) -> bool:
    return ipaddress.ip_address(value) in ipaddress.ip_network(text, strict=False)


def _date(text: str) -> float:
    """Seconds since 1970 of an ISO 8601 date or of a number."""
    try:
        return float(text)
    except ValueError:
        date = datetime.fromisoformat(text.replace('Z', '+00:00'))
        return (date if date.tzinfo else date.replace(tzinfo=timezone.utc)).timestamp()


def _ordered(convert: Callable[[str], float], compare: Callable[[float, float], bool]) -> Comparison:
    return lambda value, text, _: compare(convert(value), convert(text))


_COMPARISONS: dict[str, Comparison] = {
    'StringEquals': _equals,
    'StringEqualsIgnoreCase': _equals_ignoring_case,
    'StringLike': lambda value, text, lookup: matches(text, value, lookup),
    'ArnEquals': _arn_like,
    'ArnLike': _arn_like,
    'Bool': lambda value, text, _: value.lower() == text.lower(),
    'BinaryEquals': lambda value, text, _: value == text,
    'IpAddress': _in_range,
}
for _kind, _convert in (('Numeric', float), ('Date', _date)):
    _COMPARISONS |= {
        f'{_kind}Equals': _ordered(_convert, lambda value, limit: value == limit),
        f'{_kind}LessThan': _ordered(_convert, lambda value, limit: value < limit),
        f'{_kind}LessThanEquals': _ordered(_convert, lambda value, limit: value <= limit),
        f'{_kind}GreaterThan': _ordered(_convert, lambda value, limit: value > limit),
        f'{_kind}GreaterThanEquals': _ordered(_convert, lambda value, limit: value >= limit),
    }

_NEGATED = {
    'StringNotEquals': 'StringEquals',
    'StringNotEqualsIgnoreCase': 'StringEqualsIgnoreCase',
    'StringNotLike': 'StringLike',
    'ArnNotEquals': 'ArnEquals',
    'ArnNotLike': 'ArnLike',
    'NumericNotEquals': 'NumericEquals',
    'DateNotEquals': 'DateEquals',
    'NotIpAddress': 'IpAddress',
}
