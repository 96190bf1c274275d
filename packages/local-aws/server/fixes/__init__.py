"""Where moto's services differ from AWS's in what an environment of ours needs; applied to this process only."""

from . import (
    account,
    backups,
    compute,
    data,
    dependents,
    network,
    policies,
    records,
    registry,
    secrets,
    service_linked_roles,
    simulation,
    snapshots,
    versions,
)


def install() -> None:
    """Changes moto in this process; nothing on disk."""
    account.install()
    backups.install()
    compute.install()
    data.install()
    dependents.install()
    network.install()
    policies.install()
    records.install()
    registry.install()
    secrets.install()
    service_linked_roles.install()
    simulation.install()
    snapshots.install()
    versions.install()
