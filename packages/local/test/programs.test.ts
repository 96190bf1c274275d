import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { programs } from '../src/programs';
import { pidOf } from '@infra/common/test/support/pid-of';

describe('what runs in the place of the images', () => {
  it('is the team’s own, where it is given, with the authorities that its image would bring along', () => {
    const { web, job } = programs({ app: 'somewhere', job: 'elsewhere' }, 'v1');
    expect(web).toMatchObject({
      directory: resolve('somewhere'),
      command: ['/bin/sh', '-c', expect.stringMatching(/\bnpm start$/) as string],
    });
    // The job runs the command of its definition.
    expect(job).toEqual({
      directory: resolve('elsewhere'),
      environment: { NODE_EXTRA_CA_CERTS: expect.any(String) as string },
    });
  });

  it('is no sample’s import beside the team’s own application', () => {
    expect(programs({ app: 'somewhere' }, 'v1').job).toBeUndefined();
  });

  it('is started by a command line of the shell, which the definition’s command does not change', () => {
    const { job } = programs({ job: '.', jobCommand: 'printf "%s" "$GREETING"' }, 'v1');
    const [shell = '', ...rest] = job?.entrypoint ?? [];
    const env = { ...process.env, GREETING: 'good day' };
    expect(execFileSync(shell, [...rest, 'node', 'dist/batch/user-import.js'], { env, encoding: 'utf8' })).toBe(
      'good day',
    );
  });

  it.each([
    {
      title: 'a compound command runs whole, and its last program ends in peace',
      appCommand: 'echo built && node -e "$SERVER"',
      output: 'built\nready\nended\n',
      exitCode: 3,
    },
    {
      title: 'no further program starts after SIGTERM',
      appCommand: 'node -e "$SERVER"; echo started',
      output: 'ready\nended\n',
      exitCode: 3,
    },
  ])('gets SIGTERM as on AWS: $title', async ({ appCommand, output, exitCode }) => {
    const { web } = programs({ app: '.', appCommand }, 'v1');
    expect(await terminatedWhenReady(web.command)).toEqual({ output, exitCode });
  });
});

/** A program that needs some time to end after SIGTERM. */
const SERVER = `
setInterval(() => undefined, 1000);
process.on('SIGTERM', () => setTimeout(() => { console.log('ended'); process.exit(3); }, 200));
console.log('ready');`;

/** Runs a command as the local AWS does, in a process group of its own, and sends SIGTERM to the group once it is ready. */
async function terminatedWhenReady([shell = '', ...args]: readonly string[] = []) {
  const child = spawn(shell, args, {
    detached: true,
    env: { ...process.env, SERVER },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString();
    if (data.includes('ready')) process.kill(-pidOf(child), 'SIGTERM');
  });
  const [exitCode] = (await once(child, 'close')) as [exitCode: number | null];
  return { output, exitCode };
}
