"""Web ACLs: a load balancer has one, and ListResourcesForWebACL, which moto lacks."""

import json
from typing import Any

from moto.wafv2.exceptions import WAFNonexistentItemException
from moto.wafv2.models import WAFV2Backend
from moto.wafv2.responses import WAFV2Response

from ..patches import around, instead


@around(WAFV2Backend, 'associate_web_acl')
def _associate(associate: Any, self: WAFV2Backend, web_acl_arn: str, resource_arn: str) -> None:
    """Associates a web ACL in the place of the one that the resource has."""
    if web_acl_arn in self.wacls:
        self.disassociate_web_acl(resource_arn)
    associate(self, web_acl_arn, resource_arn)


@instead(WAFV2Response, 'list_resources_for_web_acl')
def _list_resources(self: WAFV2Response) -> tuple[int, dict[str, str], str]:
    """Lists load balancers: nothing else is associated here."""
    web_acl = self.wafv2_backend.wacls.get(self._get_param('WebACLArn'))
    if web_acl is None:
        raise WAFNonexistentItemException
    return 200, {}, json.dumps({'ResourceArns': web_acl.associated_resources})
