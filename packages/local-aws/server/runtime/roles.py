"""Roles of programs: a role's trust policy guards its credentials, and its policies guard each request."""

import json
import os
from typing import Any

from ..api import Properties, Refused, call, client
from ..authorization import judge


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
    judge.open_session(credentials['AccessKeyId'], name, session, in_force=at_once)
    return credentials


def client_as(credentials: Properties, service: str, region: str) -> Any:
    keys = (credentials[name] for name in ('AccessKeyId', 'SecretAccessKey', 'SessionToken'))
    return client(service, region, *keys)


def variables(credentials: Properties) -> dict[str, str]:
    return {
        'AWS_ACCESS_KEY_ID': credentials['AccessKeyId'],
        'AWS_SECRET_ACCESS_KEY': credentials['SecretAccessKey'],
        'AWS_SESSION_TOKEN': credentials['SessionToken'],
    }
