import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { S3 } from '@aws-sdk/client-s3';
import { Account, type Resources } from './support/account';
import { awsCall, functionWith, trusting } from './support/resources';

const account = Account.shared();
let logs: CloudWatchLogs;
let s3: S3;

beforeAll(async () => {
  logs = new CloudWatchLogs(account.client);
  s3 = new S3({ ...account.client, forcePathStyle: true });
  await s3.createBucket({ Bucket: 'files' });
}, 60_000);

interface Variant {
  readonly Key?: string;
  readonly rightOn?: string;
  readonly trusted?: string;
}

/** Custom resource that keeps an object in a bucket. */
function resources({ Key = 'one', rightOn = '*', trusted = 'lambda.amazonaws.com' }: Variant = {}): Resources {
  const allow = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource });
  const Statement = [allow('s3:*Object', `arn:aws:s3:::files/${rightOn}`), allow('logs:*', '*')];
  const Policies = [{ PolicyName: 'rights', PolicyDocument: { Version: '2012-10-17', Statement } }];
  return {
    ...functionWith({ Policies, AssumeRolePolicyDocument: trusting(trusted) }),
    Kept: awsCall('s3', 'PutObject', { Bucket: 'files', Key }, {}, { Id: Key, Undo: 'DeleteObject' }),
  };
}

async function keys(): Promise<unknown[]> {
  const { Contents = [] } = await s3.listObjectsV2({ Bucket: 'files' });
  return Contents.map(({ Key }) => Key);
}

describe('a custom resource', () => {
  it('is created, updated and deleted by its function, which logs', async () => {
    const Outputs = { Id: { Value: { Ref: 'Kept' } }, Name: { Value: { 'Fn::GetAtt': ['Kept', 'Name'] } } };
    await account.create('ok', resources(), { Outputs });
    expect(await keys()).toEqual(['one']);
    expect(await account.outputs('ok')).toEqual({ Id: 'one', Name: 'it is one' });
    const { events = [] } = await logs.filterLogEvents({ logGroupName: await logGroup() });
    expect(events.map(({ message }) => message)).toContain('Create one');

    // A new physical id is a replacement: the old resource is deleted.
    await account.update('ok', resources({ Key: 'two' }), { Outputs });
    expect(await keys()).toEqual(['two']);
    await account.remove('ok');
    expect(await keys()).toEqual([]);
  });

  it.each([
    ['its function lacks a permission', 'denied', { rightOn: 'other' }, 'Message returned: AccessDenied'],
    [
      'its role does not trust Lambda',
      'untrusted',
      { trusted: 'ec2.amazonaws.com' },
      'does not trust lambda.amazonaws',
    ],
  ])('fails if %s', async (_, name, variant, reason) => {
    expect(await account.create(name, resources(variant))).toBe('ROLLBACK_COMPLETE');
    expect((await account.failures(name))['Kept']).toContain(reason);
    expect(await keys()).toEqual([]);
  });
});

async function logGroup(): Promise<string> {
  const { logGroups = [] } = await logs.describeLogGroups({ logGroupNamePrefix: '/aws/lambda/ok' });
  return logGroups[0]?.logGroupName ?? '';
}
