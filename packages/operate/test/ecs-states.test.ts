import type { TaskStopCode } from '@aws-sdk/client-ecs';
import { migrationFailure } from '../src/deployed/migration-tasks';
import { waitUntilServing } from '../src/release/serving';
import { clockOfTimers, stopped } from './release/migrating';
import { answerCommands } from './support/answer-commands';
import { besideOthers } from './support/containers';
import { stackAnswers } from './support/parts';

type Release = 'serves' | 'waits' | 'fails';

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
  if (isAsDeployed) return 'serves';
  const hasWaited = sentence.startsWith('It is not healthy after 15 minutes.') && clock() > 0;
  return hasWaited ? 'waits' : 'fails';
}

test.each<{ readonly state: Parameters<typeof releaseWhile>[0]; readonly release: Release }>([
  { state: {}, release: 'serves' },
  { state: { rolloutState: 'IN_PROGRESS' }, release: 'waits' },
  { state: { rolloutState: NEW }, release: 'waits' },
  { state: { rolloutState: 'FAILED' }, release: 'fails' },
  { state: { status: 'ACTIVE' }, release: 'waits' },
  { state: { lastStatus: 'PENDING' }, release: 'waits' },
  { state: { lastStatus: 'DEACTIVATING' }, release: 'waits' },
  { state: { State: 'unhealthy' }, release: 'waits' },
  { state: { State: NEW }, release: 'waits' },
])('a service that differs from a healthy one by $state: the release $release', async ({ state, release }) => {
  expect(await releaseWhile(state)).toBe(release);
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

test.each([
  { stopCode: 'EssentialContainerExited', exitCode: 0, failure: undefined },
  { stopCode: 'EssentialContainerExited', exitCode: undefined, failure: 'failed with why' },
  { stopCode: 'UserInitiated', exitCode: 0, failure: 'failed with why' },
  { stopCode: NEW, exitCode: 0, failure: 'failed with why' },
])(
  'a migration that ended by $stopCode is done only if its container ended by itself, with 0: $exitCode',
  ({ stopCode, exitCode, failure }) => {
    const task = stopped(exitCode, { stopCode: stopCode as TaskStopCode, stoppedReason: 'why' });
    expect(migrationFailure(task)).toBe(failure);
  },
);
