"""Condition blocks (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)."""

import ipaddress
import operator
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from ..api import is_true, text_of

#: values of a condition key of the request; None if the request has no such key
Lookup = Callable[[str], list[str] | None]


def are_met(block: dict[str, dict[str, Any]], lookup: Lookup) -> bool:
    return all(
        _is_met(name, lookup(key), [text_of(each) for each in as_list(expected)])
        for name, keys in block.items()
        for key, expected in keys.items()
    )


def as_list(value: Any) -> list[Any]:
    """A policy has a single value, or a list."""
    return value if isinstance(value, list) else [value]


def is_like(pattern: str, value: str, ignore_case: bool = False) -> bool:
    """True if a value matches a pattern with `*` and `?`."""
    return _expression(pattern, re.IGNORECASE if ignore_case else 0).fullmatch(value) is not None


@lru_cache(maxsize=4096)
def _expression(pattern: str, flags: int) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r'\*', '.*').replace(r'\?', '.'), re.DOTALL | flags)


def _is_met(name: str, values: list[str] | None, expected: list[str]) -> bool:
    quantifier, _, name = name.rpartition(':')
    is_optional = name.endswith('IfExists')
    name = name.removesuffix('IfExists')
    if name == 'Null':
        return any((values is None) == is_true(text) for text in expected)
    is_negated = 'Not' in name
    if name.replace('Not', '') not in _COMPARISONS:
        raise NotImplementedError(f'the condition operator {name}')
    compare = _COMPARISONS[name.replace('Not', '')]

    def is_satisfied(value: str) -> bool:
        return any(compare(value, text) for text in expected) != is_negated

    if quantifier == 'ForAllValues':
        # Also without a value: AWS warns of it in an Allow statement.
        return all(is_satisfied(value) for value in values or [])
    if not values:
        return is_optional or (is_negated and quantifier != 'ForAnyValue')
    if quantifier == 'ForAnyValue' or not is_negated:
        return any(is_satisfied(value) for value in values)
    return all(is_satisfied(value) for value in values)


def _is_arn_like(value: str, text: str) -> bool:
    """Compares the six parts one by one: a wildcard does not reach beyond a colon but in the last one."""
    parts = text.split(':', 5)
    values = value.split(':', 5)
    return len(parts) == len(values) and all(is_like(*pair) for pair in zip(parts, values))


def _numeric(compare: Callable[[float, float], bool]) -> Callable[[str, str], bool]:
    def compares(value: str, text: str) -> bool:
        try:
            return compare(float(value), float(text))
        except ValueError:
            return False

    return compares


_COMPARISONS: dict[str, Callable[[str, str], bool]] = {
    'ArnEquals': _is_arn_like,
    'ArnLike': _is_arn_like,
    'Bool': lambda value, text: value.lower() == text.lower(),
    'IpAddress': lambda value, text: ipaddress.ip_address(value) in ipaddress.ip_network(text, strict=False),
    'NumericEquals': _numeric(operator.eq),
    'NumericGreaterThan': _numeric(operator.gt),
    'NumericGreaterThanEquals': _numeric(operator.ge),
    'NumericLessThan': _numeric(operator.lt),
    'NumericLessThanEquals': _numeric(operator.le),
    'StringEquals': operator.eq,
    'StringEqualsIgnoreCase': lambda value, text: value.lower() == text.lower(),
    'StringLike': lambda value, text: is_like(text, value),
}
