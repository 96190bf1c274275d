import { runRelease } from '../../../operate/release/release';
import type { ReleaseOptions } from '../../../operate/release/options';
import { answerCommands, type Answers } from '../../support/answer-commands';
import { besideOthers } from '../../support/containers';
import { stackAnswers } from '../../support/parts';

/** A stack as CloudFormation describes it. */
export interface StackState {
  status: string;
  app: string;
  migration: string;
  migrated: string;
}

/** One call of the CDK CLI: it sees the parameters that it sets, changes the stack, and returns true if it succeeded. */
export type Deploy = (parameters: Readonly<Record<string, string>>, stack: StackState) => boolean | Promise<boolean>;

/** The CDK CLI of the release that runs; a test replaces it. */
export const cli: { deploy: Deploy } = { deploy: () => true };

const PARTS = stackAnswers({
  webService: 'arn:aws:ecs:ap-northeast-1:123456789012:service/cluster/service',
  targetGroup: 'targets',
  migration: 'migration:1',
});
const MIGRATION = 'migration-task';
const image = (tag: string) => `registry/prooflink-dev-app:${tag}`;

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
  readonly stack: StackState;
  readonly options?: ReleaseOptions;
  /** Tag of the tasks that serve. */
  readonly serves: () => string;
  /** Tasks that ended while the release ran. */
  readonly stoppedTasks?: readonly StoppedTask[];
  readonly log?: readonly string[];
  /** Exit code of the migration: 0 unless given. */
  readonly migrationExitCode?: number;
  /** Called when ECS is asked to run the migration. */
  readonly onRunTask?: () => void;
  readonly answers?: Answers;
}

const parameter = (ParameterKey: string, ParameterValue: string) => ({ ParameterKey, ParameterValue });

/** Runs a release to its end while AWS answers for a stack; returns its outcome, its progress and what AWS was asked. */
export async function release({
  stack,
  options = { appTag: 'm1' },
  serves,
  stoppedTasks = [],
  log = [],
  migrationExitCode = 0,
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
          image: image(stack.migration),
          exitCode: migrationExitCode,
          imageDigest: 'sha256:1',
        }),
      };
    }
    const stopped = stoppedTasks.find((task) => task.id === id);
    return {
      taskArn: id,
      createdAt: new Date(),
      lastStatus: stopped ? 'STOPPED' : 'RUNNING',
      stoppedReason: stopped?.reason,
      containers: besideOthers({ image: image(stopped?.tag ?? serves()), exitCode: stopped ? 1 : undefined }),
    };
  };
  const asked = answerCommands({
    ...PARTS,
    DescribeStacks: () => ({
      Stacks: [
        {
          StackName: 'ProoflinkDev',
          StackStatus: stack.status,
          Parameters: [
            parameter('AppImageTag', stack.app),
            parameter('MigrationImageTag', stack.migration),
            parameter('MigratedImageTag', stack.migrated),
          ],
        },
      ],
    }),
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
      onRunTask?.();
      return { tasks: [{ taskArn: MIGRATION, createdAt: new Date() }] };
    },
    GetLogEvents: { events: log.map((message) => ({ message })), nextForwardToken: 'end' },
    ...answers,
  });
  const outcome = await runRelease('dev', { assemblyFolder: 'cdk.out', ...options });
  return { ...outcome, progress, asked };
}
