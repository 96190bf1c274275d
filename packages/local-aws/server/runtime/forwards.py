"""Ways of tasks and jobs to databases: a port for each place and database, which answers while the path is open."""

from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.rds.models import DBInstance, rds_backends

from . import databases
from .paths import Path, Place
from .ports import free_port
from .published import report_change

_forwards: dict[tuple[Place, str], '_Forward'] = {}


class _Forward:
    """Way to the database of an identifier, which may be another instance after a restore."""

    def __init__(self, region: str, place: Place, database: DBInstance) -> None:
        self.region = region
        self.identifier = database.db_instance_identifier
        self.port = free_port()
        name = f'{",".join(place.groups)} → {self.identifier}'
        self.path = Path(region, name, lambda: place, lambda: _place_of(self.database), int(database.port), report_change)

    @property
    def database(self) -> DBInstance | None:
        return rds_backends[DEFAULT_ACCOUNT_ID][self.region].databases.get(self.identifier)


def _place_of(database: DBInstance | None) -> Place | None:
    if database is None or database.db_subnet_group is None:
        return None
    subnets = database.db_subnet_group._subnets
    own = [each for each in subnets if each.availability_zone == database.availability_zone] or subnets
    return Place(tuple(each.id for each in own), tuple(database.vpc_security_group_ids))


def through(region: str, place: Place | None, values: dict[str, str]) -> dict[str, str]:
    """Variables of a program at a place, in which each local database has the port of its way."""
    if place is None:
        return values
    for database in list(rds_backends[DEFAULT_ACCOUNT_ID][region].databases.values()):
        server = databases.server_of(database)
        if server and any(str(server.port) in value for value in values.values()):
            port = _way(region, place, database).port
            values = {name: _replaced(value, str(server.port), str(port)) for name, value in values.items()}
    return values


def _replaced(value: str, port: str, other: str) -> str:
    return other if value == port else value.replace(f'localhost:{port}', f'localhost:{other}')


def _way(region: str, place: Place, database: DBInstance) -> _Forward:
    key = place, database.db_instance_identifier
    if key not in _forwards:
        _forwards[key] = _Forward(region, place, database)
        report_change()
    return _forwards[key]


def listed() -> list[dict[str, Any]]:
    found = [(each, each.database and databases.server_of(each.database)) for each in list(_forwards.values())]
    return [{'port': each.port, 'to': server.port, 'isOpen': each.path.is_open} for each, server in found if server]
