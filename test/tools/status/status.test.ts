import { BatchClient, DescribeJobsCommand, SubmitJobCommand } from '@aws-sdk/client-batch';
import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { RDSClient, StartDBInstanceCommand, StopDBInstanceCommand } from '@aws-sdk/client-rds';
import { sample } from '../../../tools/deploy-local/programs';
import { type DeployedStack, readStack } from '../../../tools/shared/deployed-stack';
import { outcomeOf } from '@infra/common/outcome';
import { describeService } from '../../../tools/shared/web-service';
import { alarmsPart } from '../../../tools/shared/health/alarms';
import { runStatus } from '../../../tools/status/run';
import { webServicePart } from '../../../tools/shared/health/web-service';
import { prooflink } from '../support/prooflink';
import { names, startDev } from '../support/running-dev';

let dev: Awaited<ReturnType<typeof startDev>>;

beforeAll(async () => {
  dev = await startDev();
}, 240_000);

afterAll(async () => {
  await dev.stop();
});

interface Told {
  readonly wrong: readonly string[];
  readonly unknown: readonly string[];
  readonly parts: Readonly<Record<string, readonly { name: string; value: string }[]>>;
}

/** What a program is told of dev. */
async function status(): Promise<Told & { exitCode: number }> {
  const { exitCode, stdout } = await runStatus('dev', { json: true });
  return { exitCode, ...(JSON.parse(stdout) as Told) };
}

const scale = (desiredCount: number) =>
  new ECSClient({}).send(new UpdateServiceCommand({ cluster: names.cluster, service: names.service, desiredCount }));
const database = { DBInstanceIdentifier: names.dbInstance };
it('before the first release nothing runs, and nothing is wrong, by day either', async () => {
  const { parts, wrong } = await status();
  expect(parts['Web service']).toContainEqual({ name: 'version', value: 'no image tag yet' });
  expect(wrong).toEqual([]);
  expect(parts['Office hours']).toContainEqual({ name: 'now', value: 'no image tag yet: there is no task to start' });
});

it('an environment that runs is well: its versions, targets and deployments, in 80 columns without colours', async () => {
  await dev.release('v1');
  const { exitCode, stdout } = await prooflink({ ...dev.aws.env, FORCE_COLOR: '1', CI: 'true' }, 'status', 'dev');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/version +│ v1 \(prooflink-dev-task:2\)/);
  expect(stdout).toMatch(/version +│ v1 \(prooflink-dev-user-import:2\)/);
  expect(stdout).toMatch(/targets +│ 1 of 1 healthy/);
  expect(stdout).toMatch(/last deployment +│ .* \(Tokyo\): UPDATE_COMPLETE/);
  expect(stdout.endsWith('\ndev is well.\n')).toBe(true);
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(stdout).not.toContain('\u001b');
});

it('a release that ECS rolled back is not well: the stack has another tag than what runs', async () => {
  const stack = { ...(await readStack('dev')), parameters: { AppImageTag: 'v9' } };
  const { wrong } = await webServicePart(stack, await describeService(stack));
  expect(wrong).toEqual(['The stack wants v9, and v1 runs.']);
});

it('what cannot be asked hides nothing else, and is no “well”', async () => {
  // A port on which nobody listens.
  process.env['AWS_ENDPOINT_URL_RDS'] = 'http://127.0.0.1:1';
  const { exitCode, unknown, parts } = await status();
  const { stdout } = await runStatus('dev', {});
  delete process.env['AWS_ENDPOINT_URL_RDS'];
  expect(exitCode).toBe(2);
  expect(unknown).toEqual([expect.stringMatching(/^Database: .*ECONNREFUSED/)]);
  expect(parts['Web service']).toContainEqual({ name: 'tasks', value: '1 of 1 run' });
  expect(stdout).toContain('  - Could not be asked: Database: ');
});

it('an import that failed is named, with why and its id', async () => {
  const batch = new BatchClient({});
  const job = { jobName: 'users', jobQueue: names.jobQueue, jobDefinition: names.jobDefinition };
  const environment = [{ name: 'IMPORT_FILE_KEY', value: 'imports/not-there.csv' }];
  const { jobId = '' } = await batch.send(new SubmitJobCommand({ ...job, containerOverrides: { environment } }));
  for (;;) {
    const { jobs = [] } = await batch.send(new DescribeJobsCommand({ jobs: [jobId] }));
    if (jobs[0]?.status === 'FAILED') break;
  }
  const { exitCode, wrong, parts } = await status();
  expect({ exitCode, wrong }).toEqual({ exitCode: 1, wrong: [`The import users failed (${jobId}).`] });
  const reason = 'Essential container in task exited, exit code 1';
  expect(parts['User import']).toContainEqual({
    name: 'users',
    value: expect.stringMatching(new RegExp(`\\(Tokyo\\): ${reason} \\(${jobId}\\)$`)) as string,
  });
});

it('a stopped database is wrong only where web tasks want it', async () => {
  const rds = new RDSClient({});
  await scale(0);
  await rds.send(new StopDBInstanceCommand(database));
  const asleep = (await status()).wrong.filter((each) => each.includes('database'));
  await scale(1);
  const awake = (await status()).wrong;
  await rds.send(new StartDBInstanceCommand(database));
  expect(asleep).toEqual([]);
  expect(awake).toContain('The database is stopped.');
});

it('a version that never gets healthy is not well, and what ECS says of it is told', async () => {
  await dev.release('v2', sample.neverHealthy());
  const { exitCode, wrong } = await status();
  expect(exitCode).toBe(1);
  expect(wrong.join('\n')).toMatch(/^The deployment of v2 fails: .+ECS says: /);
});

it('alarms that ring are named with their reason, and those without data are counted', async () => {
  const client = new CloudWatchClient({});
  const how = { EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanThreshold', Threshold: 1 } as const;
  const states = { rings: 'ALARM', 'is-silent': 'INSUFFICIENT_DATA', 'of-another-stack': 'ALARM' } as const;
  for (const [AlarmName, StateValue] of Object.entries(states)) {
    const metric = { Namespace: 'AWS/ECS', MetricName: 'CPUUtilization', Period: 60, Statistic: 'Average' } as const;
    await client.send(new PutMetricAlarmCommand({ AlarmName, ...how, ...metric }));
    await client.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'too much' }));
  }
  const stack = {
    region: 'ap-northeast-1',
    ids: () => ['rings', 'is-silent'],
  } as unknown as DeployedStack;
  const { rows, wrong } = await alarmsPart(stack);
  expect(rows[0]).toEqual(['in alarm', '1 of 2 alarms, 1 without data']);
  expect(rows.slice(1)).toEqual([['rings', expect.stringMatching(/^since .* \(Tokyo\): too much$/)]]);
  expect(wrong).toEqual(['The alarm rings rings.']);
});

it('an environment that is not there cannot be told of', async () => {
  expect(await outcomeOf(() => runStatus('prod', {}))).toEqual({
    exitCode: 2,
    stdout: '',
    stderr:
      'There is no stack ProoflinkProd in ap-northeast-1, in the account of your credentials ' +
      '(aws sts get-caller-identity).\n',
  });
});
