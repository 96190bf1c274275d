import { InterruptHandler } from '../../src/release/interrupt-handler';
import { Minutes } from '../../src/release/time-limits';
import { renderSummary } from '../../src/release/summary';

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

/** The end of this process, as the handler asks for it. */
interface Exit {
  readonly exitCode: unknown;
  readonly stdout: string;
}

/** A release at work, and what ends its process. */
interface Interruption {
  /** Progress of the release before that; none unless given. */
  readonly progress?: (handler: InterruptHandler) => void;
  readonly interrupt: () => void;
  readonly json?: boolean;
}

/** Interrupts a release, and returns how its process ends. */
async function exitOf({ progress, interrupt, json = false }: Interruption): Promise<Exit> {
  let stdout = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((stdout += String(text))));
  const exit = jest.spyOn(process, 'exit').mockImplementation(() => undefined as never);
  const handler = new InterruptHandler((summary) => renderSummary('dev', { json }, summary));
  await handler.handleDuring(async () => {
    progress?.(handler);
    interrupt();
    await Promise.resolve();
  });
  return { exitCode: exit.mock.calls.at(0)?.[0], stdout };
}

const sendSignal = (name: NodeJS.Signals) => () => void process.emit(name, name);

/** The migration has begun. */
const migrating = (handler: InterruptHandler) => {
  handler.hasChangedAws = true;
  handler.goesOn = 'The migration goes on by itself.';
};

test('a release that is left before it changed anything says that nothing was touched', async () => {
  expect(await exitOf({ interrupt: sendSignal('SIGINT') })).toEqual({
    exitCode: 2,
    stdout: 'dev was not touched:\n\n- It was interrupted (SIGINT).\n',
  });
});

test('a release at work whose terminal is closed says what goes on, and how to sign in', async () => {
  const { exitCode, stdout } = await exitOf({ progress: migrating, interrupt: sendSignal('SIGHUP') });
  expect(exitCode).toBe(3);
  expect(stdout).toContain(
    'The migration goes on by itself.\nIf AWS refuses your credentials: Sign in as for the AWS CLI',
  );
});

test('a release that outlasts its time ends before the session of a job, and says what goes on', async () => {
  jest.useFakeTimers();
  const { exitCode, stdout } = await exitOf({
    progress: migrating,
    interrupt: () => {
      jest.advanceTimersByTime((Minutes.release + 1) * 60_000);
    },
  });
  expect(exitCode).toBe(3);
  expect(stdout).toContain(`It ends after ${Minutes.release} minutes`);
});
