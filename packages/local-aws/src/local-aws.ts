import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { killedRunsAdvice, removalAdvice } from '@infra/common/own-paths';
import { LOCAL_REGION, localEnvironment } from './environment';
import { endOwned, release, spawnOwned } from './processes';
import { preparePostgres } from './postgres';
import { preparePython } from './python';

/** Limit for killed programs to end on a busy machine, in milliseconds. */
const SHUTDOWN_TIMEOUT_MS = 60_000;

/** Hosted zone that exists in the account from the start. */
export interface HostedZoneConfig {
  readonly id: string;
  readonly name: string;
  /** False: the parent domain has no NS records for this zone, and ACM issues no certificate. True by default. */
  readonly delegated?: boolean;
}

export interface LocalAwsProps {
  /** Region of deployments; ap-northeast-1 by default. */
  readonly region?: string;
  readonly hostedZones?: readonly HostedZoneConfig[];
  /** Runs databases, tasks, jobs and load balancers as local programs; false by default. */
  readonly run?: boolean;
  /** Seconds for a web task to become healthy, at most; its service's grace period by default. */
  readonly patience?: number;
  /** Creates the service-linked roles of ECS, RDS and others; a new account, the default, has none. */
  readonly usedBefore?: boolean;
  /** Makes stand-ins for resources, and ignores properties, without a model; otherwise they fail, the default. */
  readonly standIns?: boolean;
  /** Called with each line of progress. */
  readonly report?: (line: string) => void;
}

/** Decision on an action of a role, the same one once. */
export interface JudgedCall {
  readonly role: string;
  readonly action: string;
  /** ARN, or `*` for an action without resources; `null` if no map says which the call needs: it was allowed. */
  readonly resource: string | null;
  readonly decision: 'allowed' | 'implicitDeny' | 'explicitDeny' | 'no map';
}

/** Listener of a load balancer with its local URL. */
export interface LocalListener {
  readonly loadBalancer: string;
  readonly port: number;
  readonly url: string;
}

/** Fault of an operation: an answer after 8 seconds, 15 or an hour, although it was carried out, or an error in its place. */
export type Fault = 'slow' | 'late' | 'hanging' | 'throttled' | 'denied';

export interface LocalAws {
  readonly endpoint: string;
  readonly region: string;
  /** Folder of its files: the server's reaper creates it, and removes it when the server ends, however that ends. */
  readonly directory: string;
  /** Environment for the CDK CLI and for programs with an AWS SDK. */
  readonly env: Record<string, string>;
  readonly pid: number;
  /** Reason why databases cannot run although `run` is set. */
  readonly databasesMissing: string | undefined;
  /** Sets the time that CloudFormation takes for each resource, for tests that act during an operation. */
  pace(milliseconds: number): void;
  /** Sets whether calls and operations take as long as on AWS (server/pace.py); they take no time by default. */
  keepAwsPace(isOn?: boolean): void;
  /** Sets the faults of operations, by their names, or by method and path (`POST /v1/listjobs`) of REST; none by default. */
  fault(faults: Readonly<Record<string, Fault>>): void;
  /** Moves the account's clock forward by seconds without waiting. */
  wait(seconds: number): void;
  /** Makes the account a member of an organization with these service control policies. */
  organizationPolicies(...documents: readonly object[]): void;
  /**
   * Invokes a schedule's target with the rights of its role, as EventBridge Scheduler does at its time.
   *
   * @returns The error; `undefined` if the target took the call.
   */
  invokeSchedule(name: string): Promise<string | undefined>;
  /** Calls of roles so far; an administrator's are not judged. */
  judgedCalls(): JudgedCall[];
  /** Last lines of the server's log; empty unless something failed. */
  lastErrors(): string;
  /** Listeners of load balancers; empty unless `run` is set. */
  listeners(): LocalListener[];
  /** Paths from load balancers to tasks and from tasks to databases, `web → 10.0.0.5`: true if packets pass. */
  networkPaths(): Readonly<Record<string, boolean>>;
  /** Types of resources that have a stand-in, and are not really there. */
  standIns(): string[];
  /** Properties that have no effect, each with its type: `AWS::RDS::DBInstance.AssociatedRoles`. */
  ignoredProperties(): string[];
  /** Lets the server run on after the exit of this process. */
  leaveRunningAfterExit(): void;
  stop(): Promise<void>;
}

/** Line that the server prints once it is ready. */
interface ReadyServer {
  readonly port: number;
  readonly directory: string;
  /** Path of requests that invoke a schedule. */
  readonly schedulesPath: string;
}

/** Advice to remove the files of servers that were killed together with their reaper; `undefined` if there are none. */
export const adviceOnFilesOfKilledRuns = (): string | undefined => killedRunsAdvice('local-aws-');

