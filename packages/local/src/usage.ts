import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { awsVariables, type LocalAws } from '@infra/local-aws';
import { stackId } from '@infra/commands/app';
import { hasCommand } from '@infra/commands/prooflink';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { addressLines } from './address';
import { words } from './words';
import type { LocalEnvironment } from './local-environment';
import type { DeployLocalOptions } from './options';
import { wrapToTerminal } from './wrap-to-terminal';
import { configOf } from '@infra/commands/environment-config';

/**
 * Text on the use of the environment: the address of the application, and commands of a shell.
 *
 * @param serves - False if the application does not serve: the text has no address then.
 */
export function usageText(local: LocalEnvironment, options: DeployLocalOptions, serves = true): string {
  const shellFile = writeShellFile(local.aws);
  const lines = [
    '',
    ...(serves ? applicationLines(local, options) : []),
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

/** Commands of `npm run prooflink` that work on the local AWS. */
const COMMANDS = [
  'status',
  'doctor',
  'logs',
  'shell',
  'database',
  'settings',
  'release',
  'restart',
  'import',
  'start',
  'stop',
];

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
