import { randomUUID } from 'node:crypto';
import { type DescribeSecretResponse, SecretsManager } from '@aws-sdk/client-secrets-manager';
import { CannotTellError } from '@infra/common/outcome';
import { isRecord, parseJson } from '@infra/common/values';
import { keyLabelsFor, KEYS_PREFIX, MOST_KEY_LABELS, Output } from '@infra/commands/app';
import type { DeployedStack } from './deployed-stack';
import { words } from './words';
import { awsCommand } from './printed-commands';

/** A key that fits into a label, and whose characters do not mean anything in one. */
const LABELLED_KEY = /^\w{1,128}$/;

/** Secrets Manager's limit for the value of a secret, which has all settings ("AWS Secrets Manager quotas"). */
const MOST_BYTES = 65_536;

/** Values of settings by their key. */
type Values = Readonly<Record<string, unknown>>;

/** Staging labels of the versions of a secret, by the version's id. */
type LabelsByVersionId = Readonly<Record<string, readonly string[]>>;

/** One version of the secret. */
export interface SettingsVersion {
  readonly values: Values;
  readonly versionId: string;
}

/** The secret with the settings of a stack; `undefined` if there is no stack, or it has no such secret yet. */
export function settingsSecretOf(stack: DeployedStack | undefined): SettingsSecret | undefined {
  const arn = stack?.outputs[Output.settingsSecretArn];
  if (!stack || arn === undefined) return undefined;
  return new SettingsSecret(arn, stack.client(SecretsManager), stack.region);
}

/** The secret with the settings: a JSON object, each version of which has key labels. */
export class SettingsSecret {
  constructor(
    private readonly arn: string,
    private readonly client: SecretsManager,
    private readonly region: string,
  ) {}

  /**
   * Reads the keys that have a value from the key labels of the current version.
   *
   * @returns `undefined` if the current version has no key labels, since neither `replace` nor the stack wrote it.
   */
  async readKeys(): Promise<ReadonlySet<string> | undefined> {
    const labelsOfVersions = Object.values(await this.readLabels());
    const currentLabels = labelsOfVersions.find((labels) => labels.includes('AWSCURRENT')) ?? [];
    const keyLabels = currentLabels.filter(isKeyLabel);
    const hasPreviousVersion = labelsOfVersions.flat().includes('AWSPREVIOUS');
    // Without a previous version, the secret is as the stack created it: no key has a value.
    if (keyLabels.length === 0 && hasPreviousVersion) return undefined;
    return new Set(keyLabels.flatMap(keysInLabel));
  }

  async readCurrentVersion(): Promise<SettingsVersion> {
    await this.describe();
    const request = this.client.getSecretValue({ SecretId: this.arn });
    const { SecretString = '', VersionId = '' } = await explainFailure(request);
    const values = parseJson(SecretString);
    // The error must not show the secret's content.
    if (!isRecord(values)) throw new CannotTellError(words.settings.noJson(this.previousVersion()));
    return { values, versionId: VersionId };
  }

  /**
   * Replaces the current version by a new one with these values.
   *
   * @param currentVersionId - The version that the values were made from.
   * @returns False if another writer has replaced that version in the meantime: then nothing was changed.
   */
  async replace(currentVersionId: string, values: Values): Promise<boolean> {
    const newVersionId = randomUUID();
    const newLabels = keyLabelsOf(newVersionId, values);
    await this.putVersion(newVersionId, values, newLabels);
    // Read before the new version becomes current: a version that another writer adds after that keeps its key labels.
    const labelsBefore = await this.readLabels();
    try {
      // Secrets Manager refuses to move the label from a version that does not have it any more.
      await this.moveLabel('AWSCURRENT', currentVersionId, newVersionId);
    } catch (error) {
      const current = await this.readCurrentVersion();
      // If the new version is current, the label was moved although the answer was an error.
      if (current.versionId !== newVersionId) {
        await this.removeKeyLabels({ [newVersionId]: newLabels });
        if (current.versionId === currentVersionId) throw error;
        return false;
      }
    }
    await this.removeKeyLabels({ ...labelsBefore, [newVersionId]: [] });
    return true;
  }

