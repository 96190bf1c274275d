"""DNS records."""

from typing import Any

from moto.route53.exceptions import ResourceRecordAlreadyExists
from moto.route53.models import Route53Backend

from ..patches import around


@around(Route53Backend, 'change_resource_record_sets')
def _change(apply: Any, self: Route53Backend, zoneid: str, change_list: list[dict[str, Any]]) -> None:
    # moto still finds a deleted record if another name sorts after it.
    existing = {(each.name, each.type) for each in self.get_hosted_zone(zoneid).rrsets}
    for change in change_list:
        record = change['ResourceRecordSet']
        if change['Action'] == 'CREATE':
            name = f'{record["Name"].rstrip(".")}.'
            if (name, record['Type']) in existing:
                raise ResourceRecordAlreadyExists(name, record['Type'])
            change['Action'] = 'UPSERT'
    apply(self, zoneid, change_list)
