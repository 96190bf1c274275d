import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DescribeDBInstancesCommand,
  RDSClient,
  StartDBInstanceCommand,
  StopDBInstanceCommand,
} from '@aws-sdk/client-rds';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { pushImage } from '../../../tools/deploy-local/images';
import { prooflink, prooflinkArguments, ROOT } from '../support/prooflink';
import { names, startDev } from '../support/running-dev';
import { CTRL_C, nodeInTerminal } from '../support/terminal';
import { temporaryFolder } from '../../support/temporary-folder';

const folder = temporaryFolder('import-');
const USERS = 'email,name\nann@example.com,Ann\nbob@example.com,Bob\n';
let dev: Awaited<ReturnType<typeof startDev>>;

beforeAll(async () => {
  dev = await startDev();
  await dev.release('v1');
}, 240_000);

afterAll(async () => {
  await dev.stop();
});

function csv(content: string): string {
  const path = join(folder, 'users.csv');
  writeFileSync(path, content);
  return path;
}

/** Runs `npm run prooflink -- import dev`. */
const imports = (...args: string[]) => prooflink(dev.aws.env, 'import', 'dev', ...args);

async function uploaded(): Promise<string[]> {
  const s3 = new S3Client({ forcePathStyle: true });
  const wanted = { Bucket: dev.outputs['BucketName'], Prefix: 'imports/users-' };
  const { Contents = [] } = await s3.send(new ListObjectsV2Command(wanted));
  return Contents.map(({ Key = '' }) => Key).filter((key) => key.endsWith('.csv'));
}

it('users are imported: the file as it is, the job’s states, its log, its exit code', async () => {
  const { exitCode, stdout, stderr } = await imports(csv(USERS));
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const [key = ''] = await uploaded();
  const s3 = new S3Client({ forcePathStyle: true });
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: dev.outputs['BucketName'], Key: key }));
  expect(await Body?.transformToString()).toBe(USERS);
  expect(stdout).toContain('2 lines below the header, 51 bytes');
  expect(stdout).toContain(`  importing ${key}\n  imported 2 users\nImported.\n`);
  expect(stdout).toMatch(/^SUCCEEDED/m);
});

it('a job that fails: why, where its log is, and its exit code', async () => {
  const { exitCode, stdout } = await imports(csv('email,name\nann@example.com,Ann\nnobody\n'));
  expect(exitCode).toBe(1);
  expect(stdout).toContain('line 3: not an address and a name: nobody');
  expect(stdout).toContain('FAILED: Essential container in task exited\n');
  expect(stdout).toContain('Not imported: exit code 1. The log: aws logs tail /aws/batch/prooflink-dev --follow');
});

it('a file that is refused is not uploaded', async () => {
  const before = await uploaded();
  const { exitCode, stderr } = await imports(csv('email,name\n'));
  expect(exitCode).toBe(2);
  expect(stderr).toContain('users.csv cannot be imported: it has a header and no users.');
  expect(await uploaded()).toEqual(before);
});

it('Ctrl-C leaves the job and says how to go on, which ends with the job’s own code', async () => {
  const entrypoint = ['node', '-e', `console.log('at work'); setTimeout(() => process.exit(3), 9000)`];
  await pushImage(dev.outputs['BatchRepositoryUri'] ?? '', 'v1', { directory: folder, entrypoint });
  const env = { ...dev.aws.env, TERM: 'xterm' };
  const { raw, exitCode } = await nodeInTerminal(prooflinkArguments('import', 'dev', csv(USERS)), {
    cwd: ROOT,
    env,
    keys: [['at work', CTRL_C]],
  });
  expect(exitCode).toBe(130);
  const [, id = ''] = /npm run prooflink -- import dev --job (\S+)/.exec(raw) ?? [];
  expect(raw).toContain(`aws batch terminate-job --job-id ${id} `);
  const followed = await imports('--job', id);
  expect(followed.exitCode).toBe(3);
  expect(followed.stdout).toContain('  at work\n');
});

it('while the database sleeps nothing is begun, and the command that wakes it is named', async () => {
  const rds = new RDSClient({});
  const database = { DBInstanceIdentifier: names.dbInstance };
  await rds.send(new StopDBInstanceCommand(database));
  const before = await uploaded();
  const { exitCode, stderr } = await imports(csv(USERS));
  await rds.send(new StartDBInstanceCommand(database));
  expect(exitCode).toBe(2);
  expect(stderr).toContain(
    'The database is stopped: the import would find none. First: npm run prooflink -- start dev',
  );
  expect(await uploaded()).toEqual(before);
  expect((await rds.send(new DescribeDBInstancesCommand(database))).DBInstances?.[0]?.DBInstanceStatus).toBe(
    'available',
  );
});

it('a job that Batch has forgotten cannot be followed', async () => {
  const { exitCode, stderr } = await imports('--job', 'b7f3c1de-0000-4000-8000-000000000000');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('AWS Batch knows no job');
});
