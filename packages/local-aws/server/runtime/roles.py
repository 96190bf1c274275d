"""Roles of programs: a role's trust policy guards its credentials, and its policies guard each request."""

import json
import os
import re
from typing import Any
from urllib.parse import parse_qs, unquote, urlparse

import boto3
from botocore.config import Config
from moto.core.authorization import ActionAuthenticatorMixin
from moto.core.exceptions import AccessDeniedError, JsonRESTError
from moto.iam.access_control import S3IAMRequest
from moto.iam.exceptions import NotFoundException
from moto.s3.exceptions import BucketAccessDeniedError, S3AccessDeniedError
from moto.s3.models import s3_backends

from .. import rights
from ..api import Properties, Refused, call
from ..patches import instead
from ..required_resources import required_rights

#: access key → role, session, and whether only policies in force count
_sessions: dict[str, tuple[str, str, bool]] = {}
_session = boto3.Session()


def endpoint() -> str:
    """URL of this server by IP address, so that SDKs put no bucket into the host name."""
    return os.environ['LOCAL_AWS_ENDPOINT'].replace('localhost', '127.0.0.1')


def assume(region: str, role_arn: str, session: str, service: str, at_once: bool = False) -> Properties:
    """Credentials of a service's program; refused unless the role trusts the service.

    Policies that are not in force yet do not count with `at_once`.
    """
    name = role_arn.rsplit('/', 1)[-1]
    try:
        role = call('iam', region, 'GetRole', {'RoleName': name})['Role']
    except Exception as error:
        raise Refused(f'unable to assume the role {role_arn}: {error}') from error
    document = json.dumps(role['AssumeRolePolicyDocument'])
    if f'"{service}"' not in document:
        raise Refused(f'unable to assume the role {role_arn}: it does not trust {service}')
    wanted = {'RoleArn': role_arn, 'RoleSessionName': session[:64]}
    credentials = call('sts', region, 'AssumeRole', wanted)['Credentials']
    _sessions[credentials['AccessKeyId']] = (name, session, at_once)
    return credentials


def client_as(credentials: Properties, service: str, region: str) -> Any:
    """Client with these credentials."""
    return _session.client(
        service,
        region_name=region,
        endpoint_url=endpoint(),
        aws_access_key_id=credentials['AccessKeyId'],
        aws_secret_access_key=credentials['SecretAccessKey'],
        aws_session_token=credentials['SessionToken'],
        config=Config(retries={'max_attempts': 1}),
    )


def variables(credentials: Properties) -> dict[str, str]:
    """Credentials as environment variables."""
    return {
        'AWS_ACCESS_KEY_ID': credentials['AccessKeyId'],
        'AWS_SECRET_ACCESS_KEY': credentials['SecretAccessKey'],
        'AWS_SESSION_TOKEN': credentials['SessionToken'],
    }


@instead(ActionAuthenticatorMixin, '_authenticate_and_authorize_action')
def _authorize(self: Any, request_class: type, resource: str = '*') -> None:
    """Authorizes requests of these sessions; all other callers are administrators."""
    session = _sessions.get(_credential(self)[0])
    # A CORS preflight has no credentials; a presigned URL has them in its query.
    if session is None or self.method == 'OPTIONS':
        return
    s3 = request_class is S3IAMRequest
    service = 's3' if s3 else _credential(self)[3]
    action = f'{service}:{self._get_action()}'
    if action == 's3:HeadBucket':
        action = 's3:ListBucket'
    if action == 's3:DeleteObject' and resource.count('/') == 0:
        # DeleteObjects: moto names no single object.
        resource += '/'
    # A request without an ARN is authorized by its action alone, unless its required resources are known.
    named = [resource] if s3 else re.findall(rf'arn:aws:{service}:[^"&\s,]+', _body(self))
    wanted = [(action, each) for each in named]
    wanted += required_rights(action, self.region, self.current_account, _body(self))
    try:
        statements = rights.statements_of(self.current_account, session[0], in_force=session[2])
    except NotFoundException:
        # The role was deleted while its program ran: nothing is permitted any more.
        statements = []
    if s3:
        statements += _bucket_statements(resource.split(':::')[1].split('/')[0], session[0], self.current_account)
    denied = [right for right in wanted or [(action, None)] if not rights.permits(statements, *right)]
    if service == 'sts' or not denied:
        return
    if s3:
        bucket = self.data.get('BucketName')
        raise BucketAccessDeniedError(bucket=bucket) if bucket else S3AccessDeniedError()
    raise _denied(self, session, *denied[0])


def _denied(request: Any, session: tuple[str, str, bool], action: str, resource: str | None) -> Exception:
    user = f'arn:aws:sts::{request.current_account}:assumed-role/{session[0]}/{session[1]}'
    error = AccessDeniedError(user_arn=user, action=action)
    if 'json' in request.headers.get('Content-Type', ''):
        # moto would answer in XML, which clients of such a service cannot read.
        place = f' on resource: {resource}' if resource else ''
        reason = f'because no identity-based policy allows the {action} action'
        return JsonRESTError('AccessDeniedException', f'{error.message}{place} {reason}')
    return error


def _credential(request: Any) -> list[str]:
    """`key/date/region/service/aws4_request`, from the header or from a presigned URL."""
    header = re.search(r'Credential=([^,\s]+)', request.headers.get('Authorization', ''))
    query = parse_qs(urlparse(request.uri).query).get('X-Amz-Credential', [''])
    return (header[1] if header else query[0]).split('/')


def _body(request: Any) -> str:
    body = request.body or request.raw_body or ''
    return unquote(body.decode(errors='replace') if isinstance(body, bytes) else str(body))


def _bucket_statements(bucket: str, role: str, account: str) -> list[Properties]:
    """Statements of a bucket's policy for a role; within an account they count like the role's own."""
    found = s3_backends[account]['aws'].buckets.get(bucket)
    document = json.loads(found.policy) if found and found.policy else {'Statement': []}
    principals = ('*', f':iam::{account}:root"', f':role/{role}"')
    return [
        each
        for each in document['Statement']
        if any(name in json.dumps(each.get('Principal', '')) for name in principals)
    ]
