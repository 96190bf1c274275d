import { at, deployed } from '../support/deployed';

test.each([
  ['prod', 90],
  ['dev', 30],
] as const)(
  '%s’s old versions end after %i days, also where versioning is off again',
  (environment, NoncurrentDays) => {
    expect(
      at(deployed(environment).one('AWS::S3::Bucket').properties, 'LifecycleConfiguration.Rules.expire-old-versions'),
    ).toMatchObject({
      Status: 'Enabled',
      NoncurrentVersionExpiration: { NoncurrentDays },
      ExpiredObjectDeleteMarker: true,
    });
  },
);

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

test('no folder is made before the certificate is there: a bucket that is not empty stops the rollback', () => {
  const stack = deployed('prod');
  const before = (logicalId: string): string[] =>
    [stack.template.Resources[logicalId]?.DependsOn ?? []].flat().flatMap((id) => [id, ...before(id)]);
  const certificate = stack.one('AWS::CertificateManager::Certificate').logicalId;
  const folders = stack.all('Custom::AWS').filter(({ path }) => path.startsWith('FileStorage/Folders/'));
  for (const { logicalId } of folders) expect(before(logicalId)).toContain(certificate);
});

test('what makes the folders answers in few words, and installs nothing from npm during a deploy', () => {
  const folders = deployed('prod')
    .all('Custom::AWS')
    .filter(({ path }) => path.startsWith('FileStorage/Folders/'));
  expect(folders).toHaveLength(4);
  for (const { properties } of folders) {
    expect(properties['InstallLatestAwsSdk']).toBe(false);
    expect(at(properties, 'Create.outputPaths')).toEqual(['ETag']);
  }
});

test.each(['AWS::ECS::Service', 'AWS::Batch::JobQueue'])(
  'on deletion what writes files, an %s, goes before dev’s bucket is emptied: a late file would stop the deletion',
  (type) => {
    const { Resources } = deployed('dev').template;
    const [emptying] = Object.entries(Resources).find(([, { Type }]) => Type === 'Custom::S3AutoDeleteObjects') ?? [];
    const writers = Object.values(Resources).filter(({ Type }) => Type === type);
    expect(writers).toHaveLength(1);
    for (const { DependsOn } of writers) expect(DependsOn).toContain(emptying);
  },
);
