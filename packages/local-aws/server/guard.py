"""Access to the server: local programs only, no web page in the user's browser."""

import re
from collections.abc import Iterable
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.moto_server.werkzeug_app import DomainDispatcherApplication
from moto.s3.models import s3_backends

from .runtime import endpoint

Environ = dict[str, Any]

#: SDKs address a bucket as `bucket.localhost`; foreign names that DNS points to loopback must not match
LOOPBACK = re.compile(r'(?:(?P<label>[a-z0-9.-]+)\.)?localhost|127\.0\.0\.1', re.IGNORECASE)


def _refusal_of(environ: Environ, host: str, service: str) -> str | None:
    if service == 'moto_api':
        return 'The address by which moto is controlled is closed in this local AWS.'
    origin = environ.get('HTTP_ORIGIN')
    if origin is not None:
        if service != 's3' or not _cors_admits(environ, host, origin):
            return f'A page of {origin!r} may not use this local AWS, except where the CORS rules of a bucket let it.'
    elif environ.get('HTTP_SEC_FETCH_SITE', 'none') != 'none':
        # A browser's request without an Origin: an image, a form or a link of a page.
        if service != 's3' or environ['REQUEST_METHOD'] not in ('GET', 'HEAD'):
            return 'Another site’s page may not use this local AWS.'
    return None


def _cors_admits(environ: Environ, host: str, origin: str) -> bool:
    match = LOOPBACK.fullmatch(host)
    name = (match and match['label'] or '').split('.s3')[0] or environ['PATH_INFO'].lstrip('/').split('/')[0]
    bucket = s3_backends[DEFAULT_ACCOUNT_ID]['aws'].buckets.get(name)
    method = environ.get('HTTP_ACCESS_CONTROL_REQUEST_METHOD', environ['REQUEST_METHOD'])
    return bucket is not None and any(
        method in _listed(rule.allowed_methods)
        and any(_matches(origin, pattern) for pattern in _listed(rule.allowed_origins))
        for rule in bucket.cors
    )


def _matches(origin: str, pattern: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r'\*', '.*'), origin) is not None


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _answer(self: DomainDispatcherApplication, environ: Environ, start_response: Any) -> Iterable[bytes]:
    host = environ.get('HTTP_HOST', '').rsplit(':', 1)[0]
    refusal: str | None = f'This local AWS answers on localhost and 127.0.0.1, not as {host!r}.'
    if LOOPBACK.fullmatch(host):
        answer = endpoint.answer_to(environ)
        if answer is not None:
            start_response('200 OK', [('Content-Type', 'application/json')])
            return [answer]
        application = self.get_application(environ)
        refusal = _refusal_of(environ, host, application.service)
        if refusal is None:
            return application(environ, start_response)
    start_response('403 Forbidden', [('Content-Type', 'text/plain; charset=utf-8')])
    return [f'{refusal}\n'.encode()]


def install() -> None:
    DomainDispatcherApplication.__call__ = _answer
