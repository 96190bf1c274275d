import { join } from 'node:path';
import { S3 } from '@aws-sdk/client-s3';
import { InstanceClass, InstanceSize, InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnServerlessCache } from 'aws-cdk-lib/aws-elasticache';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import {
  DatabaseInstance,
  DatabaseInstanceEngine,
  DatabaseInstanceReadReplica,
  PostgresEngineVersion,
} from 'aws-cdk-lib/aws-rds';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { bootstrap, deploy, type LocalAws, runCdk, startLocalAws } from '@infra/local-aws';

const ON_UPLOAD = `
import boto3

def handler(event, context):
    name = event['Records'][0]['s3']['bucket']['name']
    boto3.client('s3').put_object(Bucket=name, Key='seen/upload', Body=b'')`;

const ON_EVENT = `
const { S3 } = require('@aws-sdk/client-s3');
exports.handler = async (event) => {
  const Key = event.Records ? 'seen/message' : 'seen/schedule';
  await new S3({ forcePathStyle: true }).putObject({ Bucket: process.env.BUCKET, Key });
};`;

/** Synthesizes a stack with what teams add to an environment; returns its assembly. */
function additions(outdir: string): string {
  const app = new App({ outdir });
  const stack = new Stack(app, 'Additions', { env: { account: '123456789012', region: 'ap-northeast-1' } });
  const removalPolicy = RemovalPolicy.DESTROY;
  const bucket = new Bucket(stack, 'Bucket', { bucketName: 'additions', removalPolicy });

  const onUpload = new Function(stack, 'OnUpload', {
    runtime: Runtime.PYTHON_3_13,
    handler: 'index.handler',
    code: Code.fromInline(ON_UPLOAD),
    deadLetterQueueEnabled: true,
  });
  bucket.addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(onUpload), { prefix: 'in/' });
  const onEvent = new Function(stack, 'OnEvent', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline(ON_EVENT),
    environment: { BUCKET: bucket.bucketName },
  });
  const queue = new Queue(stack, 'Queue', { queueName: 'additions' });
  onEvent.addEventSource(new SqsEventSource(queue));
  new Rule(stack, 'Rule', {
    ruleName: 'additions',
    schedule: Schedule.cron({ hour: '1', minute: '0' }),
    targets: [new LambdaFunction(onEvent)],
  });
  for (const own of [onUpload, onEvent]) bucket.grantPut(own);

  const vpc = new Vpc(stack, 'Vpc', { natGateways: 0, availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c'] });
  const instanceType = InstanceType.of(InstanceClass.T4G, InstanceSize.MICRO);
  const sourceDatabaseInstance = new DatabaseInstance(stack, 'Database', {
    vpc,
    vpcSubnets: { subnets: vpc.isolatedSubnets },
    instanceType,
    engine: DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_15 }),
    storageEncrypted: true,
    removalPolicy,
  });
  new DatabaseInstanceReadReplica(stack, 'Replica', {
    vpc,
    vpcSubnets: { subnets: vpc.isolatedSubnets },
    instanceType,
    sourceDatabaseInstance,
    removalPolicy,
  });
  new CfnServerlessCache(stack, 'Cache', { engine: 'valkey', serverlessCacheName: 'sessions' });
  return app.synth().directory;
}

let aws: LocalAws;
let assembly: string;
let s3: S3;

beforeAll(async () => {
  aws = await startLocalAws({ usedBefore: true, standIns: true });
  assembly = additions(join(aws.directory, 'additions'));
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  s3 = new S3({ endpoint: aws.endpoint, region: aws.region, credentials, forcePathStyle: true });
  await bootstrap({ aws });
}, 120_000);

afterAll(() => aws.stop());

/** True if a function has put an object under this name. */
async function hasSeen(name: string): Promise<boolean> {
  const { Contents = [] } = await s3.listObjectsV2({ Bucket: 'additions' });
  return Contents.some(({ Key }) => Key === `seen/${name}`);
}

// The tests are the life of one stack: each begins where the one before has ended.

test('what a team adds is deployed; what is not really there is named', async () => {
  await deploy({ aws, app: assembly }, 'Additions');
  expect(aws.standIns()).toEqual(['AWS::ElastiCache::ServerlessCache']);
  expect(aws.ignoredProperties()).toEqual([]);
}, 120_000);

test('an upload invokes the function in Python that the bucket notifies', async () => {
  await s3.putObject({ Bucket: 'additions', Key: 'in/file', Body: 'a file' });
  expect(await hasSeen('upload')).toBe(true);
});

test('a message invokes the function of the queue', async () => {
  const response = await fetch(`${aws.endpoint}/123456789012/additions`, {
    method: 'POST',
    headers: { authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/ap-northeast-1/sqs/aws4_request' },
    body: new URLSearchParams({ Action: 'SendMessage', MessageBody: 'a message' }),
  });
  expect(response.status).toBe(200);
  expect(await hasSeen('message')).toBe(true);
});

test('a schedule invokes its function once a test asks for it', async () => {
  expect(await aws.invokeSchedule('additions')).toBeUndefined();
  expect(await hasSeen('schedule')).toBe(true);
});

test('all of it is deleted', async () => {
  for (const Key of ['in/file', 'seen/upload', 'seen/message', 'seen/schedule']) {
    await s3.deleteObject({ Bucket: 'additions', Key });
  }
  const { output, exitCode } = await runCdk({ aws, app: assembly }, ['destroy', 'Additions', '--force']);
  expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
  expect(aws.standIns()).toEqual([]);
}, 120_000);
