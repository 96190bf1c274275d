"""Uploads by presigned URLs. One with the checksum of another body is reported in the log of the program that signed it."""

import base64
import zlib
from typing import Any
from urllib.parse import parse_qs, urlparse

from moto.s3.responses import S3Response

from ..patches import around
from .logs import LogStream

#: checksum that SDKs sign by default: without a body, that of an empty one
CHECKSUM = 'x-amz-checksum-crc32'
ADVICE = (
    'S3 is said to ignore it, and other stores refuse the upload. '
    "Sign none: new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' })."
)

#: access key → log of its program
_logs: dict[str, LogStream] = {}
#: logs that have the warning
_warned: set[LogStream] = set()


def watch(access_key: str, log: LogStream) -> None:
    """Reports the uploads that a program has signed with this key."""
    _logs[access_key] = log


@around(S3Response, 'put_object')
def _put_object(put: Any, self: S3Response) -> Any:
    answer = put(self)
    query = parse_qs(urlparse(self.uri).query)
    log = _logs.get(query.get('X-Amz-Credential', [''])[0].split('/')[0])
    signed = query.get(CHECKSUM, [''])[0]
    actual = base64.b64encode(zlib.crc32(self.raw_body).to_bytes(4, 'big')).decode()
    if log and log not in _warned and signed not in ('', actual):
        _warned.add(log)
        path = urlparse(self.uri).path
        log.write([f'The presigned URL of PUT {path} has the checksum of another body ({CHECKSUM}={signed}). {ADVICE}'])
    return answer
