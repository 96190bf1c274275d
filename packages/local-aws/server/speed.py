"""Work that moto and botocore repeat for each session, client or request, and this server does once."""

import gc
import json
from functools import cache
from typing import Any

from botocore.loaders import JSONFileLoader

from .newer_apis import with_newer_members

# Imports leave nothing to collect.
gc.disable()
JSONFileLoader.load_file = staticmethod(cache(with_newer_members(JSONFileLoader().load_file)))

from moto.cloudformation.models import ChangeSet, Stack
from moto.core import DEFAULT_ACCOUNT_ID, responses, utils
from moto.iam import models as iam

_parse_yaml = Stack.parse_template


def _parse_template(template: str) -> dict[str, Any]:
    """Reads JSON as JSON first: as YAML it takes a hundred times as long."""
    try:
        return json.loads(template)
    except ValueError:
        return _parse_yaml(template)


def _parse_of_change_set(self: ChangeSet) -> None:
    self.template_dict = _parse_template(self.template)


def install() -> None:
    utils.create_loader = cache(utils.create_loader)
    responses.method_names_from_class = cache(responses.method_names_from_class)
    # moto looks for the access key in an account of each partition.
    iam.get_account_id_from = lambda _: DEFAULT_ACCOUNT_ID
    Stack.parse_template = staticmethod(_parse_template)
    ChangeSet._parse_template = _parse_of_change_set
    gc.freeze()
    gc.enable()