/** Starts the local AWS on a free loopback port. It ends with this process, however that ends. */
export async function startLocalAws({
  region = LOCAL_REGION,
  hostedZones = [],
  run = false,
  patience,
  usedBefore = false,
  standIns = false,
  report = () => undefined,
}: LocalAwsProps = {}): Promise<LocalAws> {
  const python = await preparePython(report);
  const postgres = run ? await preparePostgres(report) : undefined;
  const zones = hostedZones.flatMap(({ id, name, delegated = true }) => [
    `--zone=${id}=${name}`,
    ...(delegated ? [] : [`--undelegated=${name}`]),
  ]);
  const flags = [
    '--region',
    region,
    ...(run ? ['--run'] : []),
    ...(usedBefore ? ['--used-before'] : []),
    ...(standIns ? ['--stand-ins'] : []),
  ];
  const server = spawnOwned(python, ['-m', 'server', ...flags, ...zones], {
    cwd: join(__dirname, '..'),
    env: {
      ...withoutAws(process.env),
      // Node and Python find the temporary folder by different rules.
      TMPDIR: tmpdir(),
      // The Lambda runtime: Node and the SDK.
      LOCAL_AWS_NODE: process.execPath,
      LOCAL_AWS_SDK: join(process.cwd(), 'node_modules'),
      ...(patience === undefined ? {} : { LOCAL_AWS_PATIENCE: String(patience) }),
      ...(postgres && 'folder' in postgres ? { LOCAL_AWS_POSTGRES: postgres.folder } : {}),
    },
  });
  // Errors until the server has its log.
  let errors = '';
  server.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  const lastLines = (text: string): string => text.trim().split('\n').slice(-20).join('\n');
  const ready = await firstLine(server.stdout);
  if (ready === undefined) {
    await endOwned(server);
    throw new Error(`The local AWS did not start.\n${lastLines(errors)}`);
  }
  const { port, directory, schedulesPath } = JSON.parse(ready) as ReadyServer;
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
    keepAwsPace: (isOn = true) => {
      writeFileSync(join(directory, 'aws-pace'), isOn ? '1' : '0');
    },
    fault: (faults) => {
      writeFileSync(join(directory, 'faults.json'), JSON.stringify(faults));
    },
    wait: (seconds) => {
      writeFileSync(join(directory, 'waited'), String((waited += seconds)));
    },
    organizationPolicies: (...documents) => {
      writeFileSync(join(directory, 'organization-policies.json'), JSON.stringify(documents));
    },
    invokeSchedule: async (name) => {
      const response = await fetch(`${endpoint}${schedulesPath}`, { method: 'POST', body: name });
      const error = (await response.json()) as string | null;
      return error ?? undefined;
    },
    judgedCalls: () =>
      read(join(directory, 'judged-calls.jsonl'))
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as JudgedCall),
    lastErrors: () => lastLines(errors + read(join(directory, 'server.log'))),
    listeners: () => listenersIn(join(directory, 'listeners.json')),
    networkPaths: () => JSON.parse(read(join(directory, 'network-paths.json')) || '{}') as Record<string, boolean>,
    standIns: () => listIn(join(directory, 'stand-ins.json')),
    ignoredProperties: () => listIn(join(directory, 'ignored-properties.json')),
    leaveRunningAfterExit: () => {
      server.stdin.end('keep\n');
      // An open pipe would keep this process alive.
      server.stdout.destroy();
      server.stderr.destroy();
      release(server);
    },
    stop: async () => {
      await endOwned(server);
      await waitForRemoval(directory);
    },
  };
}

/** Content of a file; empty if it does not exist, as after a killed server. */
function read(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function listIn(file: string): string[] {
  return JSON.parse(read(file) || '[]') as string[];
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

// The caller's proxy and profile must not affect the server's own calls.
function withoutAws(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(AWS_|MOTO_)|_proxy$/i.test(name)));
}

async function firstLine(output: NodeJS.ReadableStream): Promise<string | undefined> {
  for await (const line of createInterface({ input: output })) return line;
  return undefined;
}

/** Waits until the reaper has removed the folder. Copies of a large workspace take minutes. */
async function waitForRemoval(directory: string): Promise<void> {
  const deadline = Date.now() + SHUTDOWN_TIMEOUT_MS;
  while (existsSync(directory)) {
    const isReaperGone = Date.now() > deadline && adviceOnFilesOfKilledRuns()?.includes(directory);
    if (isReaperGone) throw new Error(`The local AWS left files behind. ${removalAdvice(directory)}`);
    await setTimeout(20);
  }
}
