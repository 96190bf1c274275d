import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { adoptAwsVariables, bootstrap, deploy, type LocalAws, startLocalAws } from '@infra/local-aws';
import { command } from '@infra/testing/prooflink';
import { assembly } from '@infra/testing/assembly';
import { resourceNames, stackId } from '@infra/commands/app';
import { ecs, iam, logs, rds } from '../health/clients';

const names = resourceNames('dev');
const service = { cluster: names.cluster, service: names.service };
const StackName = stackId('dev');
const before = { ...process.env };
let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws({ usedBefore: true, standIns: true });
  adoptAwsVariables(process.env, aws.env);
  await bootstrap({ aws });
  await deploy({ aws, app: assembly }, StackName, { AppImageTag: 'v1', BatchImageTag: 'v1' });
}, 180_000);

afterAll(async () => {
  process.env = before;
  await aws.stop();
});

async function retention(): Promise<number | undefined> {
  const { logGroups = [] } = await logs.describeLogGroups({ logGroupNamePrefix: names.logGroups.app });
  return logGroups[0]?.retentionInDays;
}

const changeRetention = () => logs.putRetentionPolicy({ logGroupName: names.logGroups.app, retentionInDays: 365 });

async function wantedTasks(): Promise<number | undefined> {
  const { services = [] } = await ecs.describeServices({ cluster: service.cluster, services: [service.service] });
  return services[0]?.desiredCount;
}

async function openChangeSets() {
  const { Summaries = [] } = await new CloudFormation({}).listChangeSets({ StackName });
  return Summaries.filter(({ ExecutionStatus }) => ExecutionStatus === 'AVAILABLE');
}

it('what is as deployed is not touched: 0', async () => {
  const { exitCode, stdout } = await command('revert-drift', 'dev', '--yes');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^ProoflinkDev is as deployed, /);
  expect(stdout).toMatch(/Nothing compares: .*AWS::SecretsManager::Secret/);
});

describe('a sleeping environment in which a retention and a policy were changed', () => {
  beforeAll(async () => {
    await ecs.updateService({ ...service, desiredCount: 0 });
    await changeRetention();
    const RoleName = names.roles.ecsExecution;
    const { PolicyNames: [PolicyName] = [] } = await iam.listRolePolicies({ RoleName });
    await iam.deleteRolePolicy({ RoleName, PolicyName });
  });

  it('is shown the change set, and nothing of it is made without an answer: 2', async () => {
    const { exitCode, stdout, stderr } = await command('revert-drift', 'dev');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/\n {2}\S+ \(AWS::Logs::LogGroup\): RetentionInDays `365` → `\d+`\n/);
    expect(stderr).not.toContain('DesiredCount');
    expect(stdout).toMatch(/^Nothing was changed\.\n.*--yes$/m);
    expect(await retention()).toBe(365);
    expect(await openChangeSets()).toEqual([]);
  });

  it('gets its retention back, and stays asleep; the policy is named with its command: 0', async () => {
    const { exitCode, stdout } = await command('revert-drift', 'dev', '--yes');
    expect(exitCode).toBe(0);
    expect(await retention()).not.toBe(365);
    expect(await wantedTasks()).toBe(0);
    expect(stdout).toMatch(/\(AWS::IAM::Policy\): deleted by hand\naws iam put-role-policy /);
  });

  it('is as deployed then: the number of tasks is nothing to revert', async () => {
    const { exitCode, stdout } = await command('revert-drift', 'dev', '--yes');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ProoflinkDev is as deployed, /);
    expect(await wantedTasks()).toBe(0);
  });
});

describe('the database decides first: 2', () => {
  beforeAll(changeRetention);

  it('a storage that has grown would be shrunk, which RDS refuses, and with it everything', async () => {
    await rds.modifyDBInstance({
      DBInstanceIdentifier: names.dbInstance,
      AllocatedStorage: 300,
      ApplyImmediately: true,
    });
    const { exitCode, stdout } = await command('revert-drift', 'dev', '--yes');
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/would shrink .* to 300 GiB, .* then: npm run prooflink -- revert-drift dev$/m);
    expect(await retention()).toBe(365);
  });

  it('a database that was deleted would be created empty', async () => {
    await rds.deleteDBInstance({ DBInstanceIdentifier: names.dbInstance, SkipFinalSnapshot: true });
    const { exitCode, stdout } = await command('revert-drift', 'dev', '--yes');
    expect(exitCode).toBe(2);
    expect(stdout).toContain('It would create an empty database. The data first: “Restoring a lost environment”');
    expect(await retention()).toBe(365);
  });
});
