import { askPatiently } from '../../src/deployed/wait';

const expired = Object.assign(new Error('The security token is expired.'), { name: 'ExpiredToken' });

/** Asks AWS, which refuses the credentials three times, in simulated time. */
async function ask(env: NodeJS.ProcessEnv) {
  jest.useFakeTimers({ now: new Date('2026-11-27T00:00:00Z') });
  jest.replaceProperty(process, 'env', {
    ...process.env,
    AWS_PROFILE: undefined,
    AWS_ACCESS_KEY_ID: undefined,
    ...env,
  });
  const lines: string[] = [];
  const question = jest.fn(() => Promise.resolve('answer'));
  for (let time = 0; time < 3; time += 1) question.mockRejectedValueOnce(expired);
  const answer = askPatiently(question, (line) => lines.push(line)).catch((error: unknown) => error);
  await jest.advanceTimersByTimeAsync(60_000);
  return { answer: await answer, lines, questions: question.mock.calls.length };
}

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

test('credentials that a person can renew are waited for, and that is said once, with what ends the wait', async () => {
  const { answer, lines } = await ask({ AWS_PROFILE: 'prooflink' });
  expect(answer).toBe('answer');
  expect(lines).toEqual([
    'AWS does not answer: ExpiredToken: The security token is expired. Waiting since 09:00 for an answer, until 09:10 at the ' +
      'latest (Tokyo). Renew the session in another terminal ("aws sso login"): this command goes on then.',
  ]);
});

test('credentials in environment variables, which nobody can renew for a process, are not waited for', async () => {
  expect(await ask({ AWS_ACCESS_KEY_ID: 'key' })).toEqual({ answer: expired, lines: [], questions: 1 });
});
