"""Replacement of moto's methods in this process."""

from collections.abc import Callable
from typing import Any

Method = Callable[..., Any]


def instead(owner: type, name: str) -> Callable[[Method], Method]:
    def replace(method: Method) -> Method:
        setattr(owner, name, method)
        return method

    return replace


def around(owner: type, name: str) -> Callable[[Method], Method]:
    """Replaces a method by one that gets it as its first argument."""
    original = getattr(owner, name)

    def replace(function: Method) -> Method:
        def method(*arguments: Any, **named: Any) -> Any:
            return function(original, *arguments, **named)

        setattr(owner, name, method)
        return function

    return replace
