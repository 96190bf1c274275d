"""Hosted zones that the account owns before anything is deployed."""

from moto.core import DEFAULT_ACCOUNT_ID
from moto.route53.models import HostedZoneIdentifier, route53_backends
from moto.utilities.id_generator import moto_id_manager


def add(zone_id: str, name: str) -> None:
    """Adds a zone under the very id that the config names, which the API would not let us choose."""
    absolute = f'{name.rstrip(".")}.'
    moto_id_manager.set_custom_id(HostedZoneIdentifier(DEFAULT_ACCOUNT_ID, absolute, None), zone_id)
    route53_backends[DEFAULT_ACCOUNT_ID]['aws'].create_hosted_zone(absolute, private_zone=False)
