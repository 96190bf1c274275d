"""Snapshots of RDS: settings that a restore does not inherit, and RDS's refusals; moto inherits and grants all."""

from typing import Any

from moto.rds.exceptions import InvalidDBInstanceStateFault, RDSClientError
from moto.rds.models import DBInstance, DBSnapshot, RDSBackend
from moto.rds.responses import RDSResponse

from ..patches import around


#: defaults of a restored instance, whatever its source had: parameter → value
NOT_INHERITED = {
    'deletion_protection': False,
    'engine_lifecycle_support': 'open-source-rds-extended-support',
    'multi_az': False,
}
ENGINES_WITHOUT_NAME = ('mariadb', 'mysql', 'postgres')


@around(RDSBackend, 'create_db_snapshot')
def _snapshot_of_available(
    create_snapshot: Any,
    self: RDSBackend, db_instance_identifier: str, db_snapshot_identifier: str, *arguments: Any, **named: Any
) -> DBSnapshot:
    database = self.databases.get(db_instance_identifier)
    # An automated snapshot is named after its minute, in which another instance may have had the same name.
    while db_snapshot_identifier.startswith('rds:') and db_snapshot_identifier in self.database_snapshots:
        db_snapshot_identifier += '-1'
    if database and database.status != 'available':
        raise InvalidDBInstanceStateFault(
            f'Cannot create a snapshot because the database instance {db_instance_identifier} is not currently in the '
            'available state.'
        )
    return create_snapshot(self, db_instance_identifier, db_snapshot_identifier, *arguments, **named)


@around(RDSBackend, 'copy_db_snapshot')
def _copy_slowly(copy_snapshot: Any, self: RDSBackend, *arguments: Any, **named: Any) -> DBSnapshot:
    copied = copy_snapshot(self, *arguments, **named)
    copied.status = 'creating'
    return copied


@around(RDSResponse, 'describe_db_snapshots')
def _finish_copy(describe_snapshots: Any, self: RDSResponse) -> Any:
    """Completes a copy on the first lookup by name, as a waiter does."""
    name = self.params.get('DBSnapshotIdentifier')
    if name and name in self.backend.database_snapshots:
        self.backend.database_snapshots[name].status = 'available'
    return describe_snapshots(self)


def with_false(database: DBInstance, given: dict[str, Any]) -> DBInstance:
    """Sets parameters that are false, which moto treats as absent."""
    for name, value in given.items():
        if not value and hasattr(database, name):
            setattr(database, name, value)
    return database


@around(RDSBackend, 'restore_db_instance_from_db_snapshot')
def _restore_as_asked(restore: Any, self: RDSBackend, from_snapshot_id: str, overrides: dict[str, Any]) -> DBInstance:
    snapshot = self.describe_db_snapshots(None, from_snapshot_id.rsplit(':snapshot:', 1)[-1])[0]
    if snapshot.status != 'available':
        raise RDSClientError(
            'InvalidDBSnapshotState', f'The snapshot must be in the available state, and is {snapshot.status}.'
        )
    if overrides.get('db_name') and snapshot.engine in ENGINES_WITHOUT_NAME:
        raise RDSClientError('InvalidParameterValue', 'DBName must be null when Restoring for this Engine.')
    given = {**NOT_INHERITED, **overrides}
    return with_false(restore(self, from_snapshot_id, given), given)
