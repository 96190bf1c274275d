"""Versions of a secret and their staging labels."""

import threading
from typing import Any

from moto.secretsmanager.exceptions import InvalidParameterException
from moto.secretsmanager.models import FakeSecret, SecretsManagerBackend

from ..patches import around, instead


#: lock for moving labels: one of several concurrent callers succeeds
_labels = threading.RLock()


def _holders(secret: FakeSecret) -> dict[str, str]:
    return {label: name for name, version in secret.versions.items() for label in version['version_stages']}


@around(FakeSecret, 'reset_default_version')
def _keep_labels(reset_default: Any, self: FakeSecret, secret_version: dict[str, Any], version_id: str) -> None:
    previous = self.versions.get(self.default_version_id or '')
    self.remove_version_stages_from_old_versions(secret_version['version_stages'])
    # moto removes every label of the previous current version.
    kept = [label for label in previous['version_stages'] if label != 'AWSPREVIOUS'] if previous else []
    reset_default(self, secret_version, version_id)
    if previous:
        previous['version_stages'] += kept


@around(SecretsManagerBackend, 'update_secret_version_stage')
def _move_label(
    update_stage: Any,
    self: SecretsManagerBackend,
    secret_id: str,
    version_stage: str,
    remove_from_version_id: str,
    move_to_version_id: str,
) -> tuple[str, str]:
    with _labels:
        secret = self.secrets.get(secret_id)
        holders = _holders(secret) if secret else {}
        holder = holders.get(version_stage)
        if secret and holder and holder == move_to_version_id:
            return secret.arn, secret.name
        if holder and holder != remove_from_version_id:
            raise InvalidParameterException(
                f'Staging label {version_stage} is currently attached to version {holder}, so you must explicitly '
                'reference that version in RemoveFromVersionId.'
            )
        if version_stage == 'AWSCURRENT' and not move_to_version_id:
            raise InvalidParameterException('Staging label AWSCURRENT can be moved to another version, not removed.')
        moved = update_stage(self, secret_id, version_stage, remove_from_version_id, move_to_version_id)
        if version_stage == 'AWSCURRENT':
            # moto would keep the previous value.
            self.secrets[secret_id].set_default_version_id(move_to_version_id)
        return moved


@instead(FakeSecret, '_form_version_ids_to_stages')
def _labelled(self: FakeSecret) -> dict[str, Any]:
    """Versions with a label; one without is deprecated and not listed."""
    stages = {name: version['version_stages'] for name, version in self.versions.items()}
    return {name: labels for name, labels in stages.items() if labels}
