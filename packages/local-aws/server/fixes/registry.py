"""Images in ECR."""

import hashlib
from datetime import datetime, timezone
from typing import Any

from moto.core.exceptions import ServiceException
from moto.ecr.models import ECRBackend, Image

_put_image = ECRBackend.put_image
_start_scan = ECRBackend.start_image_scan
_describe_findings = ECRBackend.describe_image_scan_findings

#: media types of indexes, which are no images
INDEXES = (
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
)


class UnsupportedImageType(ServiceException):
    """ECR scans images only."""

    code = 'UnsupportedImageTypeException'


def _create_digest(self: Image) -> None:
    # moto hashes the layers: images without layers would share a digest.
    self._image_digest = f'sha256:{hashlib.sha256(self.image_manifest.encode()).hexdigest()}'


def _put(self: ECRBackend, repository_name: str, *args: Any, **kwargs: Any) -> Image:
    """Scans a pushed image if the repository says so; an index is not scanned."""
    image = _put_image(self, repository_name, *args, **kwargs)
    scans = self.repositories[repository_name].image_scanning_configuration['scanOnPush']
    if scans and image.image_manifest_media_type not in INDEXES:
        image.last_scan = image.last_scan or datetime.now(timezone.utc)
    return image


def _scan(self: ECRBackend, registry_id: str, repository_name: str, image_id: dict[str, str]) -> dict[str, Any]:
    repository = self._get_repository(repository_name, registry_id)
    kind = repository._get_image(image_id.get('imageTag'), image_id.get('imageDigest')).image_manifest_media_type
    if kind in INDEXES:
        raise UnsupportedImageType(
            f"An artifact with media type '{kind}' cannot be scanned. "
            'For more information, see the Amazon ECR documentation.'
        )
    return _start_scan(self, registry_id, repository_name, image_id)


def _findings(self: ECRBackend, registry_id: str, repository_name: str, image_id: dict[str, Any]) -> dict[str, Any]:
    answer = _describe_findings(self, registry_id, repository_name, image_id)
    # moto reports findings for every image.
    answer['imageScanFindings'] |= {'findings': [], 'findingSeverityCounts': {}}
    return answer


def install() -> None:
    Image._create_digest = _create_digest
    ECRBackend.put_image = _put
    ECRBackend.start_image_scan = _scan
    ECRBackend.describe_image_scan_findings = _findings
