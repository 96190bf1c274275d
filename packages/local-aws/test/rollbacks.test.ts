import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { bootstrap, runCdk } from '../src/cdk';
import { Account, type Resources } from './support/account';
import { logGroup, logGroupRetentions } from './support/log-groups';
import { awsCall, functionWith, roleAllowing } from './support/resources';

const account = Account.shared({ usedBefore: true });
const { cloudFormation } = account;
const logs = new CloudWatchLogs(account.client);

let assemblyCount = 0;

/** Writes a cloud assembly with one stack; returns its folder. */
function writeAssembly(stackName: string, resources: Resources): string {
  assemblyCount += 1;
  const folder = join(account.aws.directory, `rollbacks-${assemblyCount}`);
  mkdirSync(folder);
  const templateFile = `${stackName}.template.json`;
  const artifact = {
    type: 'aws:cloudformation:stack',
    environment: 'aws://123456789012/ap-northeast-1',
    // `cdk rollback` reads the version of the bootstrap stack.
    properties: { templateFile, bootstrapStackVersionSsmParameter: '/cdk-bootstrap/hnb659fds/version' },
  };
  const manifest = { version: '36.0.0', artifacts: { [stackName]: artifact } };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, templateFile), JSON.stringify({ Resources: resources }));
  return folder;
}

/** Runs the CDK CLI on a stack of these resources; returns its exit code and output. */
async function cdk(command: 'deploy' | 'rollback', stackName: string, resources: Resources, ...options: string[]) {
  const app = writeAssembly(stackName, resources);
  const approval = command === 'deploy' ? ['--require-approval', 'never'] : [];
  return await runCdk({ aws: account.aws, app }, [command, stackName, ...approval, ...options]);
}

/** The name `taken`. Early validation compares only names that stand in the template as they are. */
const TAKEN = { 'Fn::Join': ['', ['tak', 'en']] };

/** A log group with this retention, a new one, and one that fails since its name is taken. */
function failing(stackName: string, retention: number): Resources {
  return {
    Kept: logGroup(`${stackName}-kept`, { RetentionInDays: retention }),
    New: logGroup(`${stackName}-new`, { DependsOn: 'Kept', DeletionPolicy: 'Retain' }),
    Taken: logGroup(TAKEN, { DependsOn: 'New' }),
  };
}

beforeAll(async () => {
  await bootstrap({ aws: account.aws });
  await logs.createLogGroup({ logGroupName: 'taken' });
});

describe('after a failed update by cdk deploy --no-rollback', () => {
  const stackName = 'paused';
  const first = { Kept: logGroup('paused-kept', { RetentionInDays: 3 }) };

  beforeAll(async () => {
    await cdk('deploy', stackName, first);
    await cdk('deploy', stackName, failing(stackName, 7), '--no-rollback');
  });

  it('what was changed stays', async () => {
    expect(await account.statusOf(stackName)).toBe('UPDATE_FAILED');
    expect(await logGroupRetentions(account, stackName)).toEqual({ 'paused-kept': 7, 'paused-new': undefined });
  });

  it('the stack refuses an update until it is rolled back', async () => {
    const update = account.update(stackName, first);
    await expect(update).rejects.toThrow('is in UPDATE_FAILED state and can not be updated');
  });

  it('the stack refuses ContinueUpdateRollback: no rollback has begun', async () => {
    const continuation = cloudFormation.continueUpdateRollback({ StackName: stackName });
    await expect(continuation).rejects.toThrow('is in UPDATE_FAILED state');
  });

  it('cdk rollback returns to the last template, and deletes new resources in spite of their policy', async () => {
    const { exitCode, output } = await cdk('rollback', stackName, first);
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(await account.statusOf(stackName)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await logGroupRetentions(account, stackName)).toEqual({ 'paused-kept': 3 });
  });
});

describe('a stack in UPDATE_ROLLBACK_FAILED', () => {
  const stackName = 'stuck';

  /** Custom resource that creates a log group on creation, update and rollback; it fails on one that exists. */
  function withCall(name: string): Resources {
    return {
      ...functionWith(roleAllowing('logs:*')),
      Call: awsCall({
        client: 'cloudwatch-logs',
        command: 'CreateLogGroup',
        undo: 'CreateLogGroup',
        parameters: { logGroupName: name },
      }),
    };
  }
  const update = { ...withCall('second'), Taken: logGroup(TAKEN, { DependsOn: 'Call' }) };

  beforeAll(async () => {
    const creation = await cdk('deploy', stackName, withCall('first'));
    expect(creation.exitCode).toBe(0);
    // The rollback creates the log group `first` again, and fails.
    const failedUpdate = await cdk('deploy', stackName, update);
    expect(failedUpdate.exitCode).toBe(1);
  });

  it('names the resource and the service’s reason', async () => {
    expect(await account.statusOf(stackName)).toBe('UPDATE_ROLLBACK_FAILED');
    const failures = await account.failures(stackName);
    expect(failures['Call']).toContain('already exists');
    expect(failures[stackName]).toBe('The following resource(s) failed to update: [Call]. ');
  });

  it('is rolled back by cdk rollback once the reason is gone', async () => {
    await logs.deleteLogGroup({ logGroupName: 'first' });
    const { exitCode, output } = await cdk('rollback', stackName, update);
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(await account.statusOf(stackName)).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  it.each([
    { title: 'with --orphan, which skips one resource', options: ['--orphan', 'Call'] },
    { title: 'with --force, which skips every resource that fails', options: ['--force'] },
  ])('is rolled back by cdk rollback $title', async ({ options }) => {
    await logs.deleteLogGroup({ logGroupName: 'second' });
    await cdk('deploy', stackName, update);
    expect(await account.statusOf(stackName)).toBe('UPDATE_ROLLBACK_FAILED');
    const { exitCode, output } = await cdk('rollback', stackName, update, ...options);
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(await account.statusOf(stackName)).toBe('UPDATE_ROLLBACK_COMPLETE');
  });
});
