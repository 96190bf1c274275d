"""Images. What would be layers is a folder of this machine, and a command: the manifest's annotations name them."""

import json
import re
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from ..api import Refused

#: the annotation of a manifest that holds what an image's configuration would
ANNOTATION = 'local-aws.program'
REGISTRY = re.compile(r'^\d{12}\.dkr\.ecr\.[^/]+/([^:@]+)[:@](.+)$')


@dataclass
class Image:
    directory: str
    entrypoint: list[str]
    command: list[str]
    environment: dict[str, str]


def digest(registry: Any, name: str) -> str | None:
    """By which ECR knows an image; None where it does not."""
    found = REGISTRY.match(name)
    if not found:
        return None
    repository, reference = found.groups()
    key = 'imageDigest' if reference.startswith('sha256:') else 'imageTag'
    try:
        details = registry.batch_get_image(repositoryName=repository, imageIds=[{key: reference}])['images']
    except ClientError:
        return None
    return details[0]['imageId']['imageDigest'] if details else None


def pull(registry: Any, name: str) -> Image | None:
    """Asks ECR, with a client of the execution role; None where the image has no program for this machine."""
    found = REGISTRY.match(name)
    if not found:
        return None
    repository, reference = found.groups()
    key = 'imageDigest' if reference.startswith('sha256:') else 'imageTag'
    try:
        registry.get_authorization_token()
        answer = registry.batch_get_image(repositoryName=repository, imageIds=[{key: reference}])
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
