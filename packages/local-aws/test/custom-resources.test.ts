import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { Account } from './support/account';

let account: Account;
let cloudFormation: CloudFormationClient;
let logs: CloudWatchLogsClient;
let s3: S3Client;

beforeAll(async () => {
  account = await Account.open();
  cloudFormation = new CloudFormationClient(account.client);
  logs = new CloudWatchLogsClient(account.client);
  s3 = new S3Client({ ...account.client, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'files' }));
});

afterAll(() => account.aws.stop());

/** A function that keeps an object in a bucket, as those of the CDK do such things, and answers as they do. */
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

function template({ Key = 'one', rightOn = '*', trusted = 'lambda.amazonaws.com' }: Variant = {}): string {
  const policy = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });
  const may = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource });
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
          PolicyDocument: policy(may('s3:*Object', `arn:aws:s3:::files/${rightOn}`), may('logs:*', '*')),
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
  const Outputs = { Id: { Value: { Ref: 'Kept' } }, Name: { Value: { 'Fn::GetAtt': ['Kept', 'Name'] } } };
  return JSON.stringify({ Resources: { Role, Keeper, Kept }, Outputs });
}

async function keys(): Promise<unknown[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'files' }));
  return Contents.map(({ Key }) => Key);
}

async function failures(StackName: string): Promise<string> {
  const { StackEvents = [] } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName }));
  return StackEvents.flatMap(({ ResourceStatusReason }) => ResourceStatusReason ?? []).join('\n');
}

describe('a custom resource', () => {
  it('is made, changed and deleted by its own function, which answers and logs', async () => {
    await cloudFormation.send(new CreateStackCommand({ StackName: 'ok', TemplateBody: template() }));
    expect(await keys()).toEqual(['one']);
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: 'ok' }));
    const outputs = Stacks[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]);
    expect(Object.fromEntries(outputs ?? [])).toEqual({ Id: 'one', Name: 'it is one' });
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: await logGroup() }));
    expect(events.map(({ message }) => message)).toContain('Create one');

    // Another physical id is another resource: the old one goes.
    const TemplateBody = template({ Key: 'two' });
    await cloudFormation.send(new UpdateStackCommand({ StackName: 'ok', TemplateBody }));
    expect(await keys()).toEqual(['two']);
    await cloudFormation.send(new DeleteStackCommand({ StackName: 'ok' }));
    expect(await keys()).toEqual([]);
  });

  it('fails where its function lacks a right', async () => {
    const TemplateBody = template({ rightOn: 'other' });
    await cloudFormation.send(new CreateStackCommand({ StackName: 'denied', TemplateBody }));
    expect(await failures('denied')).toContain('Message returned: AccessDenied');
    expect(await keys()).toEqual([]);
  });

  it('fails where its function’s role does not trust Lambda', async () => {
    const TemplateBody = template({ trusted: 'ec2.amazonaws.com' });
    await cloudFormation.send(new CreateStackCommand({ StackName: 'untrusted', TemplateBody }));
    expect(await failures('untrusted')).toContain('does not trust lambda.amazonaws.com');
  });
});

async function logGroup(): Promise<string> {
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/lambda/ok' }));
  return logGroups[0]?.logGroupName ?? '';
}
