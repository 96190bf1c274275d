import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { S3 } from '@aws-sdk/client-s3';
import { Account, type Resources } from './support/account';

const account = Account.shared();
let logs: CloudWatchLogs;
let s3: S3;

beforeAll(async () => {
  logs = new CloudWatchLogs(account.client);
  s3 = new S3({ ...account.client, forcePathStyle: true });
  await s3.createBucket({ Bucket: 'files' });
}, 60_000);

/** Function that keeps an object in a bucket, and responds like the CDK's functions. */
const SOURCE = `
const https = require('node:https');
const { DeleteObjectCommand, PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
exports.handler = async (event) => {
  const { Key } = event.ResourceProperties;
  const object = { Bucket: 'files', Key: event.RequestType === 'Delete' ? event.PhysicalResourceId : Key };
  let answer = { Status: 'SUCCESS', PhysicalResourceId: Key, Data: { Name: 'it is ' + Key } };
  console.log(event.RequestType, object.Key);
  try {
    await new S3Client({}).send(
      event.RequestType === 'Delete' ? new DeleteObjectCommand(object) : new PutObjectCommand(object));
  } catch (error) {
    answer = { Status: 'FAILED', PhysicalResourceId: 'failed', Reason: error.name };
  }
  const { hostname, pathname } = new URL(event.ResponseURL);
  await new Promise((done, failed) =>
    https.request({ hostname, path: pathname, method: 'PUT' }, done).on('error', failed).end(JSON.stringify(answer)));
};`;

interface Variant {
  readonly Key?: string;
  readonly rightOn?: string;
  readonly trusted?: string;
}

function resources({ Key = 'one', rightOn = '*', trusted = 'lambda.amazonaws.com' }: Variant = {}): Resources {
  const policy = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });
  const allow = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource });
  const Role = {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: policy({
        Effect: 'Allow',
        Principal: { Service: trusted },
        Action: 'sts:AssumeRole',
      }),
      Policies: [
        {
          PolicyName: 'rights',
          PolicyDocument: policy(allow('s3:*Object', `arn:aws:s3:::files/${rightOn}`), allow('logs:*', '*')),
        },
      ],
    },
  };
  const Keeper = {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { ZipFile: SOURCE },
      Handler: 'index.handler',
      Runtime: 'nodejs22.x',
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    },
  };
  const Kept = {
    Type: 'Custom::Object',
    Properties: { ServiceToken: { 'Fn::GetAtt': ['Keeper', 'Arn'] }, Key },
  };
  return { Role, Keeper, Kept };
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
