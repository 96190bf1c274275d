import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnWaitConditionHandle, Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CustomResources } from '../../lib/constructs/custom-resources';
import { FileStorage, type FileStorageProps } from '../../lib/constructs/file-storage';
import { ACCOUNT, names, newStack } from '../support/construct';

const BUCKET = 'AWS::S3::Bucket';
const FOLDER = 'Custom::AWS';
const EMPTYING = 'Custom::S3AutoDeleteObjects';

/** A bucket, and a resource that writes into it. */
function build(props: Partial<FileStorageProps> = {}): Template {
  const stack = newStack();
  const removalPolicy = RemovalPolicy.DESTROY;
  const files = new FileStorage(stack, 'FileStorage', {
    names,
    versioning: 'on',
    noncurrentVersionExpiration: Duration.days(60),
    importExpiration: Duration.days(45),
    extraCorsOrigins: ['http://localhost:3000'],
    applicationUrl: 'https://test.example.com',
    removalPolicy,
    customResources: new CustomResources(stack, 'CustomResources', {
      names,
      logRetention: RetentionDays.THREE_DAYS,
      removalPolicy,
    }),
    ...props,
  });
  files.emptyAfter(new CfnWaitConditionHandle(stack, 'Writer'));
  return Template.fromStack(stack);
}

const template = build();

/** Properties of a bucket whose lifecycle has a rule. */
function withRule(rule: Record<string, unknown>) {
  return { LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ Status: 'Enabled', ...rule })]) } };
}

test('with an account, the bucket’s name is plain text', () => {
  // CloudFormation imports no resource under a name that it has to work out.
  template.hasResourceProperties(BUCKET, { BucketName: `prooflink-test-files-${ACCOUNT}` });
});

test.each(['on', { off: 'no more' }] as const)('old versions end, with versioning %j', (versioning) => {
  // Old versions stay and cost once versioning is switched off, and deleted files leave a marker.
  const rule = { NoncurrentVersionExpiration: { NoncurrentDays: 60 }, ExpiredObjectDeleteMarker: true };
  build({ versioning }).hasResourceProperties(BUCKET, withRule(rule));
});

test('abandoned uploads end after a week', () => {
  // They are invisible, and cost.
  template.hasResourceProperties(BUCKET, withRule({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }));
});

test('old imports end after the configured days, and the folder imports/ stays', () => {
  // The folder is an object without content.
  const rule = { Prefix: 'imports/', ExpirationInDays: 45, ObjectSizeGreaterThan: 0 };
  template.hasResourceProperties(BUCKET, withRule(rule));
});

test('imports are kept where no expiration is configured', () => {
  const kept = build({ importExpiration: undefined });
  kept.resourcePropertiesCountIs(BUCKET, withRule({ Prefix: 'imports/' }), 0);
});

describe('a folder', () => {
  test('is an empty object, which is never deleted', () => {
    // A deletion would be refused: by then it may hold files.
    template.resourcePropertiesCountIs(FOLDER, { Create: Match.anyValue(), Delete: Match.absent() }, 4);
  });

  test('is made with the SDK of the function, and answers in few words', () => {
    // An SDK from npm is installed during the deploy; CloudFormation refuses an answer above 4 KB.
    const answer = Match.stringLikeRegexp('"outputPaths":\\["ETag"\\]');
    const properties = { InstallLatestAwsSdk: false, Create: { 'Fn::Join': ['', Match.arrayWith([answer])] } };
    template.resourcePropertiesCountIs(FOLDER, properties, 4);
  });
});

test('what writes files is deleted before the bucket is emptied', () => {
  // A file that is written later would stop the deletion of the bucket.
  const [emptying] = Object.keys(template.findResources(EMPTYING));
  template.hasResource('AWS::CloudFormation::WaitConditionHandle', { DependsOn: [emptying] });
});

test('a bucket that is kept is never emptied', () => {
  const kept = build({ removalPolicy: RemovalPolicy.RETAIN });
  kept.resourceCountIs(EMPTYING, 0);
  kept.hasResource('AWS::CloudFormation::WaitConditionHandle', { DependsOn: Match.absent() });
});
