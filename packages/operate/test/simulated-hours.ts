import type { UpdateServiceRequest } from '@aws-sdk/client-ecs';
import { InvalidDBInstanceStateFault } from '@aws-sdk/client-rds';
import { CONTAINER_NAME } from '@infra/commands/app';
import { runOfficeHours } from '../src/office-hours';
import type { OfficeHoursAction } from '../src/start-or-stop';
import { answerWithStack } from './office-hours-answers';

/** Time that AWS takes for an answer. */
const LATENCY_MS = 80;

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

interface Times {
  /** Seconds in which RDS starts or stops the database. */
  readonly databaseSeconds: number;
  /** Seconds in which ECS starts or stops the web tasks. */
  readonly tasksSeconds: number;
}

/** ECS and RDS in simulated time, with a web service and a database that run, or sleep. */
export class SimulatedAws {
  databaseStatus: string;
  desiredCount: number;
  private runningCount: number;
  /** Text that the commands have printed into a pipe. */
  output = '';
  /** Requests that change something, in their order. */
  readonly requests: string[] = [];

  constructor(
    isAwake: boolean,
    private readonly times: Times,
  ) {
    this.databaseStatus = isAwake ? 'available' : 'stopped';
    this.desiredCount = isAwake ? 1 : 0;
    this.runningCount = this.desiredCount;
  }

  /** True if there are web tasks with a database, or neither. */
  get isConsistent(): boolean {
    const isAwake = this.desiredCount > 0 && this.databaseStatus === 'available';
    const isAsleep = this.desiredCount === 0 && this.databaseStatus === 'stopped';
    return isAwake || isAsleep;
  }

  answer(): void {
    this.answerRequests();
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((this.output += String(text))));
  }

  private answerRequests(): void {
    answerWithStack({
      DescribeDBInstances: this.late(() => ({
        DBInstances: [{ DBInstanceIdentifier: 'prooflink-dev-db', DBInstanceStatus: this.databaseStatus }],
      })),
      StartDBInstance: this.late(() => {
        this.startDatabase();
      }),
      StopDBInstance: this.late(() => {
        this.stopDatabase();
      }),
      UpdateService: this.late((request: UpdateServiceRequest) => {
        this.scale(request.desiredCount ?? 0);
      }),
      DescribeServices: this.late(() => ({
        services: [
          {
            desiredCount: this.desiredCount,
            runningCount: this.runningCount,
            deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED' }],
          },
        ],
      })),
      ListTasks: this.late(() => ({ taskArns: this.runningCount > 0 ? ['task'] : [] })),
      DescribeTasks: { tasks: [{ lastStatus: 'RUNNING', containers: [{ name: CONTAINER_NAME, image: 'app:v1' }] }] },
      DescribeTargetHealth: this.late(() => ({
        TargetHealthDescriptions: this.runningCount > 0 ? [{ TargetHealth: { State: 'healthy' } }] : [],
      })),
    });
  }

  /** Does what an automation of Systems Manager does, too. */
  stopDatabase(): void {
    this.changeDatabase('StopDBInstance', ['available', 'stopping', 'stopped']);
  }

  private startDatabase(): void {
    this.changeDatabase('StartDBInstance', ['stopped', 'starting', 'available']);
  }

  private changeDatabase(request: string, [before, meanwhile, after]: readonly [string, string, string]): void {
    this.requests.push(request);
    if (this.databaseStatus !== before) {
      throw new InvalidDBInstanceStateFault({ message: `Instance is not ${before}.`, $metadata: {} });
    }
    this.databaseStatus = meanwhile;
    setTimeout(() => {
      this.databaseStatus = after;
    }, this.times.databaseSeconds * 1000);
  }

  private scale(desiredCount: number): void {
    this.requests.push(`UpdateService ${desiredCount}`);
    this.desiredCount = desiredCount;
    setTimeout(() => {
      this.runningCount = this.desiredCount;
    }, this.times.tasksSeconds * 1000);
  }

  /** Answers half of the latency after AWS has done what it is asked for. */
  private late<Request>(work: (request: Request) => unknown) {
    return async (request: Request) => {
      await sleep(LATENCY_MS / 2);
      const answer = work(request);
      await sleep(LATENCY_MS / 2);
      return answer ?? {};
    };
  }
}

/** Calls that begin one after the other, by their seconds. */
export type Calls = readonly (readonly [action: OfficeHoursAction, second: number])[];

/** Runs commands at their seconds, until they have ended and AWS is at rest. Returns their outcomes. */
export async function runCommands(aws: SimulatedAws, calls: Calls) {
  aws.answer();
  const running = calls.map(async ([action, second]) => {
    await sleep(second * 1000);
    return await runOfficeHours('dev', action);
  });
  const outcomes = Promise.all(running);
  // A command waits for AWS, or for its next look, at any time.
  while (jest.getTimerCount() > 0) await jest.advanceTimersToNextTimerAsync();
  return await outcomes;
}
