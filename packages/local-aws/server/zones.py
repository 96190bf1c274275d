"""Hosted zones that exist before any deployment, and their records."""

from typing import Any

from moto.acm.models import CertBundle
from moto.core import DEFAULT_ACCOUNT_ID
from moto.route53.exceptions import ResourceRecordAlreadyExists
from moto.route53.models import HostedZoneIdentifier, Route53Backend, route53_backends
from moto.utilities.id_generator import moto_id_manager

from .patches import around

#: names to which no parent domain delegates
undelegated: set[str] = set()


def add(zone_id: str, name: str) -> None:
    """Adds a zone with a given id, which the API cannot."""
    absolute = f'{name.rstrip(".")}.'
    moto_id_manager.set_custom_id(HostedZoneIdentifier(DEFAULT_ACCOUNT_ID, absolute, None), zone_id)
    route53_backends[DEFAULT_ACCOUNT_ID]['aws'].create_hosted_zone(absolute, private_zone=False)


@around(CertBundle, 'check')
def _wait_for_dns(check: Any, self: CertBundle) -> None:
    # Public DNS lacks the validation record: ACM keeps waiting and issues no certificate.
    if not any(self.common_name == name or self.common_name.endswith(f'.{name}') for name in undelegated):
        check(self)


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
