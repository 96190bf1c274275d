import { DeploymentRolloutState, TaskStopCode } from '@aws-sdk/client-ecs';
import { TargetHealthStateEnum } from '@aws-sdk/client-elastic-load-balancing-v2';
import { waitUntilServing } from '../src/release/serving';
import { clockOfTimers, migrate, stopped, taskStates } from './release/migrating';
import { answerCommands } from './support/answer-commands';
import { besideOthers } from './support/containers';
import { stackAnswers } from './support/parts';

type Release = 'serves' | 'waits' | 'fails';

/** State of a primary deployment whose task is up, runs what is wanted and is healthy. */
const ROLLOUTS: Readonly<Record<DeploymentRolloutState, Release>> = {
  COMPLETED: 'serves',
  FAILED: 'fails',
  IN_PROGRESS: 'waits',
};

/** Status of the only deployment that the service has. */
const DEPLOYMENTS: Readonly<Record<string, Release>> = { PRIMARY: 'serves', ACTIVE: 'waits', INACTIVE: 'waits' };

/** Last status of the only task ("Amazon ECS task lifecycle"). */
const TASKS: Readonly<Record<string, Release>> = {
  PROVISIONING: 'waits',
  PENDING: 'waits',
  ACTIVATING: 'waits',
  RUNNING: 'serves',
  DEACTIVATING: 'waits',
  STOPPING: 'waits',
  DEPROVISIONING: 'waits',
  STOPPED: 'waits',
  DELETED: 'waits',
};

/** State of the only target. */
const TARGETS: Readonly<Record<TargetHealthStateEnum, Release>> = {
  draining: 'waits',
  healthy: 'serves',
  initial: 'waits',
  unavailable: 'waits',
  unhealthy: 'waits',
  'unhealthy.draining': 'waits',
  unused: 'waits',
};

/** Why a migration's task ended, and what that says where its container's exit code is 0, and where it has none. */
const STOPS: Readonly<Record<TaskStopCode, readonly [zero: string | undefined, none: string]>> = {
  EssentialContainerExited: [undefined, 'failed with why'],
  InfrastructureHealth: ['failed with why', 'failed with why'],
  ServiceSchedulerInitiated: ['failed with why', 'failed with why'],
  SpotInterruption: ['failed with why', 'failed with why'],
  TaskFailedToStart: ['could not be started: why', 'could not be started: why'],
  TerminationNotice: ['failed with why', 'failed with why'],
  UserInitiated: ['failed with why', 'failed with why'],
};

/** A state that AWS may add. */
const NEW = 'NEWER_THAN_THIS';

afterEach(() => jest.restoreAllMocks());

/** Outcome of a release while the web service is in a state. */
async function releaseWhile({
  rolloutState = 'COMPLETED',
  status = 'PRIMARY',
  lastStatus = 'RUNNING',
  State = 'healthy',
  runningCount = 1,
  failedTasks = 0,
  thresholdConfiguration = {},
}) {
  const clock = clockOfTimers(100);
  const deployments = [{ status, rolloutState, rolloutStateReason: 'ECS says why', failedTasks }];
  const deploymentConfiguration = { deploymentCircuitBreaker: { thresholdConfiguration } };
  answerCommands({
    DescribeStacks: {
      Stacks: [{ StackName: 'ProoflinkDev', Parameters: [{ ParameterKey: 'AppImageTag', ParameterValue: 'v2' }] }],
    },
    ...stackAnswers({ webService: 'a/b/c', targetGroup: 'targets' }),
    DescribeServices: { services: [{ desiredCount: 1, runningCount, deployments, deploymentConfiguration }] },
    ListTasks: { taskArns: ['task'] },
    DescribeTasks: { tasks: [{ lastStatus, containers: besideOthers({ image: 'registry/app:v2' }) }] },
    DescribeTargetHealth: { TargetHealthDescriptions: [{ TargetHealth: { State } }] },
  });
  const { isAsDeployed, sentence } = await waitUntilServing('dev', { appTag: 'v2', hasOfficeHours: false });
  return isAsDeployed
    ? 'serves'
    : sentence.startsWith('It is not healthy after 15 minutes.') && clock() > 0
      ? 'waits'
      : 'fails';
}

const rows = Object.entries({
  'a deployment: rolloutState': ROLLOUTS,
  'the only deployment: status': DEPLOYMENTS,
  'the only task: lastStatus': TASKS,
  'the only target: State': TARGETS,
}).flatMap(([of, states]) => Object.entries({ ...states, [NEW]: 'waits' }).map((row) => [of, ...row] as const));

test.each(rows)('%s %s: the release %s', async (of, state, release) => {
  expect(await releaseWhile({ [of.split(': ')[1] ?? '']: state })).toBe(release);
});

test.each([
  { failedTasks: 2, thresholdConfiguration: { type: 'COUNT', value: 2 }, release: 'fails' },
  { failedTasks: 2, thresholdConfiguration: { type: 'BOUNDED_PERCENT', value: 50 }, release: 'waits' },
  { failedTasks: 3, thresholdConfiguration: { type: 'BOUNDED_PERCENT', value: 50 }, release: 'fails' },
])('$failedTasks failed tasks, by the threshold $thresholdConfiguration: the release $release', async (row) => {
  // It would wait for tasks that ECS starts no more, or give up one that ECS still tries.
  const { release, ...failures } = row;
  expect(await releaseWhile({ rolloutState: 'IN_PROGRESS', runningCount: 0, ...failures })).toBe(release);
});

test.each([...Object.entries(STOPS), [NEW, STOPS.UserInitiated] as const])(
  'a migration that ended by %s is done only if its container ended by itself, with 0',
  async (stopCode, failures) => {
    const failureWith = async (exitCode: number | undefined) => {
      const task = stopped(exitCode, { stopCode: stopCode as TaskStopCode, stoppedReason: 'why' });
      const { result } = await migrate({ starts: [taskStates({ from: 60, task })] });
      return result.failure;
    };
    expect([await failureWith(0), await failureWith(undefined)]).toEqual(failures);
  },
);
