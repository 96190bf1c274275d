import { randomUUID } from 'node:crypto';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { CannotTellError } from '@infra/common/outcome';
import { isRecord, json } from '@infra/common/values';
import { Output } from '../../lib/contract';
import type { DeployedStack } from './deployed-stack';

/**
 * Prefix of the staging labels that list the keys of a version (docs/decisions/0016):
 * `keys.<version id>.<key>.<key>`, over as many labels as they take.
 */
const KEYS_PREFIX = 'keys.';
const LONGEST_LABEL = 256;

/** Keys that a label has room for. */
const LABELLED_KEY = /^\w{1,128}$/;

/** Settings by their key. */
type Values = Readonly<Record<string, unknown>>;

/** Staging labels by the id of their version. */
type LabelsByVersion = Readonly<Record<string, readonly string[]>>;

/** Values of one version of the secret. */
export interface SettingsVersion {
  readonly values: Values;
  /** Id of the version. */
  readonly version: string;
}

/** The secret of a stack; `undefined` where it has none yet. */
export function settingsSecretOf(stack: DeployedStack | undefined): SettingsSecret | undefined {
  const arn = stack?.outputs[Output.settingsSecretArn];
  if (!stack || arn === undefined) return undefined;
  return new SettingsSecret(arn, stack.client(SecretsManager));
}

/** The secret with the settings. Its labels say which keys have a value, without reading one. */
export class SettingsSecret {
  constructor(
    private readonly arn: string,
    private readonly client: SecretsManager,
  ) {}

  /** The keys that have a value; `undefined` where the current version was not written by `replace`. */
  async keys(): Promise<ReadonlySet<string> | undefined> {
    const labelsOfVersions = Object.values(await this.readLabels());
    const currentLabels = labelsOfVersions.find((labels) => labels.includes('AWSCURRENT')) ?? [];
    const keyLabels = currentLabels.filter(isKeyLabel);
    const hasPreviousVersion = labelsOfVersions.flat().includes('AWSPREVIOUS');
    // Without a previous version, the secret is as the stack created it.
    if (keyLabels.length === 0 && hasPreviousVersion) return undefined;
    return new Set(keyLabels.flatMap(keysInLabel));
  }

  /** Reads the values of the current version. */
  async read(): Promise<SettingsVersion> {
    const request = this.client.getSecretValue({ SecretId: this.arn });
    const { SecretString = '', VersionId = '' } = await explainFailure(request);
    const values = json(SecretString);
    // The error must not show the secret's content.
    if (!isRecord(values)) throw new CannotTellError(`It is no JSON object any more: fix ${this.arn} by hand.`);
    return { values, version: VersionId };
  }

  /**
   * Makes these values current in the place of a version. Returns false where another version came between: Secrets
   * Manager moves AWSCURRENT only from the version that has it.
   */
  async replace(version: string, values: Values): Promise<boolean> {
    const newVersion = randomUUID();
    const newLabels = keyLabelsFor(newVersion, values);
    await this.putVersion(newVersion, values, newLabels);
    // A version that is written later may still become current, and keeps its labels.
    const labelsBefore = await this.readLabels();
    try {
      await this.moveLabel('AWSCURRENT', version, newVersion);
    } catch (error) {
      const current = await this.read();
      if (current.version !== newVersion) {
        await this.removeKeyLabels({ [newVersion]: newLabels });
        if (current.version === version) throw error;
        return false;
      }
    }
    await this.removeKeyLabels({ ...labelsBefore, [newVersion]: [] });
    return true;
  }

  /** Labels the current version with its keys, if it was written by hand. */
  async labelWithKeys(values: Values, version: string): Promise<void> {
    const labelsBefore = await this.readLabels();
    await this.removeKeyLabels({ ...labelsBefore, [version]: [] });
    for (const label of keyLabelsFor(version, values)) await this.moveLabel(label, undefined, version);
  }

  private async putVersion(version: string, values: Values, labels: string[]): Promise<void> {
    const request = this.client.putSecretValue({
      SecretId: this.arn,
      SecretString: JSON.stringify(values),
      ClientRequestToken: version,
      VersionStages: labels,
    });
    await explainFailure(request);
  }

  /** Takes off the labels with keys: there is room for few labels on all versions together. */
  private async removeKeyLabels(labelsByVersion: LabelsByVersion): Promise<void> {
    for (const [version, labels] of Object.entries(labelsByVersion)) {
      for (const label of labels.filter(isKeyLabel)) {
        // Another writer may have removed it. A label that stays goes with the next version.
        await this.moveLabel(label, version).catch(() => undefined);
      }
    }
  }

  private async moveLabel(label: string, fromVersion?: string, toVersion?: string): Promise<void> {
    const request = this.client.updateSecretVersionStage({
      SecretId: this.arn,
      VersionStage: label,
      RemoveFromVersionId: fromVersion,
      MoveToVersionId: toVersion,
    });
    await explainFailure(request);
  }

  private async readLabels(): Promise<LabelsByVersion> {
    const { VersionIdsToStages = {} } = await explainFailure(this.client.describeSecret({ SecretId: this.arn }));
    return VersionIdsToStages;
  }
}

function isKeyLabel(label: string): boolean {
  return label.startsWith(KEYS_PREFIX);
}

/** The keys in a label; the version's id at its beginning is no key that a config has. */
function keysInLabel(label: string): string[] {
  return label.slice(KEYS_PREFIX.length).split('.');
}

/** As few labels as have room for the keys that have a value; no other version has one of them. */
function keyLabelsFor(version: string, values: Values): string[] {
  const prefix = `${KEYS_PREFIX}${version}`;
  const keys = Object.keys(values).filter((key) => values[key] && LABELLED_KEY.test(key));
  const labels: string[] = [];
  let label = prefix;
  for (const key of keys) {
    const longerLabel = `${label}.${key}`;
    if (longerLabel.length <= LONGEST_LABEL) {
      label = longerLabel;
    } else {
      labels.push(label);
      label = `${prefix}.${key}`;
    }
  }
  labels.push(label);
  return labels;
}

/** Answer of Secrets Manager; a failure becomes an error in words for the user. */
async function explainFailure<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CannotTellError(`AWS could not be asked: ${reason}`);
  }
}
