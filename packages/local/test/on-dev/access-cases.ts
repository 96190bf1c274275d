import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { runProcess } from '@infra/commands/run-process';
import { prooflinkArguments, ROOT } from '@infra/testing/prooflink';
import { SAMPLE_FOLDER } from '../../src/programs';
import type { Dev } from '../support/running-dev';

export function accessCases(dev: Dev): void {
  beforeAll(async () => {
    await dev().release('open');
  });

  /** Runs a command of prooflink, and types lines. */
  const type = (command: string, ...lines: readonly string[]) =>
    runProcess(process.execPath, prooflinkArguments(command, 'dev'), {
      directory: ROOT,
      env: process.env,
      input: `${lines.join('\n')}\n`,
    });

  test('shell: the folder, the variables and the role of the web task, and none of this machine', async () => {
    const role = `fetch(process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI).then((answer) => answer.json()).then(({ RoleArn }) => console.log(RoleArn))`;
    const { exitCode, stdout, stderr } = await type(
      'shell',
      'pwd -P',
      'echo $VERSION $NODE_ENV ${AWS_CONFIG_FILE:-none}',
      `node -e "${role}"`,
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      realpathSync(join(SAMPLE_FOLDER, 'web')),
      'open production none',
      'arn:aws:iam::123456789012:role/prooflink-dev-ecs-task-role',
      '',
    ]);
  });

  test('database: psql asks the local database', async () => {
    const { exitCode, stdout, stderr } = await type('database', 'select current_database(), 6 * 7;');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/prooflink_dev +\| +42\n/);
  });
}
