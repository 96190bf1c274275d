import { at, deployed } from '../support/deployed';

test('only encrypted connections reach the files', () => {
  expect(at(deployed('prod').one('AWS::S3::BucketPolicy').properties, 'PolicyDocument.Statement.0')).toMatchObject({
    Effect: 'Deny',
    Action: 's3:*',
    Principal: { AWS: '*' },
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
});

test('prod’s old versions end: versioning without an end costs more every month', () => {
  expect(
    at(deployed('prod').one('AWS::S3::Bucket').properties, 'LifecycleConfiguration.Rules.expire-old-versions'),
  ).toMatchObject({
    Status: 'Enabled',
    NoncurrentVersionExpiration: { NoncurrentDays: 90 },
    ExpiredObjectDeleteMarker: true,
  });
});

test.each(['dev', 'prod'] as const)(
  '%s: abandoned uploads end: nobody sees them, everybody pays them',
  (environment) => {
    const path = 'LifecycleConfiguration.Rules.abort-incomplete-uploads.AbortIncompleteMultipartUpload';
    expect(at(deployed(environment).one('AWS::S3::Bucket').properties, path)).toEqual({ DaysAfterInitiation: 7 });
  },
);

test('the folder imports/ itself stays when old imports go: it is an object without content', () => {
  const rule = at(deployed('dev').one('AWS::S3::Bucket').properties, 'LifecycleConfiguration.Rules.delete-old-imports');
  expect(rule).toMatchObject({ ObjectSizeGreaterThan: 0 });
});

test('whoever makes a folder may put that one object and nothing else', () => {
  const policies = deployed('dev')
    .all('AWS::IAM::Policy')
    .filter(({ path }) => path.startsWith('FileStorage/Folders/'));
  expect(policies.map(({ properties }) => at(properties, 'PolicyDocument.Statement.0'))).toEqual(
    ['evidences', 'imports', 'control-specs', 'dataflows'].map((folder) => ({
      Effect: 'Allow',
      Action: 's3:PutObject',
      Resource: `prooflink-dev-files-123456789012/${folder}/`,
    })),
  );
});