  /** Adds key labels to the current version, for one that a person wrote without them. */
  async labelWithKeys(values: Values, currentVersionId: string): Promise<void> {
    const newLabels = keyLabelsOf(currentVersionId, values);
    const labelsBefore = await this.readLabels();
    await this.removeKeyLabels({ ...labelsBefore, [currentVersionId]: [] });
    for (const label of newLabels) {
      await this.moveLabel(label, undefined, currentVersionId);
    }
  }

  /** The secret, and the command that shows its previous version. */
  private previousVersion() {
    const options = `--secret-id ${this.arn} --version-stage AWSPREVIOUS --query SecretString --output text`;
    return { arn: this.arn, showCommand: awsCommand(this.region, 'secretsmanager get-secret-value', options) };
  }

  private async putVersion(versionId: string, values: Values, labels: string[]): Promise<void> {
    const SecretString = JSON.stringify(values);
    const byteCount = Buffer.byteLength(SecretString);
    if (byteCount > MOST_BYTES) {
      throw new CannotTellError(words.settings.tooLarge({ byteCount, mostBytes: MOST_BYTES }));
    }
    const request = this.client.putSecretValue({
      SecretId: this.arn,
      SecretString,
      ClientRequestToken: versionId,
      VersionStages: labels,
    });
    await explainFailure(request);
  }

  /** Removes the key labels among these. Secrets Manager allows a secret few labels, on all its versions together. */
  private async removeKeyLabels(labelsByVersionId: LabelsByVersionId): Promise<void> {
    for (const [versionId, labels] of Object.entries(labelsByVersionId)) {
      for (const label of labels.filter(isKeyLabel)) {
        // Another writer may have removed the label. One that cannot be removed now is removed with the next version.
        await this.moveLabel(label, versionId).catch(() => undefined);
      }
    }
  }

  /** Moves a label; only adds it without `fromVersionId`, and only removes it without `toVersionId`. */
  private async moveLabel(label: string, fromVersionId?: string, toVersionId?: string): Promise<void> {
    const request = this.client.updateSecretVersionStage({
      SecretId: this.arn,
      VersionStage: label,
      RemoveFromVersionId: fromVersionId,
      MoveToVersionId: toVersionId,
    });
    await explainFailure(request);
  }

  private async readLabels(): Promise<LabelsByVersionId> {
    const { VersionIdsToStages = {} } = await this.describe();
    return VersionIdsToStages;
  }

  /** Describes the secret. Throws if it is scheduled for deletion: no container can read it, although it is described. */
  private async describe(): Promise<DescribeSecretResponse> {
    const secret = await explainFailure(this.client.describeSecret({ SecretId: this.arn }));
    const { DeletedDate } = secret;
    if (DeletedDate === undefined) return secret;
    const restoreCommand = awsCommand(this.region, 'secretsmanager restore-secret', `--secret-id ${this.arn}`);
    throw new CannotTellError(words.settings.deleted({ arn: this.arn, restoreCommand }));
  }
}

function isKeyLabel(label: string): boolean {
  return label.startsWith(KEYS_PREFIX);
}

/** The keys in a key label. The result also has the version's id, with which the label begins: no setting has that name. */
function keysInLabel(label: string): string[] {
  return label.slice(KEYS_PREFIX.length).split('.');
}

/**
 * The key labels of a version with these values.
 *
 * @throws CannotTellError if the secret has no room for them.
 */
function keyLabelsOf(versionId: string, values: Values): string[] {
  const keys = Object.keys(values).filter((key) => values[key] && LABELLED_KEY.test(key));
  const labels = keyLabelsFor(versionId, keys);
  if (labels.length > MOST_KEY_LABELS) throw new CannotTellError(words.settings.tooManyKeys({ keyCount: keys.length }));
  return labels;
}

/** Waits for an answer of Secrets Manager; a failure becomes an error in words for the user. */
async function explainFailure<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CannotTellError(words.settings.notAsked({ reason }));
  }
}
