"""AWS's service authorization reference, as far as make_reference.py keeps it."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Action:
    name: str
    #: ARN format of each resource type, and whether IAM requires it
    formats: tuple[tuple[str, bool], ...]
    #: true if the tags of the resource can be a condition
    has_resource_tags: bool


@cache
def action_of(service: str, operation: str) -> Action | None:
    """Action by the name of its operation in any case, as some of moto's services have it in lower case."""
    return _actions_of(service).get(operation.lower())


@cache
def _actions_of(service: str) -> dict[str, Action]:
    digest = _reference().get(service, {'types': {}, 'actions': {}})
    actions = {}
    for key, names in digest['actions'].items():
        words = key.split()
        formats = tuple((digest['types'][word.rstrip('*')], word.endswith('*')) for word in words if word != '#tags')
        for name in names.split():
            actions[name.lower()] = Action(f'{service}:{name}', formats, '#tags' in words)
    return actions


@cache
def _reference() -> dict[str, dict[str, dict[str, str]]]:
    return json.loads(Path(__file__).with_name('reference.json').read_text())
