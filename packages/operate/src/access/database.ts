import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { CannotTellError } from '@infra/common/outcome';
import { DATABASE_PORT, Part } from '@infra/commands/app';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { type DeployedStack, physicalIdOf, readStack } from '../deployed/deployed-stack';
import { isRealAws } from '../deployed/real-aws';
import { requireProgram, runInTerminal } from './programs';
import { findRunningTask, requireExecuteCommand, type RunningTask } from './running-task';
import { words } from './words';

/** Port of the tunnel on this machine. If a program has it, the AWS CLI says so. */
const TUNNEL_PORT = '15432';

/** Opens psql on the database of an environment, on AWS by a tunnel through a web task. Returns the exit code. */
export async function runDatabase(environmentName: EnvironmentName): Promise<number> {
  await requireProgram('psql');
  if (!isRealAws()) {
    const url = await readConnectionUrl(await readStack(environmentName));
    return await openPsql(url, url.port);
  }
  requireExecuteCommand(environmentName);
  await requireProgram('aws');
  await requireProgram('session-manager-plugin');
  const stack = await readStack(environmentName);
  const task = await findRunningTask(stack);
  const url = await readConnectionUrl(stack);
  const tunnel = await openTunnel(stack, task, url.hostname);
  try {
    process.stderr.write(`${words.tunnelIsOpen({ port: TUNNEL_PORT })}\n`);
    return await openPsql(url, TUNNEL_PORT);
  } finally {
    tunnel.close();
  }
}

async function readConnectionUrl(stack: DeployedStack): Promise<URL> {
  const SecretId = physicalIdOf(stack, Part.connectionUrlSecret);
  const { SecretString = '' } = await stack.client(SecretsManager).getSecretValue({ SecretId });
  return new URL(SecretString);
}

/** Opens psql in this terminal. Its variables have the password, which a list of processes would show as an argument. */
async function openPsql({ username, password, pathname }: URL, port: string): Promise<number> {
  const env = {
    ...process.env,
    PGHOST: 'localhost',
    PGPORT: port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    // The certificate has the database's name and not localhost.
    PGSSLMODE: 'require',
  };
  return await runInTerminal('psql', [], { env });
}

interface Tunnel {
  readonly close: () => void;
}

/** Opens a tunnel from a port of this machine to the database, and waits until it takes connections. */
async function openTunnel(
  { region }: DeployedStack,
  { cluster, taskId, runtimeId }: RunningTask,
  host: string,
): Promise<Tunnel> {
  const args = [
    'ssm',
    'start-session',
    '--region',
    region,
    '--target',
    `ecs:${cluster}_${taskId}_${runtimeId}`,
    '--document-name',
    'AWS-StartPortForwardingSessionToRemoteHost',
    '--parameters',
    `host=${host},portNumber=${DATABASE_PORT},localPortNumber=${TUNNEL_PORT}`,
  ];
  // In a group of its own: Ctrl-C in psql cancels a query, and leaves the tunnel open.
  const child = spawn('aws', args, { env: process.env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const close = () => {
    process.off('exit', close);
    const isRunning = child.exitCode === null && child.signalCode === null;
    if (child.pid !== undefined && isRunning) process.kill(-child.pid);
  };
  process.on('exit', close);
  await waitUntilOpen(child);
  return { close };
}

/** Waits for the line of the Session Manager plugin after which its port takes connections. */
async function waitUntilOpen(child: ChildProcessByStdio<null, Readable, Readable>): Promise<void> {
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        lines.push(line);
        if (line.startsWith('Waiting for connections')) resolve();
      });
    }
    child.once('close', () => {
      reject(new CannotTellError(words.noTunnel({ lines })));
    });
  });
}
