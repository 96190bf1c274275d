import { askQuestion, environmentWith } from './aws-answers';

const URL = 'https://prooflink.example.com/api/auth/session';
const LINE = '[auth][error] UntrustedHost: Host must be trusted.';

/** Asks whether people can sign in, while the session's URL answers a status, and the log has Auth.js's error. */
async function askSignIn(status: number) {
  const request = jest.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(null, { status }));
  const log = { GetLogEvents: { events: [{ message: `${LINE}\n` }, { message: '    at route.js:1:1' }] } };
  const environment = environmentWith({ outputs: { ApplicationUrl: 'https://prooflink.example.com' } });
  const answer = await askQuestion('sign-in', log, environment);
  expect(request).toHaveBeenCalledWith(URL, expect.anything());
  request.mockRestore();
  return answer;
}

test('500 of Auth.js is a fault, with the line that says why: its health check is well meanwhile', async () => {
  expect(await askSignIn(500)).toMatchObject({
    result: 'wrong',
    says: `${URL} answers 500: no one can sign in. ${LINE}`,
    fix: 'aws logs tail --region ap-northeast-1 /ecs/prooflink-prod-app --since 1h',
  });
});

test('404 says nothing: the application may have no Auth.js', async () => {
  expect(await askSignIn(404)).toMatchObject({ result: 'well', says: '' });
});
