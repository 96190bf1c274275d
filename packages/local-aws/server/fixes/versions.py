"""Versions of PostgreSQL in RDS; moto knows none and grants every upgrade."""

from typing import Any

from moto.core.responses import ActionResult
from moto.rds.exceptions import InvalidParameterCombination
from moto.rds.models import DBInstance, RDSBackend
from moto.rds.responses import RDSResponse

from ..patches import instead

ENGINE = 'postgres'
#: versions by release date, oldest first; RDS upgrades to none of an older release
RELEASES = (
    ('14.19', '15.14', '16.10', '17.6'),
    ('14.20', '15.15', '16.11', '17.7', '18.1'),
    ('14.22', '15.17', '16.13', '17.9', '18.3'),
)
VERSIONS = [version for release in RELEASES for version in release]


def _numbers(version: str) -> list[int]:
    return [int(number) for number in version.split('.')]


def _matches(version: str, asked: str) -> bool:
    """True for the requested version, or a minor of the requested major one."""
    return version == asked or version.startswith(f'{asked}.')


def full_version(engine: str, version: str) -> str:
    """Default minor version of a major one in RDS, which is not the newest."""
    return next((each for each in VERSIONS if engine == ENGINE and _matches(each, version)), version)


def _targets(version: str) -> list[str]:
    age = next((index for index, release in enumerate(RELEASES) if version in release), len(RELEASES))
    later = (each for release in RELEASES[age:] for each in release)
    return sorted((each for each in later if _numbers(each) > _numbers(version)), key=_numbers)


def upgraded(database: DBInstance, given: dict[str, Any]) -> dict[str, Any]:
    """Adds the full version to an update; refuses as RDS does."""
    asked, now, engine = given.get('engine_version'), database.engine_version, database.engine
    if not asked or engine != ENGINE:
        return given
    default = full_version(engine, asked)
    # A major version alone does not change an instance at its default minor version or above.
    wanted = now if _matches(now, asked) and _numbers(now) >= _numbers(default) else default
    if _numbers(wanted)[0] > _numbers(now)[0] and not given.get('allow_major_version_upgrade'):
        raise InvalidParameterCombination(
            'The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.'
        )
    if wanted not in (now, *_targets(now)):
        raise InvalidParameterCombination(f'Cannot upgrade {engine} from {now} to {wanted}')
    return {**given, 'engine_version': wanted}


@instead(RDSResponse, 'describe_db_engine_versions')
def _describe_versions(self: RDSResponse) -> ActionResult:
    asked = self.params.get('EngineVersion') or ''
    known = VERSIONS if self.params.get('Engine') in (None, ENGINE) else []
    found = sorted((each for each in known if not asked or _matches(each, asked)), key=_numbers)
    return ActionResult({'DBEngineVersions': [_describe(version) for version in found]})


def _describe(version: str) -> dict[str, Any]:
    major = version.split('.')[0]
    targets = [{'Engine': ENGINE, 'EngineVersion': each} for each in _targets(version)]
    return {'Engine': ENGINE, 'MajorEngineVersion': major, 'EngineVersion': version, 'ValidUpgradeTarget': targets}


@instead(RDSBackend, 'describe_orderable_db_instance_options')
def _offer(self: RDSBackend, engine: str, engine_version: str) -> list[dict[str, Any]]:
    """Every class in use by the account; no other is known."""
    if engine_version not in VERSIONS:
        return []
    classes = sorted({database.db_instance_class for database in self.databases.values()})
    return [{'Engine': engine, 'EngineVersion': engine_version, 'DBInstanceClass': each} for each in classes]
