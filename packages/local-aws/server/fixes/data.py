"""RDS and S3."""

import uuid
from typing import Any

from flask import Flask, Request
from moto.core.responses import ActionResult
from moto.rds.exceptions import InvalidParameterCombination
from moto.moto_server.werkzeug_app import DomainDispatcherApplication
from moto.rds.models import DBInstance, RDSBackend
from moto.s3.models import S3Backend
from moto.s3.responses import S3Response

from ..patches import around
from .versions import full_version, upgraded


#: settings of a database that moto drops: parameter → attribute of the answer
DATABASE_SETTINGS = {
    'database_insights_mode': 'database_insights_mode',
    'enable_performance_insights': 'performance_insights_enabled',
    'engine_lifecycle_support': 'engine_lifecycle_support',
    'performance_insights_retention_period': 'performance_insights_retention_period',
}
#: GiB from which RDS stripes a gp3 volume, which then has its own IOPS and throughput
STRIPED = 400
OBJECT_SIZES = ('ObjectSizeGreaterThan', 'ObjectSizeLessThan')


def _keep_database_settings(database: DBInstance, arguments: dict[str, Any]) -> DBInstance:
    for parameter, attribute in DATABASE_SETTINGS.items():
        if parameter in arguments:
            setattr(database, attribute, arguments[parameter])
    return database


@around(RDSBackend, 'create_db_instance')
def _create_database(create_db_instance: Any, self: RDSBackend, db_kwargs: dict[str, Any]) -> DBInstance:
    if db_kwargs.get('engine_version'):
        db_kwargs = {**db_kwargs, 'engine_version': full_version(db_kwargs['engine'], db_kwargs['engine_version'])}
    database = create_db_instance(self, db_kwargs)
    # moto gives every instance the same id.
    database.dbi_resource_id = f'db-{uuid.uuid4().hex[:26].upper()}'
    return _keep_database_settings(database, db_kwargs)


def _refuse_storage(database: DBInstance, given: dict[str, Any]) -> None:
    """Refuses storage changes as RDS does; moto accepts any."""
    now, size = int(database.allocated_storage), int(given.get('allocated_storage', database.allocated_storage))
    engine, kind = database.engine, given.get('storage_type', database.storage_type)
    performance = {name: given.get(name) for name in ('iops', 'storage_throughput')}
    if size < now:
        raise InvalidParameterCombination(f'Invalid storage size: {size} GiB is less than the allocated {now} GiB.')
    if kind != 'gp3' or engine not in ('mariadb', 'mysql', 'postgres'):
        return
    if size < STRIPED and any(performance.values()):
        raise InvalidParameterCombination(
            f"You can't specify IOPS or storage throughput for engine {engine} and a storage size less than {STRIPED}."
        )
    if size > now >= STRIPED and not performance['iops']:
        raise InvalidParameterCombination(
            'You must specify both the storage size and iops when modifying the storage size or iops on a DB instance '
            'that has iops.'
        )
    # The IOPS and throughput of a small volume are too low for a large one.
    for name, words, small in (('iops', 'iops', 3000), ('storage_throughput', 'storage throughput', 125)):
        if size >= STRIPED > now and not performance[name]:
            raise InvalidParameterCombination(
                f'Invalid {words} value for engine name {engine} and storage type gp3: {small}'
            )


@around(RDSBackend, 'modify_db_instance')
def _modify_database(modify: Any, self: Any, db_instance_identifier: str, db_kwargs: dict[str, Any]) -> DBInstance:
    database = self.describe_db_instances(db_instance_identifier)[0]
    _refuse_storage(database, db_kwargs)
    db_kwargs = upgraded(database, db_kwargs)
    return _keep_database_settings(modify(self, db_instance_identifier, db_kwargs), db_kwargs)


@around(S3Backend, 'put_bucket_lifecycle')
def _keep_object_sizes(put_lifecycle: Any, self: S3Backend, bucket_name: str, rules: list[dict[str, Any]]) -> None:
    given = rules if isinstance(rules, list) else [rules]
    sizes = [{key: int(value) for key, value in _conditions(rule).items() if key in OBJECT_SIZES} for rule in given]
    put_lifecycle(self, bucket_name, rules)
    for rule, size in zip(self.get_bucket(bucket_name).rules, sizes, strict=True):
        rule.object_sizes = size


def _conditions(rule: dict[str, Any]) -> dict[str, Any]:
    return (rule.get('Filter') or {}).get('And') or rule.get('Filter') or {}


@around(S3Response, 'get_bucket_lifecycle')
def _show_object_sizes(get_lifecycle: Any, self: S3Response) -> Any:
    serialized = self.serialized

    def with_sizes(answer: ActionResult) -> Any:
        if isinstance(answer.result, Exception):
            # The bucket has no such configuration.
            return serialized(answer)
        rules = self.backend.get_bucket_lifecycle(self.bucket_name)
        for shown, rule in zip(answer.result['Rules'], rules, strict=True):
            _conditions(shown).update(getattr(rule, 'object_sizes', {}))
        return serialized(answer)

    self.serialized = with_sizes
    return get_lifecycle(self)


class _Request(Request):
    """Request that parses a form on POST only: an upload with a form's content type is a file."""

    @property
    def want_form_data_parsed(self) -> bool:
        return self.method == 'POST' and super().want_form_data_parsed


@around(DomainDispatcherApplication, '_get_body')
def _read_form(form_of: Any, self: DomainDispatcherApplication, environ: dict[str, Any]) -> str | None:
    # moto looks for the service's name in the form, and loses a binary body.
    return form_of(self, environ) if environ['REQUEST_METHOD'] == 'POST' else None

Flask.request_class = _Request
