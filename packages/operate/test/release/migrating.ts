import { ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs';
import type { Failure, Task } from '@aws-sdk/client-ecs';
import type { DeployedStack } from '../../src/deployed/deployed-stack';
import { MigrationRunner } from '../../src/release/migration-runner';
import { type Answers, answerCommands } from '../support/answer-commands';
import { besideOthers } from '../support/containers';
import { stackWith } from '../support/parts';

const EPOCH = Date.UTC(2026, 10, 27);
/** A second of a scenario's clock as a time. */
export const at = (second: number) => new Date(EPOCH + second * 1000);

const CLUSTER = 'prooflink-dev-cluster';
export const taskArn = (id: string) => `arn:aws:ecs:ap-northeast-1:123456789012:task/${CLUSTER}/${id}`;
const definitionArn = (name: string) => `arn:aws:ecs:ap-northeast-1:123456789012:task-definition/${name}`;
const NETWORK = { awsvpcConfiguration: { subnets: ['subnet-1'], assignPublicIp: 'ENABLED' } } as const;

/** Id of the task that the release starts. */
const OWN_ID = 'own';
/** State of a task from a second on. */
export interface TaskState {
  readonly from: number;
  readonly task: Partial<Task>;
}

/** Answer of ECS to RunTask: the states of the task that it starts, reasons why it starts none, or an error. */
export type Start = readonly TaskState[] | { readonly failures: Failure[] } | Error;

/** AWS and other releases, while a release migrates to v2. */
export interface Scenario {
  /** Answers of ECS to each RunTask; the last one is repeated. The migration succeeds after a minute unless given. */
  readonly starts?: readonly Start[];
  /** Migrations of other releases by id, which ECS lists on a page each. */
  readonly otherMigrations?: Readonly<Record<string, Partial<Task>>>;
  /** Second from which ECS lists them. */
  readonly othersFrom?: number;
  /** State of the task half a minute after StopTask: killed unless given. */
  readonly stoppedTask?: Partial<Task>;
  readonly logError?: Error;
  /** Seconds between which ECS does not answer DescribeTasks. */
  readonly silence?: { readonly from: number; readonly to: number };
}

const applicationContainer = (exitCode?: number) => ({
  containers: besideOthers({ image: 'registry/prooflink-dev-app:v2', imageDigest: 'sha256:2', exitCode }),
});

/** The task has started at second 10, and runs. */
const RUNNING: TaskState = {
  from: 10,
  task: { lastStatus: 'RUNNING', startedAt: at(10), ...applicationContainer() },
};

/** A task that has stopped with an exit code of its application's container, or none, with further fields. */
export const stopped = (exitCode?: number, fields: Partial<Task> = {}): Partial<Task> => ({
  lastStatus: 'STOPPED',
  startedAt: at(10),
  ...applicationContainer(exitCode),
  ...fields,
});

/** States of a task that ECS creates at once. */
export const taskStates = (...later: readonly TaskState[]): readonly TaskState[] => [
  { from: 0, task: { lastStatus: 'PROVISIONING', createdAt: at(0) } },
  ...later,
];

/** A migration that runs from second 10, and has stopped at a second. */
export const stopsAt = (second: number, task: Partial<Task>) => taskStates(RUNNING, { from: second, task });

/** A migration that succeeds after a minute. */
export const SUCCEEDS = stopsAt(60, stopped(0));

/** Error with which AWS refuses a request. */
export const refusal = (name: string, message: string) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });

/** Error of a connection that ended before AWS answered. */
export const lostAnswer = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

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
function stackThatMigrates(): DeployedStack {
  const parts = {
    webService: `arn:aws:ecs:ap-northeast-1:123456789012:service/${CLUSTER}/prooflink-dev-service`,
    webTaskDefinition: definitionArn('prooflink-dev-app:7'),
    migration: definitionArn('prooflink-dev-migration:3'),
  };
  return {
    environmentName: 'dev',
    region: 'ap-northeast-1',
    details: { StackName: 'ProoflinkDev' },
    ...stackWith(parts),
    client: (Class: new (config: object) => unknown) => new Class({ region: 'ap-northeast-1' }),
  } as unknown as DeployedStack;
}

