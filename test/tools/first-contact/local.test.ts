import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { BatchClient, DescribeJobsCommand, SubmitJobCommand } from '@aws-sdk/client-batch';
import { sample } from '../../../tools/deploy-local/programs';
import { runFirstContact } from '../../../tools/first-contact/run';
import { names, startDev } from '../support/running-dev';

const ROOT = join(__dirname, '../../..');
let dev: Awaited<ReturnType<typeof startDev>>;

beforeAll(async () => {
  dev = await startDev();
}, 240_000);

afterAll(async () => {
  await dev.stop();
});

interface Told {
  readonly exitCode: number;
  readonly rows: readonly { readonly sees: string; readonly result: string; readonly says: string }[];
}

async function ask(): Promise<Told> {
  const { exitCode, stdout } = await runFirstContact('dev', { json: true });
  return { exitCode, ...(JSON.parse(stdout) as Omit<Told, 'exitCode'>) };
}

const row = ({ rows }: Told, sees: RegExp) => rows.find((each) => sees.test(each.sees));

async function importEnds(fileKey: string): Promise<void> {
  const batch = new BatchClient({});
  const job = { jobName: 'users', jobQueue: names.jobQueue, jobDefinition: names.jobDefinition };
  const environment = [{ name: 'IMPORT_FILE_KEY', value: fileKey }];
  const { jobId = '' } = await batch.send(new SubmitJobCommand({ ...job, containerOverrides: { environment } }));
  for (;;) {
    const { jobs = [] } = await batch.send(new DescribeJobsCommand({ jobs: [jobId] }));
    if (/SUCCEEDED|FAILED/.test(jobs[0]?.status ?? '')) return;
  }
}

it('before the first release there is nothing of it to see, and that is no failure', async () => {
  const told = await ask();
  expect(row(told, /starts and becomes healthy/)).toMatchObject({ result: 'look' });
  expect(row(told, /Users arrive/)).toMatchObject({ result: 'look' });
  expect(row(told, /own import/)).toMatchObject({ result: 'look' });
});

it('after a release, what runs here passes; the local AWS has no ECS Exec, parameters of RDS or quotas', async () => {
  await dev.release('v1');
  const told = await ask();
  const of = (wanted: string) => told.rows.filter(({ result }) => result === wanted).map(({ sees }) => sees);
  expect(of('pass')).toEqual([
    'Users arrive, over HTTPS where there is a domain',
    "ProofLink's image starts and becomes healthy",
    'Its log lines arrive',
    'The database is in no paid Extended Support',
  ]);
  expect(of('fail')).toEqual(['A shell opens in a task', 'The database refuses clear text']);
  expect(of('unknown')).toEqual(['The quotas suffice']);
});

it('fits 80 columns, without colours, and tells what could not be asked', async () => {
  const program = ['-r', './tools/register.js', 'tools/prooflink.ts', 'first-contact', 'dev'];
  const options = { cwd: ROOT, env: { ...dev.aws.env, FORCE_COLOR: '1' } };
  const { exitCode, stdout } = await new Promise<{ exitCode: unknown; stdout: string }>((resolve) => {
    execFile(process.execPath, program, options, (error, out) => {
      resolve({ exitCode: error?.code ?? 0, stdout: out });
    });
  });
  expect(stdout).toMatch(/\nCould not be asked\n.+\n│ The quotas suffice +│ NoSuchResourceException: /);
  expect(stdout.endsWith('\ndev: fails: 2, could not be asked: 1, a person must look: 3, passes: 4.\n')).toBe(true);
  expect(exitCode).toBe(1);
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(stdout).not.toContain('\u001b');
});

it('an import that fails, a version that never gets healthy, and a service that does not answer', async () => {
  await importEnds('imports/not-there.csv');
  await dev.release('v2', sample.neverHealthy());
  // A port on which nobody listens.
  process.env['AWS_ENDPOINT_URL_RDS'] = 'http://127.0.0.1:1';
  const told = await ask();
  delete process.env['AWS_ENDPOINT_URL_RDS'];
  expect(told.exitCode).toBe(1);
  expect(row(told, /own import/)).toMatchObject({
    result: 'fail',
    says: expect.stringMatching(/^The last job, /) as string,
  });
  expect(row(told, /starts and becomes healthy/)).toMatchObject({
    result: 'fail',
    says: expect.stringMatching(/^Its deployment failed: .+ECS says: /) as string,
  });
  expect(row(told, /Extended Support/)).toMatchObject({
    result: 'unknown',
    says: expect.stringContaining('ECONNREFUSED') as string,
  });
});
