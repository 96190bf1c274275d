import { Part } from '../../lib/contract';
import { at, deployed } from '../support/deployed';

const rule = (environment: 'dev' | 'prod', id: string) =>
  deployed(environment).partAt(Part.bucket, `LifecycleConfiguration.Rules.${id}`);
const folders = deployed('prod')
  .all('Custom::AWS')
  .filter(({ path }) => path.startsWith('FileStorage/Folders/'));

test.each([
  ['prod', 90],
  ['dev', 30],
] as const)(
  '%s’s old versions end after %i days, also where versioning is off again, and abandoned uploads, which are invisible',
  (environment, NoncurrentDays) => {
    expect(rule(environment, 'expire-old-versions')).toMatchObject({
      Status: 'Enabled',
      NoncurrentVersionExpiration: { NoncurrentDays },
      ExpiredObjectDeleteMarker: true,
    });
    const abort = at(rule(environment, 'abort-incomplete-uploads'), 'AbortIncompleteMultipartUpload');
    expect(abort).toEqual({ DaysAfterInitiation: 7 });
  },
);

test('the folder imports/ itself stays when old imports go: it is an object without content', () => {
  expect(rule('dev', 'delete-old-imports')).toMatchObject({ ObjectSizeGreaterThan: 0 });
});

test('no folder is made before the certificate is there: a bucket that is not empty stops the rollback', () => {
  const stack = deployed('prod');
  const before = (logicalId: string): string[] =>
    [stack.template.Resources[logicalId]?.DependsOn ?? []].flat().flatMap((id) => [id, ...before(id)]);
  const certificate = stack.part(Part.certificate).logicalId;
  for (const { logicalId } of folders) expect(before(logicalId)).toContain(certificate);
});

test('what makes the folders answers in few words, and installs nothing from npm during a deploy', () => {
  expect(folders).toHaveLength(4);
  for (const { properties } of folders) {
    expect(properties['InstallLatestAwsSdk']).toBe(false);
    expect(at(properties, 'Create.outputPaths')).toEqual(['ETag']);
  }
});

test.each([Part.webService, Part.jobQueue])(
  'on deletion what writes files, $path, goes before dev’s bucket is emptied: a late file would stop the deletion',
  (writer) => {
    const stack = deployed('dev');
    expect(stack.part(writer).resource.DependsOn).toContain(stack.part(Part.emptiedBucket).logicalId);
  },
);
