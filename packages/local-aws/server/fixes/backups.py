"""Automated backups of RDS: deleted with their instance unless DeleteAutomatedBackups is false."""

from datetime import datetime, timezone
from typing import Any
from weakref import WeakKeyDictionary

from moto.rds.exceptions import DBInstanceNotFoundError, RDSClientError
from moto.rds.models import DBInstance, RDSBackend

from ..api import Properties
from ..patches import around, instead
from .snapshots import NOT_INHERITED, with_false


_retained: WeakKeyDictionary[RDSBackend, list[DBInstance]] = WeakKeyDictionary()


def is_retained(backend: RDSBackend, database: DBInstance) -> bool:
    return database in _retained.get(backend, [])


def source_of(backend: RDSBackend, identifier: str | None, given: dict[str, Any]) -> DBInstance:
    """Source of a point-in-time restore, existing or deleted: by identifier or resource id."""
    if identifier:
        return backend.describe_db_instances(identifier)[0]
    for database in [*backend.databases.values(), *_retained.get(backend, [])]:
        if given.get('source_dbi_resource_id') == database.dbi_resource_id:
            return database
    raise RDSClientError('DBInstanceAutomatedBackupNotFound', 'The automated backup was not found.')


@around(RDSBackend, 'delete_db_instance')
def _delete_database(delete: Any, self: RDSBackend, *arguments: Any, **named: Any) -> DBInstance:
    database = delete(self, *arguments, **named)
    if named.get('delete_automated_backups') is False and database.backup_retention_period:
        _retained.setdefault(self, []).append(database)
    return database


class _Source:
    """Backend of a restore that also finds a deleted instance."""

    def __init__(self, backend: RDSBackend, source: DBInstance) -> None:
        self.create_db_instance = backend.create_db_instance
        self.source = source

    def describe_db_instances(self, db_instance_identifier: str) -> list[DBInstance]:
        return [self.source]


@around(RDSBackend, 'restore_db_instance_to_point_in_time')
def _restore_to_time(
    restore: Any,
    self: RDSBackend, source_db_identifier: str | None, target_db_identifier: str, overrides: dict[str, Any]
) -> DBInstance:
    source = source_of(self, source_db_identifier, overrides)
    if not source.backup_retention_period:
        raise RDSClientError(
            'PointInTimeRestoreNotEnabled', f'{source.db_instance_identifier} has a BackupRetentionPeriod of 0.'
        )
    if target_db_identifier in self.databases:
        raise RDSClientError('DBInstanceAlreadyExists', 'DB instance already exists')
    given = {**NOT_INHERITED, **overrides}
    return with_false(restore(_Source(self, source), source_db_identifier, target_db_identifier, given), given)


@instead(RDSBackend, 'describe_db_instance_automated_backups')
def _describe(
    self: RDSBackend, db_instance_identifier: str | None = None, dbi_resource_id: str | None = None, **_: Any
) -> list[Properties]:
    if db_instance_identifier and db_instance_identifier not in self.databases:
        # Backups of a deleted instance are found by resource id, or in the whole list.
        raise DBInstanceNotFoundError(db_instance_identifier)
    active = [each for each in self.databases.values() if each.backup_retention_period]
    return [
        {
            'DBInstanceIdentifier': database.db_instance_identifier,
            'DbiResourceId': database.dbi_resource_id,
            'BackupRetentionPeriod': database.backup_retention_period,
            'RestoreWindow': {'EarliestTime': database.created, 'LatestTime': datetime.now(timezone.utc)},
            'Status': 'retained' if is_retained(self, database) else 'active',
        }
        for database in [*active, *_retained.get(self, [])]
        if db_instance_identifier in (None, database.db_instance_identifier)
        and dbi_resource_id in (None, database.dbi_resource_id)
    ]


@around(DBInstance, 'save_automated_backup')
def _save_automated_backup(back_up: Any, self: DBInstance) -> None:
    if self.backup_retention_period:
        back_up(self)
