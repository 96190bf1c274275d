import type { Parameter, StackEvent, UpdateStackInput } from '@aws-sdk/client-cloudformation';
import { runRelease } from '../../src/release/release';
import type { ReleaseOptions } from '../../src/release/options';
import { answerCommands, type Answers } from '../support/answer-commands';
import { besideOthers } from '../support/containers';
import { stackAnswers } from '../support/parts';

const PARTS = stackAnswers({
  webService: 'arn:aws:ecs:ap-northeast-1:123456789012:service/cluster/service',
  targetGroup: 'targets',
  migration: 'migration:1',
});
const MIGRATION = 'migration-task';
const STACK_ID = 'arn:aws:cloudformation:ap-northeast-1:123456789012:stack/ProoflinkDev/1';
const image = (tag: string) => `registry/prooflink-dev-app:${tag}`;

/** Error with which CloudFormation refuses a request. */
export function validationError(message: string): Error {
  return Object.assign(new Error(message), { name: 'ValidationError', $metadata: { httpStatusCode: 400 } });
}

/** The stack ProoflinkDev in CloudFormation: its image tags are all m0. */
export class FakeStack {
  status = 'UPDATE_COMPLETE';
  readonly parameters: Record<string, string> = {
    BootstrapVersion: '/cdk-bootstrap/hnb659fds/version',
    AppImageTag: 'm0',
    BatchImageTag: 'b0',
    MigrationImageTag: 'm0',
    MigratedImageTag: 'm0',
  };
  /** Updates and migrations in their order. */
  readonly steps: string[] = [];
  /** Decides how an update of these values ends; may throw CloudFormation's refusal. */
  onUpdate: (values: Readonly<Record<string, string>>) => string = () => 'UPDATE_COMPLETE';
  /** Number of looks at the events of an update before it ends. */
  looksBeforeEnd = 0;
  /** Newest first, as CloudFormation lists them. */
  private readonly events: StackEvent[] = [];
  private looks = 0;
  private end: (() => void) | undefined;

  get answers(): Answers {
    return {
      ...PARTS,
      DescribeStacks: () => ({ Stacks: [this.described()] }),
      UpdateStack: (request: UpdateStackInput) => this.update(request),
      DescribeStackEvents: () => this.describeEvents(),
    };
  }

  /** Adds an event of the stack itself, or of a resource. */
  addEvent(ResourceStatus: string, fields: Partial<StackEvent> = {}): void {
    const event = { StackId: STACK_ID, PhysicalResourceId: STACK_ID, LogicalResourceId: 'ProoflinkDev', ...fields };
    this.events.unshift({ ...event, ResourceStatus } as StackEvent);
  }

  private described(): object {
    const parameters: Parameter[] = Object.entries(this.parameters).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    }));
    return { StackName: 'ProoflinkDev', StackId: STACK_ID, StackStatus: this.status, Parameters: parameters };
  }

  private update(request: UpdateStackInput): object {
    const values: Record<string, string> = {};
    for (const { ParameterKey = '', ParameterValue } of request.Parameters ?? []) {
      if (ParameterValue !== undefined) values[ParameterKey] = ParameterValue;
    }
    const endStatus = this.onUpdate(values);
    const { ClientRequestToken } = request;
    this.steps.push(
      `update ${Object.entries(values)
        .map(([name, value]) => `${name}=${value}`)
        .join(' ')}`,
    );
    this.addEvent('UPDATE_IN_PROGRESS', { ClientRequestToken });
    this.end = () => {
      this.end = undefined;
      this.status = endStatus;
      if (endStatus === 'UPDATE_COMPLETE') Object.assign(this.parameters, values);
      else this.addFailure(endStatus);
      this.addEvent(endStatus);
    };
    this.looks = 0;
    return {};
  }

  private addFailure(endStatus: string): void {
    const service = { LogicalResourceId: 'WebService', PhysicalResourceId: 'service' };
    this.addEvent('UPDATE_FAILED', {
      ...service,
      ResourceStatusReason: 'Resource handler returned message: "breaker"\nlog',
    });
    this.addEvent('UPDATE_ROLLBACK_IN_PROGRESS', { ClientRequestToken: `other than at the begin of ${endStatus}` });
  }

  private describeEvents(): object {
    if (this.looks >= this.looksBeforeEnd) this.end?.();
    this.looks += 1;
    return { StackEvents: this.events };
  }
}

interface ListInput {
  readonly family?: string;
  readonly desiredStatus?: string;
}

/** A task that ran in the web service and has ended. */
interface StoppedTask {
  readonly id: string;
  readonly tag: string;
  readonly reason: string;
}

interface ReleaseProps {
  readonly stack: FakeStack;
  readonly options?: ReleaseOptions;
  /** Tasks that ended while the release ran. */
  readonly stoppedTasks?: readonly StoppedTask[];
  /** Called when ECS is asked to run the migration. */
  readonly onRunTask?: () => void;
  readonly answers?: Answers;
}

/** Runs a release to its end while AWS answers for a stack; returns its outcome and its progress. */
export async function release({
  stack,
  options = { appTag: 'm1' },
  stoppedTasks = [],
  onRunTask,
  answers,
}: ReleaseProps) {
  let progress = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((progress += String(text))));
  const stoppedIds = stoppedTasks.map(({ id }) => id);
  const taskOf = (id: string) => {
    if (id === MIGRATION) {
      return {
        taskArn: id,
        lastStatus: 'STOPPED',
        stopCode: 'EssentialContainerExited',
        containers: besideOthers({
          image: image(stack.parameters['MigrationImageTag'] ?? ''),
          exitCode: 0,
          imageDigest: 'sha256:1',
        }),
      };
    }
    const stopped = stoppedTasks.find((task) => task.id === id);
    const tag = stopped?.tag ?? stack.parameters['AppImageTag'] ?? '';
    return {
      taskArn: id,
      createdAt: new Date(),
      lastStatus: stopped ? 'STOPPED' : 'RUNNING',
      stoppedAt: stopped && new Date(),
      stoppedReason: stopped?.reason,
      containers: besideOthers({ image: image(tag), exitCode: stopped ? 1 : undefined }),
    };
  };
  answerCommands({
    ...stack.answers,
    DescribeServices: () => ({
      services: [
        {
          desiredCount: 1,
          runningCount: 1,
          deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED' }],
          events: [],
        },
      ],
    }),
    DescribeTargetHealth: { TargetHealthDescriptions: [{ TargetHealth: { State: 'healthy' } }] },
    DescribeImages: { imageDetails: [{ imageTags: ['m1', 'm2'], imageDigest: 'sha256:1' }] },
    BatchGetImage: { images: [{ imageManifest: '{}' }] },
    ListTasks: ({ family, desiredStatus }: ListInput) => {
      if (family !== undefined) return { taskArns: [] };
      return { taskArns: desiredStatus === 'STOPPED' ? stoppedIds : ['serving-task'] };
    },
    DescribeTasks: ({ tasks }: { readonly tasks: readonly string[] }) => ({ tasks: tasks.map(taskOf) }),
    RunTask: () => {
      stack.steps.push('run the migration');
      onRunTask?.();
      return { tasks: [{ taskArn: MIGRATION, createdAt: new Date() }] };
    },
    GetLogEvents: { events: [], nextForwardToken: 'end' },
    ...answers,
  });
  const outcome = await runRelease('dev', options);
  return { ...outcome, progress };
}
