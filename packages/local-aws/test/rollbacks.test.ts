import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { bootstrap, runCdk } from '../src/cdk';
import { Account, type Resources } from './support/account';
import { groups, logGroup } from './support/log-groups';
import { allowing, awsCall, functionWith } from './support/resources';

const account = Account.shared({ usedBefore: true });
const { cloudFormation } = account;
const logs = new CloudWatchLogs(account.client);

let assemblyCount = 0;

/** Writes a cloud assembly with one stack; returns its folder. */
function assembly(stack: string, resources: Resources): string {
  assemblyCount += 1;
  const folder = join(account.aws.directory, `rollbacks-${assemblyCount}`);
  mkdirSync(folder);
  const templateFile = `${stack}.template.json`;
  const artifact = {
    type: 'aws:cloudformation:stack',
    environment: 'aws://123456789012/ap-northeast-1',
    // `cdk rollback` reads the version of the bootstrap stack.
    properties: { templateFile, bootstrapStackVersionSsmParameter: '/cdk-bootstrap/hnb659fds/version' },
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version: '36.0.0', artifacts: { [stack]: artifact } }));
  writeFileSync(join(folder, templateFile), JSON.stringify({ Resources: resources }));
  return folder;
}

async function cdk(stack: string, resources: Resources, command: string, ...options: string[]) {
  const app = assembly(stack, resources);
  const approval = command === 'deploy' ? ['--require-approval', 'never'] : [];
  return await runCdk({ aws: account.aws, app }, [command, stack, ...approval, ...options]);
}

/** The name `taken`. Early validation compares only names that stand in the template as they are. */
const TAKEN = { 'Fn::Join': ['', ['tak', 'en']] };

/** Log group with a number of days, and one whose name is taken. */
function failing(stack: string, days: number): Resources {
  return {
    Kept: logGroup(`${stack}-kept`, {}, { RetentionInDays: days }),
    New: logGroup(`${stack}-new`, { DependsOn: 'Kept', DeletionPolicy: 'Retain' }),
    Taken: logGroup(TAKEN, { DependsOn: 'New' }),
  };
}

beforeAll(async () => {
  await bootstrap({ aws: account.aws });
  await logs.createLogGroup({ logGroupName: 'taken' });
});

describe('cdk deploy --no-rollback', () => {
  const stack = 'paused';
  const first = { Kept: logGroup(`${stack}-kept`, {}, { RetentionInDays: 3 }) };

  it('keeps what a failed update has changed', async () => {
    await cdk(stack, first, 'deploy');
    const { exitCode, output } = await cdk(stack, failing(stack, 7), 'deploy', '--no-rollback');
    expect(exitCode).toBe(1);
    expect(output).toContain('already exists');
    expect(await account.statusOf(stack)).toBe('UPDATE_FAILED');
    expect(await groups(account, stack)).toEqual({ [`${stack}-kept`]: 7, [`${stack}-new`]: undefined });
  });

  it('leaves a stack that is not updated before its rollback', async () => {
    await expect(account.update(stack, first)).rejects.toThrow('is in UPDATE_FAILED state and can not be updated');
    const continued = cloudFormation.continueUpdateRollback({ StackName: stack });
    await expect(continued).rejects.toThrow('is in UPDATE_FAILED state');
  });

  it('cdk rollback returns to the last template, and deletes new resources in spite of their policy', async () => {
    const { exitCode, output } = await cdk(stack, first, 'rollback');
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(await account.statusOf(stack)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await groups(account, stack)).toEqual({ [`${stack}-kept`]: 3 });
    expect((await cdk(stack, first, 'rollback')).output).toContain('does not need a rollback');
  });

  it('after a failed creation, cdk rollback leaves the empty stack', async () => {
    await cdk('created', failing('created', 3), 'deploy', '--no-rollback');
    expect(await account.statusOf('created')).toBe('CREATE_FAILED');
    expect((await cdk('created', {}, 'rollback')).exitCode).toBe(0);
    expect(await account.statusOf('created')).toBe('ROLLBACK_COMPLETE');
    expect(await groups(account, 'created')).toEqual({});
  });

  it('after a failed creation, a deletion deletes the partially created resource, too', async () => {
    const CorsConfiguration = { CorsRules: [{ AllowedMethods: ['NONSENSE'], AllowedOrigins: ['*'] }] };
    const Files = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'partial', CorsConfiguration } };
    await cdk('partial', { Files }, 'deploy', '--no-rollback');
    expect(await account.statusOf('partial')).toBe('CREATE_FAILED');
    expect(await account.remove('partial')).toBeUndefined();
    await expect(account.create('again', { Files: { ...Files, Properties: { BucketName: 'partial' } } })).resolves.toBe(
      'CREATE_COMPLETE',
    );
  });
});

describe('a stack in UPDATE_ROLLBACK_FAILED', () => {
  const stack = 'stuck';
  /** Custom resource that creates log groups; it fails on one that exists. */
  const resources = (logGroupName: string, more: Resources = {}) => ({
    ...functionWith({ Policies: [{ PolicyName: 'logs', PolicyDocument: allowing('logs:*') }] }),
    Call: awsCall('cloudwatch-logs', 'CreateLogGroup', { logGroupName }, {}, { Undo: 'CreateLogGroup' }),
    ...more,
  });
  const next = resources('second', { Taken: logGroup(TAKEN, { DependsOn: 'Call' }) });

  beforeAll(async () => {
    expect((await cdk(stack, resources('first'), 'deploy')).exitCode).toBe(0);
    // The rollback would create this group again.
    expect((await cdk(stack, next, 'deploy')).exitCode).toBe(1);
  });

  it('names the resource and the service’s reason', async () => {
    expect(await account.statusOf(stack)).toBe('UPDATE_ROLLBACK_FAILED');
    const failures = await account.failures(stack);
    expect(failures['Call']).toContain('already exists');
    expect(failures[stack]).toBe('The following resource(s) failed to update: [Call]. ');
  });

  it('cdk rollback fails with the same reason while nothing has changed', async () => {
    const { exitCode, output } = await cdk(stack, next, 'rollback');
    expect(exitCode).toBe(1);
    expect(output).toContain('already exists');
    expect(await account.statusOf(stack)).toBe('UPDATE_ROLLBACK_FAILED');
  });

  it('cdk rollback completes once the reason is gone', async () => {
    await logs.deleteLogGroup({ logGroupName: 'first' });
    expect((await cdk(stack, next, 'rollback')).exitCode).toBe(0);
    expect(await account.statusOf(stack)).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  it.each([
    { option: ['--orphan', 'Call'], title: 'cdk rollback --orphan skips one resource' },
    { option: ['--force'], title: 'cdk rollback --force skips every resource that fails' },
  ])('$title', async ({ option }) => {
    await logs.deleteLogGroup({ logGroupName: 'second' });
    await cdk(stack, next, 'deploy');
    expect(await account.statusOf(stack)).toBe('UPDATE_ROLLBACK_FAILED');
    const { exitCode, output } = await cdk(stack, next, 'rollback', ...option);
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(await account.statusOf(stack)).toBe('UPDATE_ROLLBACK_COMPLETE');
  });
});
