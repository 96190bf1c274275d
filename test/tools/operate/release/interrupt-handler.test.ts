import { InterruptHandler } from '../../../../tools/operate/release/interrupt-handler';
import { Minutes } from '../../../../tools/operate/release/time-limits';
import { renderSummary } from '../../../../tools/operate/release/summary';

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

/** The end of this process, as the handler asks for it. */
interface Exit {
  readonly exitCode: unknown;
  readonly stdout: string;
}

/** Does something to a release at work, and returns how its process ends. */
async function endOf(change: (handler: InterruptHandler) => void, end: () => void, printsJson = false): Promise<Exit> {
  let stdout = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((stdout += String(text))));
  const exit = jest.spyOn(process, 'exit').mockImplementation(() => undefined as never);
  const handler = new InterruptHandler((summary) => renderSummary('dev', { printsJson }, summary));
  await handler.handleDuring(async () => {
    change(handler);
    end();
    await Promise.resolve();
  });
  return { exitCode: exit.mock.calls.at(0)?.[0], stdout };
}

const signal = (name: NodeJS.Signals) => () => void process.emit(name, name);
const begun = (handler: InterruptHandler) => {
  handler.hasChangedAws = true;
  handler.goesOn = 'The migration goes on by itself.';
};

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('a release that gets %s', (name) => {
  test('before it changed anything: nothing was touched', async () => {
    expect(await endOf(() => undefined, signal(name))).toEqual({
      exitCode: 2,
      stdout: `dev was not touched:\n\n- It was interrupted (${name}).\n`,
    });
  });

  test('at work: its summary says what goes on, how to sign in and how to ask', async () => {
    const { exitCode, stdout } = await endOf(begun, signal(name));
    expect(exitCode).toBe(3);
    expect(stdout).toContain(
      'The migration goes on by itself.\nIf AWS refuses your credentials: Sign in as for the AWS CLI',
    );
    expect(stdout).toContain('How it is: npm run prooflink -- status dev');
  });

  test('for a program: JSON', async () => {
    const { exitCode, stdout } = await endOf(begun, signal(name), true);
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ environment: 'dev', exitCode: 3 });
  });
});

test('a release that outlasts its time ends before the session of a job, and says what goes on', async () => {
  jest.useFakeTimers();
  const { exitCode, stdout } = await endOf(begun, () => {
    jest.advanceTimersByTime((Minutes.release + 1) * 60_000);
  });
  expect(exitCode).toBe(3);
  expect(stdout).toContain(`It ends after ${Minutes.release} minutes`);
});
