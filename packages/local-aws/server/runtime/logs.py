"""Output of programs in CloudWatch Logs."""

import time
from collections import deque
from threading import Thread
from typing import IO, Any

from botocore.exceptions import ClientError

REMEMBERED = 20


class LogStream:
    """Log stream written with a role's client; a refusal loses the lines, as with AWS's own agents."""

    def __init__(self, client: Any, group: str, stream: str, creates_group: bool = False) -> None:
        self.client = client
        self.target = {'logGroupName': group, 'logStreamName': stream}
        #: last lines of the output
        self.last: deque[str] = deque(maxlen=REMEMBERED)
        if creates_group:
            self._try('create_log_group', logGroupName=group)
        self.error = self._try('create_log_stream', **self.target)

    def write(self, lines: list[str]) -> None:
        self.last.extend(lines)
        now = int(time.time() * 1000)
        # An event without text is refused.
        events = [{'timestamp': now, 'message': line} for line in lines if line]
        if events:
            self._try('put_log_events', **self.target, logEvents=events)

    def follow(self, output: IO[bytes]) -> Thread:
        thread = Thread(target=self._pump, args=(output,), daemon=True)
        thread.start()
        return thread

    def _pump(self, output: IO[bytes]) -> None:
        rest = b''
        while piece := output.read1(65536):  # type: ignore[attr-defined]
            *lines, rest = (rest + piece).split(b'\n')
            self.write([line.decode(errors='replace') for line in lines])
        self.write([rest.decode(errors='replace')] if rest else [])

    def _try(self, operation: str, **arguments: Any) -> str | None:
        # A container without a log configuration has no log group.
        if not self.target['logGroupName']:
            return None
        try:
            getattr(self.client, operation)(**arguments)
        except ClientError as error:
            return str(error)
        return None
