import { randomUUID } from 'node:crypto';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { CannotTellError } from '@infra/common/outcome';
import { isRecord, json } from '@infra/common/values';
import { Output } from '../../lib/contract';
import type { DeployedStack } from './deployed-stack';

/** Begins the staging labels of a version: its own id and the keys that it has (docs/decisions/0016). */
const LABEL = 'keys.';
const LONGEST_LABEL = 256;

/** Keys with their values. */
type Values = Readonly<Record<string, unknown>>;
/** Staging labels by the id of their version. */
type Labels = Readonly<Record<string, readonly string[]>>;

/** The secret of a stack; `undefined` where it has none yet. */
export function settingsSecretOf(stack: DeployedStack | undefined): SettingsSecret | undefined {
  const arn = stack?.outputs[Output.settingsSecretArn];
  return stack && arn !== undefined ? new SettingsSecret(arn, stack.client(SecretsManager)) : undefined;
}

/** The secret with the settings. Its labels say which keys have a value, without reading one. */
export class SettingsSecret {
  constructor(
    private readonly SecretId: string,
    private readonly client: SecretsManager,
  ) {}

  /** The keys that have a value; `undefined` where the current version was not written by `replace`. */
  async keys(): Promise<ReadonlySet<string> | undefined> {
    const versions = Object.values(await this.labels());
    const current = versions.find((labels) => labels.includes('AWSCURRENT')) ?? [];
    const noted = current.filter((label) => label.startsWith(LABEL));
    // Without a version before it, the secret is as the stack made it.
    if (noted.length === 0 && versions.flat().includes('AWSPREVIOUS')) return undefined;
    return new Set(noted.flatMap((label) => label.slice(LABEL.length).split('.')));
  }

  /** Reads the values. */
  async read(): Promise<{ readonly values: Values; readonly version: string }> {
    const { SecretId } = this;
    const { SecretString = '', VersionId: version = '' } = await asked(this.client.getSecretValue({ SecretId }));
    const values = json(SecretString);
    // Never with what is in it.
    if (!isRecord(values)) throw new CannotTellError(`It is no JSON object any more: fix ${SecretId} by hand.`);
    return { values, version };
  }

  /**
   * Makes these values current in the place of a version. Returns false where another version came between: Secrets
   * Manager moves AWSCURRENT only from the version that has it.
   */
  async replace(version: string, values: Values): Promise<boolean> {
    const id = randomUUID();
    const own = labelsOf(id, values);
    const { SecretId } = this;
    const written = { SecretId, SecretString: JSON.stringify(values), ClientRequestToken: id, VersionStages: own };
    await asked(this.client.putSecretValue(written));
    // A version that is written later may still become current, and keeps its labels.
    const before = await this.labels();
    try {
      await this.move('AWSCURRENT', version, id);
    } catch (error) {
      const now = (await this.read()).version;
      if (now !== id) {
        await this.unlabel({ [id]: own });
        if (now === version) throw error;
        return false;
      }
    }
    await this.unlabel({ ...before, [id]: [] });
    return true;
  }

  /** Labels the current version with its keys, if it was written by hand. */
  async note(values: Values, version: string): Promise<void> {
    await this.unlabel({ ...(await this.labels()), [version]: [] });
    for (const label of labelsOf(version, values)) await this.move(label, undefined, version);
  }

  /** Takes off the labels with keys: there is room for few labels on all versions together. */
  private async unlabel(versions: Labels): Promise<void> {
    for (const [id, labels] of Object.entries(versions)) {
      for (const label of labels.filter((each) => each.startsWith(LABEL))) {
        // Another writer may have removed it. What stays goes with the next version.
        await this.move(label, id).catch(() => undefined);
      }
    }
  }

  private async move(VersionStage: string, from?: string, to?: string): Promise<void> {
    const moved = { SecretId: this.SecretId, VersionStage, RemoveFromVersionId: from, MoveToVersionId: to };
    await asked(this.client.updateSecretVersionStage(moved));
  }

  private async labels(): Promise<Labels> {
    const { SecretId } = this;
    return (await asked(this.client.describeSecret({ SecretId }))).VersionIdsToStages ?? {};
  }
}

/** As few labels as have room for the keys that have a value; no other version has one of them. */
function labelsOf(version: string, values: Values): string[] {
  const begin = `${LABEL}${version}`;
  const labels = [begin];
  for (const key of Object.keys(values).filter((one) => values[one] && /^\w{1,128}$/.test(one))) {
    const last = labels.pop() ?? begin;
    if (last.length + 1 + key.length <= LONGEST_LABEL) labels.push(`${last}.${key}`);
    else labels.push(last, `${begin}.${key}`);
  }
  return labels;
}

async function asked<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((error: unknown) => {
    throw new CannotTellError(`AWS could not be asked: ${error instanceof Error ? error.message : String(error)}`);
  });
}
