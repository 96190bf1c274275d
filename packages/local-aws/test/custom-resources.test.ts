import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { S3 } from '@aws-sdk/client-s3';
import { Account, type Resources } from './support/account';
import { groups } from './support/log-groups';
import { awsCall, functionWith, trusting } from './support/resources';

const account = Account.shared();
const s3 = new S3(account.client);

beforeAll(async () => {
  await s3.createBucket({ Bucket: 'files' });
}, 60_000);

/** Custom resource that keeps an object in a bucket. */
function resources({ Key = 'one', rightOn = '*', trusted = 'lambda.amazonaws.com' } = {}): Resources {
  const allow = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource });
  const Statement = [allow('s3:*Object', `arn:aws:s3:::files/${rightOn}`), allow('logs:*', '*')];
  const Policies = [{ PolicyName: 'rights', PolicyDocument: { Version: '2012-10-17', Statement } }];
  return {
    ...functionWith({ Policies, AssumeRolePolicyDocument: trusting(trusted) }),
    Kept: awsCall('s3', 'PutObject', { Bucket: 'files', Key }, {}, { Id: Key, Undo: 'DeleteObject' }),
  };
}

async function keys(): Promise<unknown[]> {
  return ((await s3.listObjectsV2({ Bucket: 'files' })).Contents ?? []).map(({ Key }) => Key);
}

describe('a custom resource', () => {
  it('is created, updated and deleted by its function, which logs', async () => {
    const Outputs = { Id: { Value: { Ref: 'Kept' } }, Name: { Value: { 'Fn::GetAtt': ['Kept', 'Name'] } } };
    await account.create('ok', resources(), { Outputs });
    expect(await keys()).toEqual(['one']);
    expect(await account.outputs('ok')).toEqual({ Id: 'one', Name: 'it is one' });
    const [logGroupName] = Object.keys(await groups(account, '/aws/lambda/ok'));
    const { events = [] } = await new CloudWatchLogs(account.client).filterLogEvents({ logGroupName });
    expect(events.map(({ message }) => message)).toContain('Create one');

    // A new physical id is a replacement: the old resource is deleted.
    await account.update('ok', resources({ Key: 'two' }), { Outputs });
    expect(await keys()).toEqual(['two']);
    await account.remove('ok');
    expect(await keys()).toEqual([]);
  });

  it.each([
    ['its function lacks a permission', 'denied', { rightOn: 'other' }, 'Message returned: AccessDenied'],
    ['its role does not trust Lambda', 'other', { trusted: 'ec2.amazonaws.com' }, 'does not trust lambda.amazonaws'],
  ])('fails if %s', async (_, name, variant, Kept) => {
    await account.refuses('create', name, resources(variant), { Kept });
    expect(await keys()).toEqual([]);
  });
});
