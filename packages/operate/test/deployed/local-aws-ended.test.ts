import { createServer } from 'node:net';
import { once } from 'node:events';
import { bareEnvironment } from '@infra/common/test/support/bare-environment';
import { prooflink } from '@infra/testing/prooflink';

/** A port on which nothing listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

let port: number;
beforeAll(async () => {
  port = await closedPort();
});

const call = (endpoint: Record<string, string>, ...args: string[]) =>
  prooflink(
    {
      ...bareEnvironment(),
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_MAX_ATTEMPTS: '1',
      ...endpoint,
    },
    ...args,
  );

it.each([[['restart', 'dev']], [['prepare']]])(
  'in the shell of a local AWS that has ended, %j says so, and does not ask for a sign-in',
  async (args) => {
    const { exitCode, stdout, stderr } = await call({ AWS_ENDPOINT_URL: `http://localhost:${port}` }, ...args);
    expect(exitCode).toBe(2);
    expect(stdout + stderr).toContain(
      `Nothing answers at http://localhost:${port}, where AWS_ENDPOINT_URL of this shell leads`,
    );
    expect(stdout + stderr).not.toContain('Sign in');
  },
);

it('another service that does not answer is no local AWS', async () => {
  const { stdout } = await call({ AWS_ENDPOINT_URL_CLOUDFORMATION: `http://localhost:${port}` }, 'restart', 'dev');
  expect(stdout).toContain('could not be asked: ');
});
