"""PostgreSQL server of each RDS instance, which follows the API's changes."""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from moto.rds.models import DBInstance, DBSnapshot, RDSBackend

from .. import own_paths
from ..fixes.backups import is_retained, source_of
from ..patches import around
from . import programs
from .ports import free_port
from .postgres import Postgres, copy_data, find_programs

ENGINE = 'postgres'

_servers: WeakKeyDictionary[DBInstance, Postgres] = WeakKeyDictionary()
_copies: WeakKeyDictionary[DBSnapshot, Path] = WeakKeyDictionary()
#: instance being restored → folder of its data
_origins: dict[str, Path] = {}

#: identifier → port: as on RDS, an endpoint belongs to the identifier
_ports: dict[str, int] = {}

_address = DBInstance.address.fget
_endpoint = DBInstance.endpoint.fget


def _new_folder() -> Path:
    return programs.scratch / 'databases' / uuid.uuid4().hex[:12] / 'data'


@around(RDSBackend, 'create_db_instance')
def _create_database(create: Any, self: RDSBackend, db_kwargs: dict[str, Any]) -> DBInstance:
    origin = _origins.pop(db_kwargs['db_instance_identifier'], None)
    database = create(self, db_kwargs)
    binaries = find_programs(database.engine_version.split('.')[0]) if database.engine == ENGINE else None
    if not binaries:
        return database
    server = _servers[database] = Postgres(binaries, _new_folder(), _port_of(database))
    try:
        if origin:
            copy_data(origin, server.folder)
            server.start()
        else:
            server.create(database.master_username, database._master_user_password, database.db_name)
    except Exception:
        _servers.pop(database).destroy()
        del self.databases[database.db_instance_identifier]
        raise
    return database


def _port_of(database: DBInstance) -> int:
    return _ports.setdefault(database.db_instance_identifier, free_port())


@around(RDSBackend, 'modify_db_instance')
def _modify_database(modify: Any, self: Any, db_instance_identifier: str, db_kwargs: dict[str, Any]) -> DBInstance:
    database = modify(self, db_instance_identifier, db_kwargs)
    server, password = _servers.get(database), db_kwargs.get('master_user_password')
    if server and server.port != _port_of(database):
        server.stop()
        server.port = _port_of(database)
        server.start()
    if server and password:
        server.set_password(database.master_username, password)
    return database


def _restart(server: Postgres) -> None:
    server.stop()
    server.start()


def _followed_by(method: str, action: Callable[[Postgres], None]) -> None:
    @around(RDSBackend, method)
    def changed(original: Any, self: RDSBackend, *arguments: Any, **named: Any) -> DBInstance:
        database = original(self, *arguments, **named)
        if database in _servers:
            action(_servers[database])
        return database


@around(RDSBackend, 'delete_db_instance')
def _delete_database(delete: Any, self: RDSBackend, *arguments: Any, **named: Any) -> DBInstance:
    database = delete(self, *arguments, **named)
    server = _servers.get(database)
    if server and is_retained(self, database):
        server.stop()
    elif server:
        server.destroy()
    return database


@around(RDSBackend, 'create_db_snapshot')
def _create_snapshot(create: Any, self: Any, db_instance_identifier: str, *more: Any, **named: Any) -> DBSnapshot:
    snapshot = create(self, db_instance_identifier, *more, **named)
    server = _servers.get(self.databases[db_instance_identifier])
    if server:
        _copies[snapshot] = _new_folder()
        server.copy(_copies[snapshot])
    return snapshot


@around(RDSBackend, 'copy_db_snapshot')
def _duplicate_snapshot(
    copy_snapshot: Any,
    self: RDSBackend, source_db_snapshot_identifier: str, target_db_snapshot_identifier: str, **named: Any
) -> DBSnapshot:
    made = copy_snapshot(self, source_db_snapshot_identifier, target_db_snapshot_identifier, **named)
    source = _copies.get(self.get_db_snapshot(source_db_snapshot_identifier))
    if source:
        _copies[made] = _new_folder()
        copy_data(source, _copies[made])
    return made


@around(RDSBackend, 'delete_db_snapshot')
def _remove_snapshot(delete_snapshot: Any, self: RDSBackend, *arguments: Any, **named: Any) -> DBSnapshot:
    snapshot = delete_snapshot(self, *arguments, **named)
    if snapshot in _copies:
        own_paths.remove_made(_copies.pop(snapshot).parent)
    return snapshot


@around(RDSBackend, 'restore_db_instance_from_db_snapshot')
def _restore_snapshot(restore: Any, self: RDSBackend, from_snapshot_id: str, overrides: dict[str, Any]) -> DBInstance:
    snapshot = self.describe_db_snapshots(None, from_snapshot_id.rsplit(':', 1)[-1])[0]
    if snapshot in _copies:
        _origins[overrides['db_instance_identifier']] = _copies[snapshot]
    return restore(self, from_snapshot_id, overrides)


@around(RDSBackend, 'restore_db_instance_to_point_in_time')
def _restore_latest(
    restore_to_time: Any,
    self: RDSBackend, source_db_identifier: str | None, target_db_identifier: str, overrides: dict[str, Any]
) -> DBInstance:
    server = _servers.get(source_of(self, source_db_identifier, overrides))
    if not server:
        return restore_to_time(self, source_db_identifier, target_db_identifier, overrides)
    copy = _origins[target_db_identifier] = _new_folder()
    try:
        server.copy(copy)
        return restore_to_time(self, source_db_identifier, target_db_identifier, overrides)
    finally:
        own_paths.remove_made(copy.parent)


def server_of(database: DBInstance) -> Postgres | None:
    """Server of an instance; a read replica has that of its source."""
    source = database.backend.databases.get(database.source_db_instance_identifier) if database.is_replica else None
    return _servers.get(source or database)


def _local_address(self: DBInstance) -> str:
    return 'localhost' if server_of(self) else _address(self)


def _local_endpoint(self: DBInstance) -> dict[str, Any]:
    server = server_of(self)
    return {'Address': 'localhost', 'Port': server.port} if server else _endpoint(self)


_followed_by('stop_db_instance', Postgres.stop)
_followed_by('start_db_instance', Postgres.start)
_followed_by('reboot_db_instance', _restart)
DBInstance.address = property(_local_address)
DBInstance.endpoint = property(_local_endpoint)
