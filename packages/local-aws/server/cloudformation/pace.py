"""Duration of an operation on a resource: on the server's clock, and in real time if a test sets it."""

import time

from ..runtime import programs

#: seconds on the server's clock for types that CloudFormation waits for
SLOW = {
    'AWS::CertificateManager::Certificate': 120,
    'AWS::ECS::Service': 120,
    'AWS::ElasticLoadBalancingV2::LoadBalancer': 120,
    'AWS::IAM::Role': 20,
    'AWS::RDS::DBInstance': 300,
}
#: seconds of a whole rollback or deletion
LONG = 60


def seconds(resource_type: str) -> int:
    """Seconds that an operation on a type takes on the server's clock."""
    return SLOW.get(resource_type, 10)


def wait() -> None:
    """Waits as long as the test says."""
    time.sleep(programs.number_in('pace') / 1000)
