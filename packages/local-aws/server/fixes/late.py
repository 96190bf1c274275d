"""What comes late on AWS, and at once in moto: statuses of databases, and CloudWatch's figures."""

from typing import Any

from moto.cloudwatch.models import CloudWatchBackend, MetricDatumBase
from moto.rds.models import DBInstance, RDSBackend

from .. import clock, pace
from ..patches import around


def _becomes_late(operation: str, meanwhile: str, duration: float) -> None:
    """Shows a database's new status after the time that AWS takes."""

    @around(RDSBackend, operation)
    def change(original: Any, self: RDSBackend, *arguments: Any, **named: Any) -> DBInstance:
        database = original(self, *arguments, **named)
        reached = database.status
        database.status = meanwhile
        pace.later(duration, lambda: setattr(database, 'status', reached))
        return database


_becomes_late('start_db_instance', 'starting', pace.START_DATABASE)
_becomes_late('stop_db_instance', 'stopping', pace.STOP_DATABASE)


@around(CloudWatchBackend, 'put_metric_data')
def _publish(put: Any, self: CloudWatchBackend, *arguments: Any, **named: Any) -> None:
    before = len(self.metric_data)
    put(self, *arguments, **named)
    for each in self.metric_data[before:]:
        each.shown_from = clock.now() + pace.METRIC if clock.runs() else 0


@around(CloudWatchBackend, 'get_all_metrics')
def _shown(get_all: Any, self: CloudWatchBackend) -> list[MetricDatumBase]:
    return [each for each in get_all(self) if getattr(each, 'shown_from', 0) <= clock.now()]
