"""Requests with the credentials of an assumed role are allowed or denied as by IAM; all other callers are administrators."""

import json
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from moto.core.authorization import ActionAuthenticatorMixin
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.iam.access_control import S3IAMRequest
from moto.iam.exceptions import NotFoundException
from moto.iam.models import iam_backends
from moto.resourcegroupstaggingapi.models import resourcegroupstaggingapi_backends
from moto.s3.exceptions import BucketAccessDeniedError, S3AccessDeniedError
from moto.sts.models import AssumedRole, STSBackend
from werkzeug.exceptions import HTTPException

from .. import rights
from ..patches import around, instead
from ..runtime import programs
from . import requests, resource_policies
from .evaluation import ALLOWED, EXPLICIT_DENY, Evaluation, Policies, Request, evaluate
from .requests import Right

@dataclass(frozen=True)
class Session:
    """Session of a role; with `in_force` alone those policies count that have reached all of AWS."""

    role: str
    name: str
    in_force: bool = False


_sessions: dict[str, Session] = {}
_recorded: set[tuple[str, str, str | None, str]] = set()
_lock = threading.Lock()


class _Refusal(ServiceException):
    """AWS error; moto expects its description beside the class."""


class Denied(HTTPException):
    """Answer to a denied request, in the protocol of its service."""

    def __init__(self, request: Any, message: str) -> None:
        is_query = request._get_action() in request.querystring.get('Action', [])
        codes = {'ec2': 'UnauthorizedOperation'}
        code = codes.get(request.service_name, 'AccessDenied' if is_query else 'AccessDeniedException')
        _, _, body = request.serialized(ActionResult(_Refusal(code, message)))
        super().__init__(body)
        self.code = 403 if is_query else 400


def open_session(access_key: str, role: str, name: str, in_force: bool = False) -> None:
    _sessions[access_key] = Session(role, name, in_force)


@around(STSBackend, 'assume_role')
def _assume_role(assume: Any, self: STSBackend, *arguments: Any, **named: Any) -> AssumedRole:
    assumed = assume(self, *arguments, **named)
    open_session(assumed.access_key_id, assumed.role_arn.rsplit('/', 1)[-1], assumed.session_name)
    return assumed


@instead(ActionAuthenticatorMixin, '_authenticate_and_authorize_action')
def _authorize(self: Any, request_class: type, resource: str = '*') -> None:
    session = _sessions.get(requests.credential_of(self)[0])
    # A CORS preflight has no credentials; a presigned URL has them in its query.
    if session is None or self.method == 'OPTIONS':
        return
    is_s3 = request_class is S3IAMRequest
    for right in requests.rights_of(self, resource if is_s3 else None):
        if right.action == 'sts:GetCallerIdentity':
            # Nobody can be denied it.
            return
        evaluation = _judge(self, session, right)
        if evaluation.decision == ALLOWED:
            continue
        if is_s3:
            bucket = self.data.get('BucketName')
            raise BucketAccessDeniedError(bucket=bucket) if bucket else S3AccessDeniedError()
        raise Denied(self, _message(self, session, right, evaluation))


def is_permitted(request: Any, action: str, resource: str) -> bool:
    """True if the caller of a request may also take an action that a service takes in the caller's name."""
    session = _sessions.get(requests.credential_of(request)[0])
    return session is None or _judge(request, session, Right(action, resource)).decision == ALLOWED


def _judge(request: Any, session: Session, right: Right) -> Evaluation:
    if right.resource is None:
        _record(session, right, 'no map')
        return Evaluation(ALLOWED)
    account = request.current_account
    try:
        policies = rights.policies_of(account, session.role, session.in_force)
    except NotFoundException:
        # The role was deleted while its session lasted: nothing is permitted any more.
        policies = Policies([])
    policies = replace(
        policies,
        resource=resource_policies.statements_of(right.action, right.resource, account),
        is_resource_policy_required=right.action.split(':')[0] in resource_policies.REQUIRED,
    )
    role_arn = _role_arn(account, session.role)
    session_arn = f'arn:aws:sts::{account}:assumed-role/{session.role}/{session.name}'
    context = _Context(request, session, right, role_arn)
    evaluation = evaluate(
        Request(right.action, right.resource, (role_arn, session_arn), account, context.lookup), policies
    )
    _record(session, right, evaluation.decision)
    return evaluation


def _role_arn(account: str, name: str) -> str:
    role = next((each for each in list(iam_backends[account]['aws'].roles.values()) if each.name == name), None)
    return role.arn if role else f'arn:aws:iam::{account}:role/{name}'


class _Context:
    """Condition keys of a request; those of tags are read once a condition asks for them."""

    def __init__(self, request: Any, session: Session, right: Right, role_arn: str) -> None:
        account = request.current_account
        scope = requests.credential_of(request)
        self._request = request
        self._right = right
        keys = {
            'aws:PrincipalAccount': account,
            'aws:PrincipalArn': role_arn,
            'aws:PrincipalType': 'AssumedRole',
            'aws:RequestedRegion': scope[2],
            'aws:ResourceAccount': account,
            's3:ResourceAccount': account,
            # Loopback stands for TLS.
            'aws:SecureTransport': 'true',
            'aws:SourceIp': '127.0.0.1',
            'aws:UserAgent': request.headers.get('User-Agent', ''),
            'aws:ViaAWSService': 'false',
        }
        self._keys = {key.lower(): [value] for key, value in keys.items()}
        self._keys |= {key.lower(): values for key, values in right.keys.items()}

    def lookup(self, key: str) -> list[str] | None:
        prefix, _, name = key.partition('/')
        # Without `aws:ResourceTag` in AWS's reference, a condition on it is never met.
        if prefix.lower().endswith(':resourcetag') and self._right.has_resource_tags:
            value = _tags_of(self._request, self._right.resource or '').get(name)
            return None if value is None else [value]
        return self._keys.get(key.lower())


def _tags_of(request: Any, arn: str) -> dict[str, str]:
    _, _, service, _, _, resource = arn.split(':', 5)
    types = [service, f'{service}:{re.split("[/:]", resource)[0]}']
    backend = resourcegroupstaggingapi_backends[request.current_account][request.region]
    resources: Iterable[dict[str, Any]] = backend._get_resources_generator([], types)
    found = next((each for each in resources if each['ResourceARN'] == arn), {'Tags': []})
    return {tag['Key']: tag['Value'] for tag in found['Tags']}


def _message(request: Any, session: Session, right: Right, evaluation: Evaluation) -> str:
    """AWS's own words (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html)."""
    user = f'arn:aws:sts::{request.current_account}:assumed-role/{session.role}/{session.name}'
    reason = f'because no {evaluation.reason} allows the {right.action} action'
    if evaluation.decision == EXPLICIT_DENY:
        article = 'an' if evaluation.reason.startswith('identity') else 'a'
        reason = f'with an explicit deny in {article} {evaluation.reason}'
    place = '' if right.resource == '*' else f' on resource: {right.resource}'
    return f'User: {user} is not authorized to perform: {right.action}{place} {reason}'


def _record(session: Session, right: Right, decision: str) -> None:
    """Writes each role, action, resource and decision once, for src/local-aws.ts."""
    entry = (session.role, right.action, right.resource, decision)
    if entry in _recorded:
        return
    with _lock:
        _recorded.add(entry)
        line = dict(zip(('role', 'action', 'resource', 'decision'), entry))
        with (programs.scratch / 'judged-calls.jsonl').open('a') as file:
            file.write(json.dumps(line) + '\n')
