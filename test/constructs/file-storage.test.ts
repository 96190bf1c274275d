import { Part } from '../../lib/contract';
import { at, deployed } from '../support/deployed';

/** A rule of the bucket's lifecycle. */
function rule(environment: 'dev' | 'prod', id: string) {
  return deployed(environment).partAt(Part.bucket, `LifecycleConfiguration.Rules.${id}`);
}

/** The custom resources that make prod's folders. */
const folders = deployed('prod')
  .all('Custom::AWS')
  .filter(({ path }) => path.startsWith('FileStorage/Folders/'));

test.each([
  { environment: 'prod', days: 90 },
  { environment: 'dev', days: 30 },
] as const)('$environment’s old versions end after $days days, also where versioning is off again', (row) => {
  expect(rule(row.environment, 'expire-old-versions')).toMatchObject({
    Status: 'Enabled',
    NoncurrentVersionExpiration: { NoncurrentDays: row.days },
    ExpiredObjectDeleteMarker: true,
  });
});

test.each(['prod', 'dev'] as const)(
  '%s’s abandoned uploads, which are invisible and cost, end after a week',
  (name) => {
    const abort = at(rule(name, 'abort-incomplete-uploads'), 'AbortIncompleteMultipartUpload');
    expect(abort).toEqual({ DaysAfterInitiation: 7 });
  },
);

test('the folder imports/ itself stays when old imports go: it is an object without content', () => {
  expect(rule('dev', 'delete-old-imports')).toMatchObject({ ObjectSizeGreaterThan: 0 });
});

test('no folder is made before the certificate is there: a bucket that is not empty stops the rollback', () => {
  const stack = deployed('prod');
  const dependenciesOf = (logicalId: string): string[] => {
    const { DependsOn: direct = [] } = stack.template.Resources[logicalId] ?? {};
    return [direct].flat().flatMap((dependency) => [dependency, ...dependenciesOf(dependency)]);
  };
  const certificate = stack.part(Part.certificate).logicalId;
  for (const { logicalId } of folders) expect(dependenciesOf(logicalId)).toContain(certificate);
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
