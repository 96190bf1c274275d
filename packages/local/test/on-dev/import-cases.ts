import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { S3 } from '@aws-sdk/client-s3';
import { command, prooflinkArguments, ROOT } from '@infra/testing/prooflink';
import type { Dev } from '../support/running-dev';
import { CTRL_C, nodeInTerminal } from '@infra/common/test/support/terminal';
import { temporaryFolder } from '@infra/common/testing';

const USERS = 'email,name\nann@example.com,Ann\nbob@example.com,Bob\n';

export function importCases(dev: Dev): void {
  const folder = temporaryFolder('import-');

  beforeAll(async () => {
    await dev().release('imports');
  });

  /** Writes users.csv into a folder of the test's, and returns its path. */
  function csv(rows: string): string {
    const path = join(folder, 'users.csv');
    writeFileSync(path, rows);
    return path;
  }

  const s3 = () => new S3({ forcePathStyle: true });
  const imports = (...args: string[]) => command('import', 'dev', ...args);

  /** Keys of the uploaded files. */
  async function uploadedKeys(): Promise<string[]> {
    const { Contents = [] } = await s3().listObjectsV2({
      Bucket: dev().outputs['BucketName'],
      Prefix: 'imports/users-',
    });
    return Contents.map(({ Key = '' }) => Key).filter((key) => key.endsWith('.csv'));
  }

  async function readObject(Key: string): Promise<string | undefined> {
    const { Body } = await s3().getObject({ Bucket: dev().outputs['BucketName'], Key });
    return await Body?.transformToString();
  }

  it('users are imported: the file as it is, the job’s states, its log, its exit code', async () => {
    const { exitCode, stdout, stderr } = await imports(csv(USERS));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const [key = ''] = await uploadedKeys();
    expect(await readObject(key)).toBe(USERS);
    expect(stdout).toContain('2 rows below the header, 51 bytes');
    expect(stdout).toContain(`It goes to\ns3://${dev().outputs['BucketName']}/${key}\n`);
    // Its end may be seen between the two lines.
    expect(stdout.replace(/^SUCCEEDED\n/m, '')).toContain(`  importing ${key}\n  imported 2 users\n`);
    expect(stdout).toMatch(/^SUCCEEDED$/m);
    expect(stdout).toMatch(/\nImported\.\n$/);
  });

  it('a job that fails: why, where its log is, and its exit code', async () => {
    const { exitCode, stdout } = await imports(csv('email,name\nann@example.com,Ann\nnobody,\n'));
    expect(exitCode).toBe(1);
    expect(stdout).toContain('line 3: not an address and a name: nobody,');
    expect(stdout).toContain('FAILED: Essential container in task exited\n');
    expect(stdout).toContain('Not imported: exit code 1. The log: npm run prooflink -- logs dev --import');
  });

  it('Ctrl-C leaves the job and says how to go on, which ends with the job’s end, and names its exit code', async () => {
    const entrypoint = ['node', '-e', `console.log('at work'); setTimeout(() => process.exit(2), 9000)`];
    await dev().push.batch('imports', { directory: folder, entrypoint });
    const env = { ...dev().aws.env, TERM: 'xterm' };
    const { raw, exitCode } = await nodeInTerminal(prooflinkArguments('import', 'dev', csv(USERS)), {
      cwd: ROOT,
      env,
      keys: [['at work', CTRL_C]],
    });
    expect(exitCode).toBe(130);
    const [, id = ''] = /npm run prooflink -- import dev --job (\S+)/.exec(raw) ?? [];
    expect(raw).toContain(` --job-id ${id} --reason`);
    const followed = await imports('--job', id);
    expect(followed.exitCode).toBe(1);
    expect(followed.stdout).toContain('  at work\n');
    expect(followed.stdout).toContain('Not imported: exit code 2. ');
  });

  it('Ctrl-C during the upload says that no job has begun, and none has', async () => {
    const file = csv(`email,name\n${`ann@example.com,${'Ann'.repeat(300)}\n`.repeat(65_000)}`);
    const { raw, exitCode } = await nodeInTerminal(prooflinkArguments('import', 'dev', file), {
      cwd: ROOT,
      env: { ...dev().aws.env, TERM: 'xterm' },
      keys: [[' %', CTRL_C]],
    });
    expect(exitCode).toBe(130);
    expect(raw).toContain('No job has begun. If the file was uploaded, nothing reads it: s3://');
    expect(raw).toMatch(/ s3:\/\/\S+\/imports\/users-\S+\.csv/);
    expect(raw).not.toContain('goes on without you');
  });
}
