import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { localEnvironment } from './environment';
import { endOwned, release, spawnOwned } from './processes';
import { preparePostgres } from './postgres';
import { preparePython } from './python';

/** A hosted zone that the account already owns, as a real one would. */
export interface HostedZoneConfig {
  readonly id: string;
  readonly name: string;
  /** Whether the domain above it names this zone; no certificate is ever issued in one that nobody asks. True unless given. */
  readonly delegated?: boolean;
}

export interface LocalAwsProps {
  /** Hosted zones that the account has. */
  readonly hostedZones?: readonly HostedZoneConfig[];
  /** Runs what is deployed as programs of this machine; otherwise databases, tasks and jobs are entries in a list. */
  readonly run?: boolean;
  /** After how many seconds is a web task given up that is not healthy? 30 unless given. */
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
  /** Where its files are; deleted when it stops. */
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

/** Starts the local AWS on a free loopback port. It ends with this process, however that ends. */
export async function startLocalAws({
  hostedZones = [],
  run = false,
  patience = 30,
  usedBefore = false,
  report = () => undefined,
}: LocalAwsProps = {}): Promise<LocalAws> {
  const python = await preparePython(report);
  const postgres = run ? await preparePostgres(report) : undefined;
  const directory = mkdtempSync(join(tmpdir(), 'local-aws-'));
  const logFile = join(directory, 'server.log');
  const log = openSync(logFile, 'a');
  const zones = hostedZones.flatMap(({ id, name, delegated = true }) => [
    delegated ? '--zone' : '--undelegated-zone',
    `${id}=${name}`,
  ]);
  const flags = [...(run ? ['--run'] : []), ...(usedBefore ? ['--used-before'] : [])];
  const server = spawnOwned(python, ['-m', 'server', '--scratch', directory, ...flags, ...zones], {
    cwd: join(__dirname, '..'),
    env: {
      ...withoutAws(process.env),
      PYTHONDONTWRITEBYTECODE: '1',
      // What a function finds in AWS: Node, and the SDK.
      LOCAL_AWS_NODE: process.execPath,
      LOCAL_AWS_SDK: join(process.cwd(), 'node_modules'),
      LOCAL_AWS_PATIENCE: String(patience),
      ...(postgres && 'folder' in postgres ? { LOCAL_AWS_POSTGRES: postgres.folder } : {}),
    },
    stdio: ['pipe', 'pipe', log],
  });
  closeSync(log);
  const lastErrors = (): string => readFileSync(logFile, 'utf8').trim().split('\n').slice(-20).join('\n');
  const tidy = (): void => {
    // A program that is just being killed may still write there.
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  };
  process.once('exit', tidy);
  const stop = async (): Promise<void> => {
    await endOwned(server);
    tidy();
    process.off('exit', tidy);
  };
  let waited = 0;
  try {
    const endpoint = `http://localhost:${await portOf(server.stdout)}`;
    return {
      endpoint,
      directory,
      env: localEnvironment(process.env, endpoint, directory),
      pid: server.pid ?? 0,
      databasesMissing: postgres && 'missing' in postgres ? postgres.missing : undefined,
      pace: (milliseconds) => {
        writeFileSync(join(directory, 'pace'), String(milliseconds));
      },
      wait: (seconds) => {
        writeFileSync(join(directory, 'waited'), String((waited += seconds)));
      },
      lastErrors,
      listeners: () => listenersIn(join(directory, 'listeners.json')),
      keep: () => {
        server.stdin?.end('keep\n');
        // Nothing else comes from there, and an open pipe would keep this process waiting.
        server.stdout?.destroy();
        release(server);
        process.off('exit', tidy);
      },
      stop,
    };
  } catch {
    const reason = lastErrors();
    await stop();
    throw new Error(`The local AWS did not start.\n${reason}`);
  }
}

function listenersIn(file: string): LocalListener[] {
  if (!existsSync(file)) return [];
  const read = JSON.parse(readFileSync(file, 'utf8')) as {
    name: string;
    listens: number;
    port: number;
    tls: unknown;
  }[];
  return read.map(({ name, listens, port, tls }) => ({
    loadBalancer: name,
    port: listens,
    url: `${tls ? 'https' : 'http'}://localhost:${port}`,
  }));
}

// The server's own calls bring their endpoint and credentials; the caller's proxy or profile must not interfere.
function withoutAws(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(AWS_|MOTO_)|_proxy$/i.test(name)));
}

async function portOf(output: NodeJS.ReadableStream | null): Promise<number> {
  if (!output) throw new Error('the server has no output');
  for await (const line of createInterface({ input: output })) {
    const { port } = JSON.parse(line) as { port: number };
    return port;
  }
  throw new Error('the server ended before it was ready');
}