interface PageRequest {
  readonly nextToken?: string;
}

/** ECS and CloudWatch Logs in a scenario. */
class FakeAws {
  /** States of the task that the release has started; none before that. */
  private ownStates: readonly TaskState[] = [];
  /** Second at which the task stops, since the release has asked for that. */
  private stopSecond = Infinity;
  private readonly starts: Start[];

  constructor(
    private readonly scenario: Scenario,
    private readonly clock: () => number,
  ) {
    this.starts = [...(scenario.starts ?? [SUCCEEDS])];
  }

  get answers(): Answers {
    return {
      DescribeServices: { services: [{ status: 'ACTIVE', networkConfiguration: NETWORK }] },
      RunTask: () => this.runTask(),
      ListTasks: (request: PageRequest) => this.listTasks(request),
      DescribeTasks: (request: { readonly tasks: readonly string[] }) => this.describeTasks(request.tasks),
      StopTask: () => this.stopTask(),
      GetLogEvents: () => this.logEvents(),
    };
  }

  private runTask(): object {
    const [start = []] = this.starts;
    if (this.starts.length > 1) this.starts.shift();
    if (start instanceof Error) throw start;
    if ('failures' in start) return start;
    this.ownStates = start;
    return { tasks: [{ taskArn: taskArn(OWN_ID), createdAt: at(this.clock()) }] };
  }

  /** A task a page: those of other releases first. ECS lists a task that was just started from the next second on. */
  private listTasks({ nextToken = '0' }: PageRequest): object {
    const { otherMigrations = {}, othersFrom = 0 } = this.scenario;
    const otherIds = this.clock() >= othersFrom ? Object.keys(otherMigrations) : [];
    const isOwnListed = this.ownStates.length > 0 && (this.clock() > 0 || otherIds.length > 0);
    const ids = isOwnListed ? [...otherIds, OWN_ID] : otherIds;
    const page = Number(nextToken);
    const isLastPage = page + 1 >= ids.length;
    return {
      taskArns: ids.slice(page, page + 1).map(taskArn),
      nextToken: isLastPage ? undefined : String(page + 1),
    };
  }

  private describeTasks(arns: readonly string[]): object {
    const { silence } = this.scenario;
    if (arns.length === 0) throw refusal('InvalidParameterException', 'Tasks cannot be empty.');
    const isSilent = silence !== undefined && this.clock() >= silence.from && this.clock() < silence.to;
    if (isSilent) throw lostAnswer();
    return { tasks: arns.flatMap((arn) => this.taskOf(arn) ?? []) };
  }

  private taskOf(arn: string): Task | undefined {
    const { otherMigrations = {}, stoppedTask = stopped(137) } = this.scenario;
    if (arn !== taskArn(OWN_ID)) return { taskArn: arn, ...otherMigrations[arn.split('/').at(-1) ?? ''] };
    const states = this.ownStates.filter(({ from }) => from <= this.clock()).map(({ task }) => task);
    if (states.length === 0) return undefined;
    if (this.clock() >= this.stopSecond) states.push(stoppedTask);
    return Object.assign({ taskArn: arn }, ...states) as Task;
  }

  private stopTask(): object {
    this.stopSecond = this.clock() + 30;
    return {};
  }

  /** The task has written no line: there is no stream. */
  private logEvents(): object {
    throw this.scenario.logError ?? new ResourceNotFoundException({ message: 'no stream', $metadata: {} });
  }
}

/** Runs the migration of a release in a scenario, whose clock moves from one timer to the next. */
export async function migrate(scenario: Scenario) {
  const clock = clockOfTimers();
  const requests = answerCommands(new FakeAws(scenario, clock).answers);
  const progress: string[] = [];
  const runner = new MigrationRunner(
    stackThatMigrates(),
    (line) => progress.push(line),
    () => undefined,
  );
  try {
    const result = await runner.run('v2');
    return {
      result,
      /** Requests to AWS, by operation. */
      requests,
      /** Lines that a person sees meanwhile. */
      progress,
      /** Second at which the release knows the end. */
      endSecond: clock(),
    };
  } finally {
    jest.restoreAllMocks();
  }
}
