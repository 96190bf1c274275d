import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { awsVariables, type LocalAws } from '@infra/local-aws';
import { wrap } from '@infra/common/wrap';
import * as environments from '../../lib/config';
import { resourceNames, stackId } from '../../lib/config/names';
import { HEALTH_CHECK_PATH, Variable } from '../../lib/contract';
import { awsClient } from '../deployed/aws';
import type { EnvironmentName } from '../program/environment-argument';
import type { DeployLocalOptions } from './options';
import type { LocalEnvironment } from './local-environment';
import { prooflink } from './prooflink-process';

const columns = () => Math.min(process.stdout.columns || 80, 80);
const prose = (text: string) => wrap(text, columns());

/** Parts of the running environment that its address needs. */
interface Running {
  readonly aws: LocalAws;
  readonly environment: EnvironmentName;
}

/** Address of the application, with the origin that the bucket and the application know. */
export function whereToOpen({ aws, environment: environmentName }: Running): string[] {
  if (aws.databasesMissing) return prose(`It does not run. ${aws.databasesMissing}`);
  const { loadBalancer } = resourceNames(environmentName);
  const listeners = aws.listeners().filter((each) => each.loadBalancer === loadBalancer);
  const listener = listeners.find(({ url }) => url.startsWith('https:')) ?? listeners[0];
  if (!listener) return [];
  const { domain } = environments[environmentName].loadBalancer;
  if (!domain) return [`  ${listener.url}`];
  const { domainName } = domain;
  const { port } = new URL(listener.url);
  return [
    `  chromium --user-data-dir='${join(aws.directory, 'browser')}' --ignore-certificate-errors \\`,
    `    --host-resolver-rules='MAP ${domainName}:443 127.0.0.1:${port}' https://${domainName}`,
    '',
    `  curl --cacert '${join(aws.directory, 'authority.pem')}' \\`,
    `    --connect-to ${domainName}:443:127.0.0.1:${port} https://${domainName}${HEALTH_CHECK_PATH}`,
    '',
    ...prose(
      'It answers to its domain alone, since the bucket takes uploads from no other origin: a browser, in a profile of ' +
        'its own, is told that the domain is on this machine.',
    ),
  ];
}

/** Lines for working with it: the address first, if it serves, then the database and a shell. */
export async function howToUse(local: LocalEnvironment, options: DeployLocalOptions, serves = true): Promise<string> {
  const { aws, name } = local;
  const stack = stackId(name);
  const shell = join(aws.directory, 'shell');
  writeFileSync(shell, variables(aws));
  const hasImport = options.app === undefined || options.job !== undefined;
  const isSample = options.app === undefined && environments[name].userImport;
  return [
    '',
    ...(serves ? [...whereToOpen({ aws, environment: name }), ''] : []),
    ...(isSample && serves ? [...prose('Try: choose a CSV file there, whose first line is email,name.'), ''] : []),
    ...(aws.databasesMissing ? [] : ['Its database:', '', `  ${await databaseShell(aws, local.names.taskFamily)}`, '']),
    'A shell that asks the local AWS, and what works there of README.md, "Daily use":',
    '',
    `  . '${shell}'`,
    `  npm run prooflink -- status ${name}`,
    `      and doctor, settings, release, ${hasImport ? 'import, ' : ''}start, stop`,
    `  npx cdk diff ${stack} --method=template`,
    `  npx cdk deploy ${stack}`,
    '  the outputs AppLogs and ImportLogs (--details)',
    '',
    ...prose(
      'Only AWS has images of Docker, a shell in a task and the tunnel.' +
        (hasImport ? '' : ' Without --job, there is no import.'),
    ),
  ].join('\n');
}

/** The command that opens the local database; its password ends with the local AWS. */
async function databaseShell({ directory }: LocalAws, taskDefinition: string): Promise<string> {
  const found = await awsClient(ECSClient, {}).send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  const secrets = found.taskDefinition?.containerDefinitions?.[0]?.secrets ?? [];
  const SecretId = secrets.find(({ name }) => name === Variable.databaseUrl)?.valueFrom;
  const { SecretString = '' } = await awsClient(SecretsManagerClient, {}).send(new GetSecretValueCommand({ SecretId }));
  const authority = /sslmode=verify/.test(SecretString) ? `PGSSLROOTCERT='${join(directory, 'authority.pem')}' ` : '';
  return `${authority}psql '${SecretString}'`;
}

/** A file for the shell's `.`, which leads the AWS CLI, the CDK CLI and SDKs to the local AWS. */
function variables({ endpoint, directory, region }: LocalAws): string {
  const exports = Object.entries(awsVariables(endpoint, directory, region)).map(
    ([name, value]) => `export ${name}='${value}'\n`,
  );
  return `unset AWS_PROFILE AWS_SESSION_TOKEN\n${exports.join('')}`;
}

/** The outputs and the state. */
export async function details({ aws, name, outputs }: LocalEnvironment): Promise<string> {
  const lines = Object.entries(outputs).map(([output, value]) => `\n${output}\n  ${value}`);
  const status = await prooflink(aws, ['status', name], { expected: [0, 1] });
  return [...lines, `\n${status}`].join('\n');
}

/** Lets it run after the end of this program, and says how to use it, to start again what does not serve, and to stop it. */
export async function leaveRunning(local: LocalEnvironment, options: DeployLocalOptions, serves: boolean) {
  console.log(await howToUse(local, options, serves));
  if (!serves) console.log(`\nTo start it again, in that shell:\n\n  ${await local.commandToStartAgain()}`);
  console.log(`\nTo stop everything:\n\n  kill ${local.aws.pid}`);
  local.aws.keep();
}
