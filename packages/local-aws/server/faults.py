"""Failures of this server as AWS errors in the client's protocol.

moto answers with an HTML page, which an SDK reports as `Unexpected token '<'`.
"""

import logging
import warnings
from collections.abc import Iterable
from functools import cache
from http import HTTPStatus
from typing import Any

from botocore.exceptions import UnknownServiceError
from moto.core.exceptions import ServiceException
from moto.core.model import OperationModel, ServiceModel
from moto.core.request import determine_request_protocol
from moto.core.responses import boto3_service_name
from moto.core.serialize import get_serializer_class
from moto.core.utils import get_service_model
from moto.moto_server.werkzeug_app import DomainDispatcherApplication

from .guard import Environ
from .runtime import programs

logger = logging.getLogger(__name__)
PAGE = b'<!doctype html'

_backend_for = DomainDispatcherApplication.get_backend_for_host


class _Failure(ServiceException):
    """AWS error; moto expects its description beside the class."""


def _answer(self: DomainDispatcherApplication, environ: Environ, start_response: Any) -> Iterable[bytes]:
    begun: list[tuple[str, list[tuple[str, str]]]] = []
    try:
        body = _dispatch(self, environ, lambda status, headers, _=None: begun.append((status, headers)))
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
