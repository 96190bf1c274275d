import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { awsVariables, type LocalAws } from '@infra/local-aws';
import { stackId, Variable } from '@infra/commands/app';
import { applicationContainer } from '@infra/operate/deployed/application-container';
import { awsClient } from '@infra/operate/deployed/aws-client';
import { hasCommand } from '@infra/commands/prooflink';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { addressLines } from './address';
import { words } from './words';
import type { LocalEnvironment } from './local-environment';
import type { DeployLocalOptions } from './options';
import { wrapToTerminal } from './wrap-to-terminal';
import { configOf } from '@infra/commands/environment-config';

/**
 * Text on the use of the environment: the address of the application, its database, and commands of a shell.
 *
 * @param serves - False if the application does not serve: the text has no address then.
 */
export async function usageText(local: LocalEnvironment, options: DeployLocalOptions, serves = true): Promise<string> {
  const shellFile = writeShellFile(local.aws);
  const lines = [
    '',
    ...(serves ? applicationLines(local, options) : []),
    ...(await databaseLines(local)),
    ...shellLines(shellFile, local.environmentName, options),
  ];
  return lines.join('\n');
}

function applicationLines({ aws, environmentName }: LocalEnvironment, { app }: DeployLocalOptions): string[] {
  const isSample = app === undefined;
  const lines = [...addressLines(aws, environmentName), ''];
  if (isSample && configOf(environmentName).userImport) {
    lines.push(...wrapToTerminal(words.usage.tryImport), '');
  }
  return lines;
}

async function databaseLines({ aws, names }: LocalEnvironment): Promise<string[]> {
  if (aws.databasesMissing) return [];
  const command = await databaseCommand(aws, names.taskFamily);
  return [words.usage.database, '', `  ${command}`, ''];
}

/** Command that opens the local database. It shows the password, which is of no use after the end of the local AWS. */
async function databaseCommand({ directory }: LocalAws, taskFamily: string): Promise<string> {
  const connectionUrl = await readConnectionUrl(taskFamily);
  const verifiesServer = connectionUrl.includes('sslmode=verify');
  const variables = verifiesServer ? `PGSSLROOTCERT='${join(directory, 'authority.pem')}' ` : '';
  return `${variables}psql '${connectionUrl}'`;
}

/** Reads the connection URL that the web container gets from Secrets Manager. */
async function readConnectionUrl(taskDefinition: string): Promise<string> {
  const described = await awsClient(ECSClient, {}).send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  const container = applicationContainer(described.taskDefinition?.containerDefinitions);
  const secret = container?.secrets?.find(({ name }) => name === Variable.databaseUrl);
  const command = new GetSecretValueCommand({ SecretId: secret?.valueFrom });
  const { SecretString = '' } = await awsClient(SecretsManagerClient, {}).send(command);
  return SecretString;
}

/** Commands of `npm run prooflink` that work on the local AWS. */
const COMMANDS = ['status', 'doctor', 'settings', 'release', 'restart', 'import', 'start', 'stop'];

/** Lines on the commands that work on the local AWS, in a shell that has read the file. */
function shellLines(shellFile: string, environmentName: EnvironmentName, { app, job }: DeployLocalOptions): string[] {
  const stackName = stackId(environmentName);
  const hasImport = app === undefined || job !== undefined;
  const commands = COMMANDS.filter(hasCommand).filter((command) => hasImport || command !== 'import');
  const [first = '', ...others] = commands;
  return [
    words.usage.shell,
    '',
    `  . '${shellFile}'`,
    `  npm run prooflink -- ${first} ${environmentName}`,
    `      ${words.usage.furtherCommands({ commands: others })}`,
    `  npx cdk diff ${stackName} --method=template`,
    `  npx cdk deploy ${stackName}`,
    `  ${words.usage.logCommands}`,
    '',
    ...wrapToTerminal(words.usage.onlyOnAws({ hasImport })),
  ];
}

/** Writes a file of variables for a shell. With them, the AWS CLI, the CDK CLI and SDKs use the local AWS. */
function writeShellFile({ endpoint, directory, region }: LocalAws): string {
  const variables = Object.entries(awsVariables(endpoint, directory, region));
  const lines = variables.map(([name, value]) => `export ${name}='${value}'\n`);
  const shellFile = join(directory, 'shell');
  // A profile would take precedence over the credentials, and a session token would be sent together with them.
  writeFileSync(shellFile, `unset AWS_PROFILE AWS_SESSION_TOKEN\n${lines.join('')}`);
  return shellFile;
}
