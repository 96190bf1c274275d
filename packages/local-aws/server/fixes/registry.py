"""Images in ECR."""

import hashlib
import json
from collections import Counter
from datetime import datetime, timezone
from typing import Any

from moto.ecr.models import ECRBackend, Image

from ..patches import around, instead


#: media types of indexes, which are no images
INDEXES = (
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
)

#: annotation of an image's manifest with the findings of its scan
FINDINGS_ANNOTATION = 'local-aws.findings'


@instead(Image, '_create_digest')
def _create_digest(self: Image) -> None:
    # moto hashes the layers: images without layers would share a digest.
    self._image_digest = f'sha256:{hashlib.sha256(self.image_manifest.encode()).hexdigest()}'


@around(ECRBackend, 'put_image')
def _put(put_image: Any, self: ECRBackend, repository_name: str, *args: Any, **kwargs: Any) -> Image:
    """Scans a pushed image if the repository says so; an index is not scanned."""
    image = put_image(self, repository_name, *args, **kwargs)
    scans = self.repositories[repository_name].image_scanning_configuration['scanOnPush']
    if scans and image.image_manifest_media_type not in INDEXES:
        image.last_scan = image.last_scan or datetime.now(timezone.utc)
    return image


@around(ECRBackend, 'describe_image_scan_findings')
def _findings(describe: Any, self: ECRBackend, **named: Any) -> dict[str, Any]:
    answer = describe(self, **named)
    # moto reports a finding for every image.
    findings = _annotated_findings(self, named['registry_id'], named['repository_name'], named['image_id'])
    counts = Counter(finding['severity'] for finding in findings)
    answer['imageScanFindings'] |= {'findings': findings, 'findingSeverityCounts': dict(counts)}
    return answer


def _annotated_findings(
    backend: ECRBackend, registry_id: str, repository_name: str, image_id: dict[str, str]
) -> list[dict[str, Any]]:
    repository = backend._get_repository(repository_name, registry_id)
    image = repository._get_image(image_id.get('imageTag'), image_id.get('imageDigest'))
    annotations = json.loads(image.image_manifest).get('annotations') or {}
    findings: list[dict[str, Any]] = json.loads(annotations.get(FINDINGS_ANNOTATION, '[]'))
    return findings
