import { MigrationRunner } from '../../../operate/release/migration-runner';
import { checkRunningMigrations } from '../../../operate/release/stack-checks';
import { answerCommands } from '../../support/answer-commands';
import { besideOthers } from '../../support/containers';
import { at, clockOfTimers, CLUSTER, stackThatMigrates, taskArn } from './migrating';

afterEach(() => jest.restoreAllMocks());

/** A migration task that began so many seconds ago; `undefined`: it has not begun. */
const taskSince = (secondsAgo: number | undefined, lastStatus = 'RUNNING') => ({
  taskArn: taskArn('earlier'),
  lastStatus,
  createdAt: at(-(secondsAgo ?? 0)),
  startedAt: secondsAgo === undefined ? undefined : at(-secondsAgo),
  containers: besideOthers({ image: 'registry/prooflink-dev-app:v1' }),
});

interface Refusal {
  readonly title: string;
  readonly secondsAgo: number | undefined;
  /** Seconds that the release's own migration may take; `undefined`: the release does not migrate. */
  readonly migrationTimeoutSeconds: number | undefined;
  readonly isRefused: boolean;
}

const REFUSALS: readonly Refusal[] = [
  { title: 'one that migrates', secondsAgo: 60, migrationTimeoutSeconds: 300, isRefused: true },
  { title: 'a way back', secondsAgo: 60, migrationTimeoutSeconds: undefined, isRefused: true },
  { title: 'a way back, however long it runs', secondsAgo: 9000, migrationTimeoutSeconds: undefined, isRefused: true },
  {
    title: 'one beside a task that has not begun',
    secondsAgo: undefined,
    migrationTimeoutSeconds: 300,
    isRefused: true,
  },
  { title: 'one that stops it first', secondsAgo: 301, migrationTimeoutSeconds: 300, isRefused: false },
];

test.each(REFUSALS)('while a migration runs, a release is refused: $isRefused for $title', async (row) => {
  clockOfTimers();
  answerCommands({
    ListTasks: { taskArns: [taskArn('earlier')] },
    DescribeTasks: { tasks: [taskSince(row.secondsAgo)] },
  });
  const update = { stack: stackThatMigrates(), migrationTimeoutSeconds: row.migrationTimeoutSeconds };
  const problem = await checkRunningMigrations(update);
  expect(problem !== undefined).toBe(row.isRefused);
  if (row.isRefused) {
    expect(problem).toContain(`aws ecs stop-task --region ap-northeast-1 --cluster ${CLUSTER} --task earlier`);
  }
});

describe('a migration that a gone release has left, and whose time is over', () => {
  /** Lets a runner stop it, while ECS ends it after so many questions. */
  async function stopOverdue(secondsAgo: number, questionsUntilEnd: number) {
    clockOfTimers();
    let questions = 0;
    const asked = answerCommands({
      ListTasks: { taskArns: [taskArn('earlier')] },
      DescribeTasks: () => ({
        tasks: [taskSince(secondsAgo, questions++ > questionsUntilEnd ? 'STOPPED' : 'RUNNING')],
      }),
      StopTask: {},
    });
    const lines: string[] = [];
    const runner = new MigrationRunner(
      stackThatMigrates(),
      (line) => lines.push(line),
      () => undefined,
    );
    await runner.stopOverdueTasks(300);
    return { stopped: asked['StopTask'] ?? [], lines };
  }

  test('is stopped, and waited for, before the next one begins', async () => {
    const { stopped, lines } = await stopOverdue(301, 5);
    expect(stopped).toEqual([
      { cluster: CLUSTER, task: taskArn('earlier'), reason: 'A later release found that its time was over.' },
    ]);
    expect(lines).toEqual([
      expect.stringMatching(/^the migration of v1 runs since .*, longer than it may: it is stopped\.$/),
    ]);
  });

  test('is left as long as its time is not over', async () => {
    expect((await stopOverdue(299, 0)).stopped).toEqual([]);
  });

  test('and that does not end: nothing is known, and the command that stops it is named', async () => {
    await expect(stopOverdue(301, Infinity)).rejects.toThrow(
      /An earlier migration was to stop, and runs on: aws ecs stop-task/,
    );
  });
});
