import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { SETTINGS_OUTPUT } from '../../lib/config/names';
import { awsClient, itemsOf } from '../shared/aws';
import { CannotTellError } from '../shared/outcome';
import { isRecord } from '../shared/values';

/** What begins the staging labels in which a version of the secret says which keys it has (docs/decisions/0016). */
const LABEL = 'keys.';
const LONGEST_LABEL = 256;

/** Keys with their values. */
type Values = Readonly<Record<string, unknown>>;

/** The stack as CloudFormation knows it: whether a web task runs, and where the secret is. */
export interface SettingsStack {
  readonly imageTag: string;
  readonly secret: SettingsSecret | undefined;
}

/** Reads the stack; `undefined` where there is none. */
export async function readSettingsStack(stack: string, region: string): Promise<SettingsStack | undefined> {
  const pages = paginateDescribeStacks({ client: awsClient(CloudFormationClient, { region }) }, { StackName: stack });
  const [found] = await asked(itemsOf(pages, (page) => page.Stacks).catch(noStack));
  if (!found) return undefined;
  const { Outputs = [], Parameters = [] } = found;
  const arn = Outputs.find(({ OutputKey }) => OutputKey === SETTINGS_OUTPUT)?.OutputValue;
  return {
    imageTag: Parameters.find(({ ParameterKey }) => ParameterKey === 'AppImageTag')?.ParameterValue ?? '',
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

  /** The keys that have a value; `undefined` where the current version was not written by `put`. */
  async keys(): Promise<ReadonlySet<string> | undefined> {
    const versions = Object.values(await this.versions());
    const current = versions.find((labels) => labels.includes('AWSCURRENT')) ?? [];
    const noted = current.filter((label) => label.startsWith(LABEL));
    // As the stack made it.
    if (noted.length === 0 && versions.length > 1) return undefined;
    return new Set(noted.flatMap((label) => label.slice(LABEL.length).split('.')));
  }

  /** Reads the values. */
  async read(): Promise<{ readonly values: Values; readonly version: string }> {
    const { SecretString = '', VersionId: version = '' } = await asked(
      this.client.send(new GetSecretValueCommand({ SecretId: this.arn })),
    );
    const values = parsed(SecretString);
    // Never with what is in it.
    if (!isRecord(values)) throw new CannotTellError(`It is no JSON object any more: mend ${this.arn} by hand.`);
    return { values, version };
  }

  async put(values: Values): Promise<void> {
    const SecretString = JSON.stringify(values);
    const { VersionId = '' } = await asked(
      this.client.send(new PutSecretValueCommand({ SecretId: this.arn, SecretString })),
    );
    await this.note(values, VersionId);
  }

  /** Labels a version with its keys, and no other: there is room for few labels on all versions together. */
  async note(values: Values, version: string): Promise<void> {
    const move = async (VersionStage: string, from?: string, to?: string) => {
      const moved = { SecretId: this.arn, VersionStage, RemoveFromVersionId: from, MoveToVersionId: to };
      await asked(this.client.send(new UpdateSecretVersionStageCommand(moved)));
    };
    for (const [id, labels] of Object.entries(await this.versions())) {
      for (const label of labels) if (label.startsWith(LABEL)) await move(label, id);
    }
    for (const label of labelsOf(Object.keys(values).filter((key) => values[key]))) {
      await move(label, undefined, version);
    }
  }

  private async versions(): Promise<Record<string, string[]>> {
    const { VersionIdsToStages = {} } = await asked(
      this.client.send(new DescribeSecretCommand({ SecretId: this.arn })),
    );
    return VersionIdsToStages;
  }
}

/** As few labels as have room for the keys. */
function labelsOf(keys: readonly string[]): string[] {
  const labels: string[] = [];
  for (const key of keys.filter((one) => /^\w{1,128}$/.test(one))) {
    const last = labels.at(-1);
    if (last !== undefined && last.length + 1 + key.length <= LONGEST_LABEL) labels.splice(-1, 1, `${last}.${key}`);
    else labels.push(`${LABEL}${key}`);
  }
  return labels;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function asked<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((error: unknown) => {
    throw new CannotTellError(`AWS could not be asked: ${error instanceof Error ? error.message : String(error)}`);
  });
}
