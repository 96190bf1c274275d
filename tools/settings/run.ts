import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as environments from '../../lib/config';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { SETTINGS_OUTPUT, stackId } from '../../lib/config/names';
import type { EnvironmentName } from '../shared/environment-argument';
import { CannotTellError, type Outcome } from '../shared/outcome';
import { isRecord } from '../shared/values';

/** What is needed to reach an environment's settings. */
export interface Place {
  readonly stack: string;
  readonly config: EnvironmentConfig;
}

const placeOf = (environment: EnvironmentName): Place => ({
  stack: stackId(environment),
  config: environments[environment],
});

/** Tells which keys the containers want, and which of them have no value yet. */
export async function listSettings(environment: EnvironmentName, place = placeOf(environment)): Promise<Outcome> {
  const wanted = wantedBy(place.config);
  if (wanted.size === 0) return said(0, `${environment} wants no secret settings (lib/config/${environment}.ts).`);
  const { values } = await read(environment, place);
  const width = Math.max(...[...wanted.keys()].map((key) => key.length));
  const lines = [...wanted].map(
    ([key, containers]) => `${values[key] ? 'set    ' : 'MISSING'}  ${key.padEnd(width)}  ${containers.join(', ')}`,
  );
  const missing = [...wanted.keys()].filter((key) => !values[key]);
  if (missing.length === 0) return said(0, ...lines);
  return said(
    1,
    ...lines,
    `A container that wants a missing one does not start. Set it before the release:`,
    ...missing.map((key) => `  npm run prooflink -- settings ${environment} set ${key}`),
  );
}

/** Sets one key and leaves the others as they are. */
export async function setSetting(
  environment: EnvironmentName,
  key: string,
  ask: () => Promise<string>,
  place = placeOf(environment),
): Promise<Outcome> {
  const wanted = wantedBy(place.config);
  if (!wanted.has(key)) {
    const there = wanted.size > 0 ? `It wants: ${[...wanted.keys()].join(', ')}.` : 'It wants none.';
    throw new CannotTellError(
      `${environment} wants no secret setting ${key}. ${there} Names stand in settings.secrets of lib/config/${environment}.ts.`,
    );
  }
  const { client, arn } = await read(environment, place);
  const value = await ask();
  if (value === '') throw new CannotTellError(`No value was given; ${key} stays as it was.`);
  // Read again: somebody may have set another one while this one was typed.
  const { values } = await read(environment, place);
  const SecretString = JSON.stringify({ ...values, [key]: value });
  await asked(client.send(new PutSecretValueCommand({ SecretId: arn, SecretString })));
  return said(0, `${key} is set. Containers read it when they start: from the next release or new task on.`);
}

/** The keys that containers want, and which containers. */
function wantedBy({ webService, userImport }: EnvironmentConfig): Map<string, string[]> {
  const wanted = new Map<string, string[]>();
  const want = (container: string, keys: readonly string[] = []) => {
    for (const key of keys) wanted.set(key, [...(wanted.get(key) ?? []), container]);
  };
  want('web task', webService.settings?.secrets);
  want('import job', userImport?.settings?.secrets);
  return wanted;
}

async function read(environment: EnvironmentName, { stack, config: { region } }: Place) {
  const cloudFormation = new CloudFormationClient({ region });
  const { Stacks = [] } = await asked(cloudFormation.send(new DescribeStacksCommand({ StackName: stack })));
  const arn = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === SETTINGS_OUTPUT)?.OutputValue;
  if (!arn) {
    throw new CannotTellError(
      `${stack} has no secret for settings yet. Deploy it once without a new image: npx cdk deploy ${stack}`,
    );
  }
  const client = new SecretsManagerClient({ region });
  const { SecretString = '' } = await asked(client.send(new GetSecretValueCommand({ SecretId: arn })));
  const values = parsed(SecretString);
  if (!isRecord(values)) {
    // Never with what is in it.
    throw new CannotTellError(`The settings of ${environment} are no JSON object any more: mend ${arn} by hand.`);
  }
  return { client, arn, values };
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

function said(exitCode: Outcome['exitCode'], ...lines: string[]): Outcome {
  return { exitCode, stdout: lines.map((line) => `${line}\n`).join(''), stderr: '' };
}
