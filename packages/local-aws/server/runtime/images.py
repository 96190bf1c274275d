"""Images: an annotation of the manifest names a local folder and a command in place of layers."""

import json
import re
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from ..api import Refused

#: annotation with the image's configuration
ANNOTATION = 'local-aws.program'
REGISTRY = re.compile(r'^\d{12}\.dkr\.ecr\.[^/]+/([^:@]+)[:@](.+)$')


@dataclass
class Image:
    directory: str
    entrypoint: list[str]
    command: list[str]
    environment: dict[str, str]


def _request(name: str) -> dict[str, Any] | None:
    found = REGISTRY.match(name)
    if not found:
        return None
    repository, reference = found.groups()
    key = 'imageDigest' if reference.startswith('sha256:') else 'imageTag'
    return {'repositoryName': repository, 'imageIds': [{key: reference}]}


def digest(registry: Any, name: str) -> str | None:
    wanted = _request(name)
    if not wanted:
        return None
    try:
        details = registry.batch_get_image(**wanted)['images']
    except ClientError:
        return None
    return details[0]['imageId']['imageDigest'] if details else None


def pull(registry: Any, name: str) -> Image | None:
    """Pulls from ECR with the execution role's client; None if the image has no local program."""
    wanted = _request(name)
    if not wanted:
        return None
    try:
        registry.get_authorization_token()
        answer = registry.batch_get_image(**wanted)
    except ClientError as error:
        raise Refused(f'CannotPullContainerError: pull image manifest has been retried 1 time(s): {error}') from error
    if not answer['images']:
        raise Refused(f'CannotPullContainerError: {name}: not found')
    manifest = json.loads(answer['images'][0]['imageManifest'])
    text = manifest.get('annotations', {}).get(ANNOTATION)
    if not text:
        return None
    program = json.loads(text)
    return Image(
        program['directory'],
        program.get('entrypoint', []),
        program.get('command', []),
        program.get('environment', {}),
    )
