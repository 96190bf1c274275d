"""How long an operation on a resource takes: on the server's own clock, and, if a test wants to meet one, on the
machine's, where it is nothing otherwise."""

import time
from pathlib import Path

#: seconds on the server's clock, where it is much more than for most: CloudFormation waits for what it has made
SLOW = {
    'AWS::CertificateManager::Certificate': 120,
    'AWS::ECS::Service': 120,
    'AWS::ElasticLoadBalancingV2::LoadBalancer': 120,
    'AWS::IAM::Role': 20,
    'AWS::RDS::DBInstance': 300,
}
#: how long a rollback or a deletion takes altogether
LONG = 60
_file: Path | None = None


def seconds(resource_type: str) -> int:
    """How long CloudFormation is at work on a resource of that type, on the server's clock."""
    return SLOW.get(resource_type, 10)


def read_from(file: Path) -> None:
    """Names the file that holds the milliseconds; it may come and go."""
    global _file
    _file = file


def wait() -> None:
    """Waits as long as the file says."""
    if _file is not None and _file.exists():
        time.sleep(float(_file.read_text() or 0) / 1000)
