"""Renewal of certificates in ACM."""

from typing import Any

from moto.acm.models import CertBundle
from moto.elbv2.models import elbv2_backends

from ..patches import around


@around(CertBundle, 'describe')
def _describe(describe: Any, self: CertBundle) -> dict[str, Any]:
    """ACM renews what it has issued and a listener uses. moto knows no user, and calls none eligible."""
    answer = describe(self)
    certificate = answer['Certificate']
    users = _users(self.arn)
    if users and certificate['Type'] == 'AMAZON_ISSUED':
        certificate |= {'InUseBy': users, 'RenewalEligibility': 'ELIGIBLE'}
    return answer


def _users(certificate_arn: str) -> list[str]:
    _, _, _, region, account, _ = certificate_arn.split(':', 5)
    balancers = elbv2_backends[account][region].load_balancers.values()
    return [
        balancer.arn
        for balancer in balancers
        if any(certificate_arn in listener.certificates for listener in balancer.listeners.values())
    ]
