import { randomUUID } from 'node:crypto';
import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { CannotTellError } from '@infra/common/outcome';
import { isRecord, json } from '@infra/common/values';
import { Output, Parameter } from '../../lib/contract';
import { awsClient, list } from './aws';

/** Begins the staging labels of a version: its own id and the keys that it has (docs/decisions/0016). */
const LABEL = 'keys.';
const LONGEST_LABEL = 256;

/** Keys with their values. */
type Values = Readonly<Record<string, unknown>>;
/** Staging labels by the id of their version. */
type Labels = Readonly<Record<string, readonly string[]>>;

/** The stack as CloudFormation knows it: whether a web task runs, and where the secret is. */
export interface SettingsStack {
  readonly imageTag: string;
  readonly secret: SettingsSecret | undefined;
}

/** Reads the stack; `undefined` where there is none. */
export async function readSettingsStack(stack: string, region: string): Promise<SettingsStack | undefined> {
  const pages = paginateDescribeStacks({ client: awsClient(CloudFormationClient, { region }) }, { StackName: stack });
  const [found] = await asked(list(pages, 'Stacks').catch(noStack));
  if (!found) return undefined;
  const { Outputs = [], Parameters = [] } = found;
  const arn = Outputs.find(({ OutputKey }) => OutputKey === Output.settingsSecretArn)?.OutputValue;
  return {
    imageTag: Parameters.find(({ ParameterKey }) => ParameterKey === Parameter.appImageTag)?.ParameterValue ?? '',
    secret: arn === undefined ? undefined : new SettingsSecret(arn, region),
  };
}

function noStack(error: unknown): [] {
  if (error instanceof Error && error.message.includes('does not exist')) return [];
  throw error;
}

/** The secret with the settings. Which keys have a value is told without reading one. */
export class SettingsSecret {
  private readonly client: SecretsManagerClient;

  constructor(
    private readonly arn: string,
    region: string,
  ) {
    this.client = awsClient(SecretsManagerClient, { region });
  }

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
    const { SecretString = '', VersionId: version = '' } = await asked(
      this.client.send(new GetSecretValueCommand({ SecretId: this.arn })),
    );
    const values = json(SecretString);
    // Never with what is in it.
    if (!isRecord(values)) throw new CannotTellError(`It is no JSON object any more: mend ${this.arn} by hand.`);
    return { values, version };
  }

  /**
   * Makes these values current in the place of a version. Returns false where another version came between: Secrets
   * Manager moves AWSCURRENT only from the version that has it.
   */
  async replace(version: string, values: Values): Promise<boolean> {
    const id = randomUUID();
    const own = labelsOf(id, values);
    const written = { SecretString: JSON.stringify(values), ClientRequestToken: id, VersionStages: own };
    await asked(this.client.send(new PutSecretValueCommand({ SecretId: this.arn, ...written })));
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

  /** Labels the current version with its keys, where somebody wrote it by hand. */
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
    const moved = { SecretId: this.arn, VersionStage, RemoveFromVersionId: from, MoveToVersionId: to };
    await asked(this.client.send(new UpdateSecretVersionStageCommand(moved)));
  }

  private async labels(): Promise<Labels> {
    const { VersionIdsToStages = {} } = await asked(
      this.client.send(new DescribeSecretCommand({ SecretId: this.arn })),
    );
    return VersionIdsToStages;
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
