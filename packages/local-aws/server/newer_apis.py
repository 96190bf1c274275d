"""Parameters of AWS's APIs that botocore does not know yet. Each goes once botocore has it."""

from collections.abc import Callable
from typing import Any

#: end of the path of an API's model → structures, their members, and the members' types
MEMBERS = {
    'ecs/2014-11-13/service-2': {
        'DeploymentCircuitBreaker': {'resetOnHealthyTask': 'Boolean', 'thresholdConfiguration': 'ThresholdConfiguration'},
        'ThresholdConfiguration': {'type': 'String', 'value': 'Integer'},
    },
}

LoadFile = Callable[[str], Any]


def with_newer_members(load_file: LoadFile) -> LoadFile:
    """Loader of botocore's models that adds these members."""

    def load(path: str) -> Any:
        model = load_file(path)
        for end, structures in MEMBERS.items():
            if model and path.endswith(end):
                _add(model['shapes'], structures)
        return model

    return load


def _add(shapes: dict[str, Any], structures: dict[str, dict[str, str]]) -> None:
    for structure, members in structures.items():
        shape = shapes.setdefault(structure, {'type': 'structure', 'members': {}})
        for member, member_type in members.items():
            shape['members'].setdefault(member, {'shape': member_type})
