import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { leftBehind, removeByHand } from '@infra/common/own-paths';
import { LOCAL_REGION, localEnvironment } from './environment';
import { endOwned, release, spawnOwned } from './processes';
import { preparePostgres } from './postgres';
import { preparePython } from './python';

/** How long programs that are killed may take on a busy machine, in milliseconds. */
const GONE_WITHIN = 15_000;

/** A hosted zone that the account already owns, as a real one would. */
export interface HostedZoneConfig {
  readonly id: string;
  readonly name: string;
  /** Whether the domain above it names this zone; no certificate is ever issued in one that nobody asks. True unless given. */
  readonly delegated?: boolean;
}

export interface LocalAwsProps {
  /** The region in which programs look for what is deployed; ap-northeast-1 unless given. */
  readonly region?: string;
  /** Hosted zones that the account has. */
  readonly hostedZones?: readonly HostedZoneConfig[];
  /** Runs what is deployed as programs of this machine; otherwise databases, tasks and jobs are entries in a list. */
  readonly run?: boolean;
  /** After how many seconds at most is a web task given up that is not healthy? Its service's grace period unless given. */
  readonly patience?: number;
  /** Whether the account has the service-linked roles of one that used ECS, RDS and the others before. A new one has none. */
  readonly usedBefore?: boolean;
  /** Called with each line of progress. */
  readonly report?: (line: string) => void;
}

/** A listener of a load balancer, and where it listens on this machine. */
export interface LocalListener {
  readonly loadBalancer: string;
  readonly port: number;
  readonly url: string;
}

/** A running local AWS. */
export interface LocalAws {
  readonly endpoint: string;
  readonly region: string;
  /** Where its files are. The server's reaper has made it, and removes it when the server ends, however that ends. */
  readonly directory: string;
  /** A whole environment for the CDK CLI and for programs with an AWS SDK. */
  readonly env: Record<string, string>;
  readonly pid: number;
  /** Why databases do not run, where they should and cannot. */
  readonly databasesMissing: string | undefined;
  /** Makes CloudFormation take so long for each resource from now on, for a test that wants to meet it at work. */
  pace(milliseconds: number): void;
  /** Lets time pass for the account, in seconds: what was made before is older then. It does not take any. */
  wait(seconds: number): void;
  /** The last lines that the server logged; empty unless something went wrong. */
  lastErrors(): string;
  /** The listeners of load balancers; none unless it runs what is deployed. */
  listeners(): LocalListener[];
  /** Lets the server outlive this process. */
  keep(): void;
  stop(): Promise<void>;
}

/** A sentence that names the files of earlier ones which were killed together with their reaper, if there are any. */
export const filesOfKilled = (): string | undefined => leftBehind('local-aws-');

/** Starts the local AWS on a free loopback port. It ends with this process, however that ends. */
export async function startLocalAws({
  region = LOCAL_REGION,
  hostedZones = [],
  run = false,
  patience,
  usedBefore = false,
  report = () => undefined,
}: LocalAwsProps = {}): Promise<LocalAws> {
  const python = await preparePython(report);
  const postgres = run ? await preparePostgres(report) : undefined;
  const zones = hostedZones.flatMap(({ id, name, delegated = true }) => [
    delegated ? '--zone' : '--undelegated-zone',
    `${id}=${name}`,
  ]);
  const flags = ['--region', region, ...(run ? ['--run'] : []), ...(usedBefore ? ['--used-before'] : [])];
  const server = spawnOwned(python, ['-m', 'server', ...flags, ...zones], {
    cwd: join(__dirname, '..'),
    env: {
      ...withoutAws(process.env),
      // Node and Python look for it in different places.
      TMPDIR: tmpdir(),
      PYTHONDONTWRITEBYTECODE: '1',
      // What a function finds in AWS: Node, and the SDK.
      LOCAL_AWS_NODE: process.execPath,
      LOCAL_AWS_SDK: join(process.cwd(), 'node_modules'),
      ...(patience === undefined ? {} : { LOCAL_AWS_PATIENCE: String(patience) }),
      ...(postgres && 'folder' in postgres ? { LOCAL_AWS_POSTGRES: postgres.folder } : {}),
    },
  });
  // Until it is ready; it writes into its log then.
  let errors = '';
  server.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  const lastLines = (text: string): string => text.trim().split('\n').slice(-20).join('\n');
  const ready = await firstLine(server.stdout);
  if (ready === undefined) {
    await endOwned(server);
    throw new Error(`The local AWS did not start.\n${lastLines(errors)}`);
  }
  const { port, directory } = JSON.parse(ready) as { port: number; directory: string };
  const endpoint = `http://localhost:${port}`;
  let waited = 0;
  return {
    endpoint,
    region,
    directory,
    env: localEnvironment(process.env, endpoint, directory, region),
    pid: server.pid ?? 0,
    databasesMissing: postgres && 'missing' in postgres ? postgres.missing : undefined,
    pace: (milliseconds) => {
      writeFileSync(join(directory, 'pace'), String(milliseconds));
    },
    wait: (seconds) => {
      writeFileSync(join(directory, 'waited'), String((waited += seconds)));
    },
    lastErrors: () => lastLines(errors + read(join(directory, 'server.log'))),
    listeners: () => listenersIn(join(directory, 'listeners.json')),
    keep: () => {
      server.stdin.end('keep\n');
      // Nothing else comes from there, and an open pipe would keep this process waiting.
      server.stdout.destroy();
      server.stderr.destroy();
      release(server);
    },
    stop: async () => {
      await endOwned(server);
      await isGone(directory);
    },
  };
}

/** What a file says; nothing where there is none, as after a server that was killed. */
function read(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function listenersIn(file: string): LocalListener[] {
  const listening = JSON.parse(read(file) || '[]') as {
    name: string;
    listens: number;
    port: number;
    tls: unknown;
  }[];
  return listening.map(({ name, listens, port, tls }) => ({
    loadBalancer: name,
    port: listens,
    url: `${tls ? 'https' : 'http'}://localhost:${port}`,
  }));
}

// The server's own calls bring their endpoint and credentials; the caller's proxy or profile must not interfere.
function withoutAws(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(AWS_|MOTO_)|_proxy$/i.test(name)));
}

async function firstLine(output: NodeJS.ReadableStream): Promise<string | undefined> {
  for await (const line of createInterface({ input: output })) return line;
  return undefined;
}

/** Waits until the reaper has removed the folder: it lets programs that do not end by themselves three seconds. */
async function isGone(directory: string): Promise<void> {
  const deadline = Date.now() + GONE_WITHIN;
  while (existsSync(directory)) {
    if (Date.now() > deadline) throw new Error(`The local AWS left files behind. ${removeByHand(directory)}`);
    await setTimeout(20);
  }
}
