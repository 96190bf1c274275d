import { ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs';
import type { Task } from '@aws-sdk/client-ecs';
import type { DeployedStack } from '../../../../tools/deployed/deployed-stack';
import { MigrationRunner } from '../../../../tools/operate/release/migration-runner';
import { answerCommands } from '../../support/answer-commands';
import { besideOthers } from '../../support/containers';
import { stackWith } from '../../support/parts';

const EPOCH = Date.UTC(2026, 10, 27);
export const at = (second: number) => new Date(EPOCH + second * 1000);
export const CLUSTER = 'prooflink-dev-cluster';
export const arn = (id: string) => `arn:aws:ecs:ap-northeast-1:123456789012:task/${CLUSTER}/${id}`;
export const definition = (name: string) => `arn:aws:ecs:ap-northeast-1:123456789012:task-definition/${name}`;
export const NETWORK = { awsvpcConfiguration: { subnets: ['subnet-1'], assignPublicIp: 'ENABLED' } } as const;
export const STREAM = 'migration/prooflink-app/own';

/** A task from a second on: what ECS answers of it. */
type Life = readonly (readonly [second: number, task: Partial<Task>])[];
/** Answer of ECS to a start: a task, reasons why not, or an error. */
type Start = Life | object;

export interface World {
  /** After how long the migration is stopped. */
  readonly seconds?: number;
  readonly starts?: readonly Start[];
  /** Other migrations, by id, which ECS lists on a page each. */
  readonly others?: Readonly<Record<string, Partial<Task>>>;
  /** From when ECS lists them. */
  readonly othersFrom?: number;
  /** End of a task that is stopped. */
  readonly killed?: Partial<Task>;
  readonly log?: readonly (readonly [second: number, message: string])[];
  readonly logError?: Error;
  /** Seconds from and to which ECS does not answer a question for tasks. */
  readonly silent?: { readonly from: number; readonly to: number };
  /** Second until which ECS reports the task as missing. */
  readonly missingUntil?: number;
}

const container = (exitCode?: number) => ({
  containers: besideOthers({ image: 'registry/prooflink-dev-app:v2', imageDigest: 'sha256:2', exitCode }),
});
export const RUNS = { lastStatus: 'RUNNING', startedAt: at(10), ...container() };
export const ends = (exitCode?: number, more: Partial<Task> = {}): Partial<Task> => ({
  lastStatus: 'STOPPED',
  startedAt: at(10),
  ...container(exitCode),
  ...more,
});
export const life = (...later: Life): Life => [[0, { lastStatus: 'PROVISIONING', createdAt: at(0) }], ...later];
/** Answer of AWS that refuses a request. */
export const refusal = (name: string, message: string) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });
/** Error of a connection that ended before AWS answered. */
export const lostAnswer = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

interface Input {
  readonly nextToken?: string;
  readonly tasks?: readonly string[];
}

/** Moves the clock from one timer to the next, or faster, until mocks are restored; returns the seconds that passed. */
export function clockOfTimers(speed = 1): () => number {
  let clock = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => at(clock).getTime());
  jest.spyOn(globalThis, 'setTimeout').mockImplementation(((work: () => void, milliseconds: number) => {
    clock += (speed * milliseconds) / 1000;
    setImmediate(work);
  }) as never);
  return () => clock;
}

/** A deployed stack with a web service and its migration. */
export function stackThatMigrates(): DeployedStack {
  const parts = {
    webService: `arn:aws:ecs:ap-northeast-1:123456789012:service/${CLUSTER}/prooflink-dev-service`,
    webTaskDefinition: definition('prooflink-dev-app:7'),
    migration: definition('prooflink-dev-migration:3'),
  };
  return {
    environmentName: 'dev',
    region: 'ap-northeast-1',
    details: { StackName: 'ProoflinkDev' },
    ...stackWith(parts),
    client: (Class: new (config: object) => unknown) => new Class({ region: 'ap-northeast-1' }),
  } as unknown as DeployedStack;
}

/** Runs a migration in a world whose clock is moved from one timer to the next; returns what it asked and said, too. */
export async function migrate({ starts = [life([10, RUNS], [60, ends(0)])], seconds = 300, ...world }: World) {
  const clock = clockOfTimers();
  const waiting = [...starts];
  let own: Life = [];
  let killed: number | undefined;
  const task = (taskArn: string) => {
    if (taskArn !== arn('own')) return { taskArn, ...(world.others ?? {})[taskArn.split('/').at(-1) ?? ''] };
    const stopped = killed !== undefined && clock() >= killed ? (world.killed ?? ends(137)) : {};
    const now = own.filter(([from]) => from <= clock()).map(([, state]) => state);
    return now.length > 0 ? (Object.assign({ taskArn }, ...now, stopped) as Task) : undefined;
  };
  const asked = answerCommands({
    DescribeServices: () => ({ services: [{ status: 'ACTIVE', networkConfiguration: NETWORK }] }),
    RunTask: () => {
      const next = waiting.length > 1 ? waiting.shift() : waiting[0];
      if (next instanceof Error) throw next;
      if (!Array.isArray(next)) return next ?? {};
      own = next as Life;
      return { tasks: [{ taskArn: arn('own'), createdAt: at(clock()) }] };
    },
    ListTasks: ({ nextToken }: Input) => {
      const others = clock() >= (world.othersFrom ?? 0) ? Object.keys(world.others ?? {}) : [];
      const ids = [...others, ...(own.length > 0 && (clock() > 0 || others.length > 0) ? ['own'] : [])];
      const page = Number(nextToken ?? 0);
      return {
        taskArns: ids.slice(page, page + 1).map(arn),
        nextToken: page + 1 < ids.length ? `${page + 1}` : undefined,
      };
    },
    DescribeTasks: ({ tasks = [] }: Input) => {
      if (tasks.length === 0) throw refusal('InvalidParameterException', 'Tasks cannot be empty.');
      const { silent = { from: 0, to: 0 }, missingUntil = 0 } = world;
      if (clock() >= silent.from && clock() < silent.to) throw lostAnswer();
      if (clock() < missingUntil) return { tasks: [], failures: [{ arn: tasks[0], reason: 'MISSING' }] };
      return { tasks: tasks.flatMap((one) => task(one) ?? []) };
    },
    StopTask: () => {
      killed = clock() + 30;
      return {};
    },
    GetLogEvents: ({ nextToken }: Input) => {
      if (world.logError) throw world.logError;
      const there = (world.log ?? []).filter(([from]) => from <= clock());
      if (there.length === 0) throw new ResourceNotFoundException({ message: 'no stream', $metadata: {} });
      const from = Number(nextToken ?? 0);
      const events = there.slice(from, from + 2).map(([, message]) => ({ message }));
      return { events, nextForwardToken: `${from + events.length}` };
    },
  });
  const stack = stackThatMigrates();
  const said: string[] = [];
  const left: string[] = [];
  const runner = new MigrationRunner(
    stack,
    (line) => said.push(line),
    (how) => left.push(how),
  );
  try {
    const migrated = await runner.run('v2', seconds);
    return { migrated, asked, said, left, second: clock() };
  } finally {
    jest.restoreAllMocks();
  }
}
