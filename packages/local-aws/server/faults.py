"""Failures of this server as AWS errors in the client's protocol, and those that a test asks for.

moto answers with an HTML page, which an SDK reports as `Unexpected token '<'`.
"""

import io
import json
import logging
import warnings
from collections.abc import Iterable
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from botocore.exceptions import UnknownServiceError
from moto.core.exceptions import ServiceException
from moto.core.model import OperationModel, ServiceModel
from moto.core.request import determine_request_protocol
from moto.core.responses import boto3_service_name
from moto.core.serialize import get_serializer_class
from moto.core.utils import get_service_model
from moto.moto_server.werkzeug_app import DomainDispatcherApplication

from . import pace
from .guard import Environ
from .runtime import programs

logger = logging.getLogger(__name__)
PAGE = b'<!doctype html'

#: fault of an operation → seconds until its answer, and the error in place of the answer
FAULTS: dict[str, tuple[float, tuple[int, str, str] | None]] = {
    'slow': (8, None),
    # Clients give up an answer before, and repeat their request.
    'late': (15, None),
    'hanging': (3600, None),
    'throttled': (0, (400, 'Throttling', 'Rate exceeded')),
    'denied': (0, (403, 'AccessDenied', 'The caller is not authorized to perform this operation')),
}

_backend_for = DomainDispatcherApplication.get_backend_for_host


class _Failure(ServiceException):
    """AWS error; moto expects its description beside the class."""


def _answer(self: DomainDispatcherApplication, environ: Environ, start_response: Any) -> Iterable[bytes]:
    begun: list[tuple[str, list[tuple[str, str]]]] = []
    try:
        duration, fault = 0.0, None
        if not environ.get('local-aws.own', False):
            pace.begin_call(environ.get('HTTP_X_LOCAL_AWS_NOW'))
            start_response = _with_time(start_response)
            duration, fault = _fault_of(environ)
        if fault:
            return _refuse(self, environ, start_response, fault)
        body = _dispatch(self, environ, lambda status, headers, _=None: begun.append((status, headers)))
        # Late answers are those of requests that were carried out.
        pace.take(duration)
        status, headers = begun[0]
        if int(status[:3]) < 400:
            start_response(status, headers)
            return body
        content = b''.join(body)
        if not content.lower().startswith(PAGE):
            start_response(status, headers)
            return [content]
        asked = f'{environ["REQUEST_METHOD"]} {environ["PATH_INFO"]}'
        failure = 501, 'NotImplemented', f'The local AWS does not know this operation ({asked}: {status}).'
    except NotImplementedError as error:
        failure = 501, 'NotImplemented', f'The local AWS does not know this operation: {error}'
    except Exception as error:
        logger.exception('The local AWS failed at %s %s', environ['REQUEST_METHOD'], environ['PATH_INFO'])
        reason = f'{type(error).__name__}: {error}'
        log = programs.scratch / 'server.log'
        # An SDK retries on 500, and reports the last answer only.
        failure = 501, 'InternalFailure', f'The local AWS itself failed. {reason} (traceback in {log})'
    return _refuse(self, environ, start_response, failure)


def _with_time(start_response: Any) -> Any:
    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        taken = pace.taken()
        return start_response(status, [*headers, ('X-Local-Aws-Seconds', taken)] if taken else headers, *more)

    return start


def _fault_of(environ: Environ) -> tuple[float, tuple[int, str, str] | None]:
    """Seconds until an answer that a test asks for, and the error in its place."""
    file = programs.scratch / 'faults.json'
    wanted = json.loads(file.read_text()) if file.exists() else {}
    kind = wanted.get(_operation_of(environ)) if wanted else None
    return FAULTS[kind] if kind else (0, None)


def _operation_of(environ: Environ) -> str:
    """Name of the requested operation in the protocols that have it, Query and JSON; method and path of others."""
    if 'HTTP_X_AMZ_TARGET' in environ:
        return environ['HTTP_X_AMZ_TARGET'].split('.')[-1]
    body = environ['wsgi.input'].read()
    environ['wsgi.input'] = io.BytesIO(body)
    named = parse_qs(body.decode(errors='replace')).get('Action')
    return named[0] if named else f'{environ["REQUEST_METHOD"]} {environ["PATH_INFO"]}'


def _refuse(
    self: DomainDispatcherApplication, environ: Environ, start_response: Any, failure: tuple[int, str, str]
) -> Iterable[bytes]:
    status, code, message = failure
    model = _model_of(self, environ)
    try:
        protocol = determine_request_protocol(model, environ.get('CONTENT_TYPE'))
    except NotImplementedError:
        protocol = str(model.protocol)
    serializer = get_serializer_class(model.service_name, protocol)(operation_model=OperationModel({}, model))
    answer = serializer.serialize(_Failure(code, message))
    headers = [(key, str(item)) for key, item in answer['headers'].items()]
    start_response(f'{status} {HTTPStatus(status).phrase}', headers)
    return [answer['body'].encode()]


def _model_of(self: DomainDispatcherApplication, environ: Environ) -> ServiceModel:
    """botocore's model of the requested service, or of another one with the same protocol."""
    names = ['ecs' if 'json' in environ.get('CONTENT_TYPE', '') else 'sts']
    scope = environ.get('HTTP_AUTHORIZATION', '').split(',')[0].split('/')
    names += scope[3:4]
    try:
        names.append(self.get_application(environ).service)
    except Exception:
        # moto has no such service.
        pass
    for name in reversed(names):
        try:
            return get_service_model(boto3_service_name.get(name, name))
        except UnknownServiceError:
            continue
    raise AssertionError(names)


@cache
def _find_backend(self: DomainDispatcherApplication, host: str | None) -> Any:
    """Backend of a host, found once: moto lists the folders of its package at each request."""
    found = _backend_for(self, host)
    if host and not found:
        raise NotImplementedError(f'there is no {host.split(".")[0]} here')
    return found


def install() -> None:
    """Wraps moto's dispatcher, after every other change of it."""
    global _dispatch
    _dispatch = DomainDispatcherApplication.__call__
    DomainDispatcherApplication.__call__ = _answer
    DomainDispatcherApplication.get_backend_for_host = _find_backend
    # moto warns about error codes that botocore's model lacks, as it does AWS's common ones.
    warnings.filterwarnings('ignore', module='moto.core.serialize')
