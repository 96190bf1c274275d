"""Duration of an operation on a resource: on the server's clock, and in real time if a test sets it."""

import time
from pathlib import Path

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
_file: Path | None = None


def seconds(resource_type: str) -> int:
    """Seconds that an operation on a type takes on the server's clock."""
    return SLOW.get(resource_type, 10)


def read_from(file: Path) -> None:
    """Sets the file with the milliseconds to wait; it need not exist."""
    global _file
    _file = file


def wait() -> None:
    """Waits as long as the file says."""
    if _file is not None and _file.exists():
        time.sleep(float(_file.read_text() or 0) / 1000)
