"""Hosted zones that exist before any deployment."""

from typing import Any

from moto.acm.models import CertBundle
from moto.core import DEFAULT_ACCOUNT_ID
from moto.route53.models import HostedZoneIdentifier, route53_backends
from moto.utilities.id_generator import moto_id_manager

from .patches import around


_undelegated: set[str] = set()


def add(zone_id: str, name: str, delegated: bool) -> None:
    """Adds a zone with a given id, which the API cannot."""
    absolute = f'{name.rstrip(".")}.'
    if not delegated:
        _undelegated.add(name.rstrip('.'))
    moto_id_manager.set_custom_id(HostedZoneIdentifier(DEFAULT_ACCOUNT_ID, absolute, None), zone_id)
    route53_backends[DEFAULT_ACCOUNT_ID]['aws'].create_hosted_zone(absolute, private_zone=False)


@around(CertBundle, 'check')
def _wait_for_dns(check: Any, self: CertBundle) -> None:
    # Public DNS lacks the validation record: ACM keeps waiting and issues no certificate.
    if not any(self.common_name == name or self.common_name.endswith(f'.{name}') for name in _undelegated):
        check(self)
