"""Patterns of policies: wildcards, and variables such as `${aws:PrincipalTag/team}`."""

import re
from collections.abc import Callable
from functools import lru_cache

#: values of a condition key of the request; None if the request has no such key
Lookup = Callable[[str], list[str] | None]

_VARIABLE = re.compile(r'\$\{\s*([^,}]+?)\s*(?:,\s*\'([^\']*)\'\s*)?\}')


def matches(pattern: str, value: str, lookup: Lookup, ignore_case: bool = False) -> bool:
    """True if a value matches a pattern with `*` and `?`; a variable without a value matches nothing."""
    if '${' not in pattern:
        return _expression(pattern, ignore_case).fullmatch(value) is not None
    literals: list[str] = []
    text = ''
    position = 0
    for found in _VARIABLE.finditer(pattern):
        literal = resolve(found[0], lookup)
        if literal is None:
            return False
        text += f'{pattern[position : found.start()]}\0'
        literals.append(literal)
        position = found.end()
    parts = (text + pattern[position:]).split('\0')
    expression = _translated(parts[0])
    for literal, part in zip(literals, parts[1:]):
        # The value of a variable is taken literally, also its wildcards.
        expression += re.escape(literal) + _translated(part)
    return re.fullmatch(expression, value, re.DOTALL | (re.IGNORECASE if ignore_case else 0)) is not None


def resolve(text: str, lookup: Lookup) -> str | None:
    """Text with its variables replaced; None if one has no value, or several."""
    resolved = ''
    position = 0
    for found in _VARIABLE.finditer(text):
        name, default = found.groups()
        # `${*}`, `${?}` and `${$}` are these characters themselves.
        values = [name] if name in ('*', '?', '$') else lookup(name)
        if values is None or len(values) != 1:
            values = None if default is None else [default]
        if values is None:
            return None
        resolved += text[position : found.start()] + values[0]
        position = found.end()
    return resolved + text[position:]


def variables_in(text: str) -> set[str]:
    """Condition keys whose values a text contains as variables."""
    return {found[1] for found in _VARIABLE.finditer(text) if found[1] not in ('*', '?', '$')}


@lru_cache(maxsize=4096)
def _expression(pattern: str, ignore_case: bool) -> re.Pattern[str]:
    return re.compile(_translated(pattern), re.DOTALL | (re.IGNORECASE if ignore_case else 0))


def _translated(pattern: str) -> str:
    return re.escape(pattern).replace(r'\*', '.*').replace(r'\?', '.')
