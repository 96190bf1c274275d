import type { StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { runDrift } from '../../../../tools/operate/drift/drift';
import { template } from '../../../support/assembly';
import { writeAssembly } from '@infra/change-review/testing';

const at = (path: string) => ({ 'aws:cdk:path': `ProoflinkDev/${path}` });
const resources = {
  Service: { Type: 'AWS::ECS::Service', Metadata: at('Web/Service/Service') },
  Task: { Type: 'AWS::ECS::TaskDefinition', Metadata: at('Web/TaskDefinition/Resource') },
  Database: { Type: 'AWS::RDS::DBInstance', Metadata: at('Database/Instance/Resource') },
  Bucket: { Type: 'AWS::S3::Bucket', Metadata: at('FileStorage/Bucket/Resource') },
  Cleaner: { Type: 'Custom::S3AutoDeleteObjects', Metadata: at('FileStorage/Bucket/AutoDelete') },
  Secret: { Type: 'AWS::SecretsManager::Secret', Metadata: at('Database/MasterSecret/Resource') },
  Attached: { Type: 'AWS::SecretsManager::SecretTargetAttachment', Metadata: at('Database/MasterSecret/Attachment') },
  Job: { Type: 'AWS::Batch::JobDefinition', Metadata: at('UserImport/JobDefinition') },
  Usage: { Type: 'AWS::CDK::Metadata', Metadata: at('CDKMetadata/Default') },
};
const app = writeAssembly({ stacks: { ProoflinkDev: { resources } } });
const FINISHED = { exitCode: 1, output: '\n1 resource has drifted from their expected configuration\n' };

/** CloudFormation's answer on a resource. */
const drift = (id: keyof typeof resources, status: string, found: Partial<StackResourceDrift> = {}) =>
  ({
    ...{ StackId: 'arn', LogicalResourceId: id, ResourceType: resources[id].Type, Timestamp: undefined },
    ...{ StackResourceDriftStatus: status, ...found },
  }) as StackResourceDrift;
/** CloudFormation's answer on a resource with one different property. */
const modified = (id: keyof typeof resources, path: string, from: string, to: string, found = {}) =>
  drift(id, 'MODIFIED', {
    PropertyDifferences: [{ PropertyPath: path, ExpectedValue: from, ActualValue: to, DifferenceType: 'NOT_EQUAL' }],
    ...found,
  });
const unknown = (id: keyof typeof resources) => drift(id, 'UNKNOWN', { DriftStatusReason: 'Access denied' });

const run = (drifts: readonly StackResourceDrift[], detected = FINISHED, stack = 'ProoflinkDev', assembly = app) =>
  runDrift(
    stack,
    assembly,
    () => detected,
    () => Promise.resolve([...drifts]),
  );

const storage = (actual: string) =>
  modified('Database', '/AllocatedStorage', '100', actual, {
    ExpectedProperties: '{"AllocatedStorage":"100","MaxAllocatedStorage":500}',
  });
const asleep = modified('Service', '/DesiredCount', '1', '0');
const shell = modified('Service', '/EnableExecuteCommand', 'false', 'true');
const backups = modified('Database', '/BackupRetentionPeriod', '7', '0');
const tag = modified('Bucket', '/Tags/2', 'null', '{"Key":"who","Value":"me"}');
const AS_DEPLOYED = '**`ProoflinkDev` is as deployed.**';
const NOT_COUNTED = `${AS_DEPLOYED}\n\nNot counted:`;

it.each<[what: string, drifts: StackResourceDrift[], exitCode: number, ...says: (string | RegExp)[]]>([
  ['tasks that office hours stopped are by design', [asleep], 0, NOT_COUNTED],
  ['tasks that scaling started, too', [modified('Service', '/DesiredCount', '2', '4')], 0, NOT_COUNTED],
  ['storage that grew by itself, too', [storage('150')], 0, NOT_COUNTED],
  ['a job’s timeout, which is not read back, too', [modified('Job', '/Timeout', '{"a":1}', 'null')], 0, NOT_COUNTED],
  ['storage above its maximum is not', [storage('600')], 1],
  ['storage that became smaller is not', [storage('20')], 1],
  [
    'storage without a maximum is not',
    [modified('Database', '/AllocatedStorage', '20', '30', { ExpectedProperties: '{}' })],
    1,
  ],
  ['a job’s timeout that is another one is not', [modified('Job', '/Timeout', '{"a":1}', '{"a":2}')], 1],
  ['a count of something else is not', [modified('Bucket', '/DesiredCount', '1', '0')], 1],
  [
    'another change beside one by design counts',
    [{ ...asleep, PropertyDifferences: [asleep, shell].flatMap((each) => each.PropertyDifferences ?? []) }],
    1,
    '- **`Web/Service/Service` (`AWS::ECS::Service`)** was changed',
    '  - `/EnableExecuteCommand`: `false` was deployed, `true` is there',
    /Not counted:\n\n- `Web\/Service\/Service`.*`\/DesiredCount`: `1` became `0`, as office hours/,
  ],
  [
    'a deleted database is restored, says the report, and no command that makes an empty one in its place',
    [drift('Database', 'DELETED'), tag],
    1,
    'Restore the database before anything else: “Restoring a lost environment” in docs/moving-in.md. ' +
      'To keep a change, write it into `lib/config` or `lib/constructs` and deploy.\n',
  ],
  ['a value that was added', [tag], 1, '`/Tags/2`: _not set_ was deployed, `{"Key":"who","Value":"me"}` is there'],
  [
    'a value that was taken away',
    [modified('Database', '/KmsKeyId', 'key', 'null')],
    1,
    '`/KmsKeyId`: `key` was deployed, _not set_ is there',
  ],
  ['a change without a value', [drift('Bucket', 'MODIFIED')], 1, 'was changed; CloudFormation does not say how'],
  [
    'a resource that the app of today no longer has',
    [{ ...drift('Bucket', 'DELETED'), LogicalResourceId: 'Old' }],
    1,
    '- **`Old` (`AWS::S3::Bucket`)** was deleted',
  ],
  [
    'foreign text, which can be no markup',
    [modified('Bucket', '/Tags/0/Value', 'x', '`<img src=x> @everyone')],
    1,
    '<code>&#96;&#60;img src=x&#62; &#64;everyone</code> is there',
  ],
  [
    'a resource that CloudFormation could not compare is never “no drift”',
    [unknown('Bucket')],
    2,
    '**Whether `ProoflinkDev` is as deployed could not be told.**',
    '- `FileStorage/Bucket` (`AWS::S3::Bucket`): `Access denied`',
  ],
  [
    'secrets, which ReadOnlyAccess cannot read, are one line: a night that fails each time would be ignored',
    [unknown('Secret'), unknown('Secret'), unknown('Attached')],
    0,
    AS_DEPLOYED,
    '<sub>Not checked, since that would take the right to read secrets: `AWS::SecretsManager::Secret`, ' +
      '`AWS::SecretsManager::SecretTargetAttachment`.</sub>',
  ],
  ['which hide no other unknown state', [unknown('Secret'), unknown('Bucket')], 2],
  ['nor a secret that is gone', [drift('Secret', 'DELETED')], 1],
  [
    'drift beside an unknown state is drift',
    [unknown('Bucket'), backups],
    1,
    'CloudFormation could not compare:\n\n- `FileStorage/Bucket`',
  ],
])('%s', async (_what, drifts, expected, ...says) => {
  const { exitCode, stdout } = await run(drifts);
  for (const each of says) expect(stdout).toMatch(each);
  expect(exitCode).toBe(expected);
});

it('a report has the construct, the property, what was deployed and what is there, and what to do', async () => {
  const inSync = (['Service', 'Task', 'Secret', 'Attached', 'Job'] as const).map((id) => drift(id, 'IN_SYNC'));
  const { exitCode, stdout } = await run([
    ...[backups, drift('Bucket', 'DELETED'), ...inSync, drift('Cleaner', 'NOT_CHECKED')],
  ]);
  expect(exitCode).toBe(1);
  expect(stdout).toBe(
    [
      '**2 resources of `ProoflinkDev` are not as deployed.**',
      '- **`Database/Instance` (`AWS::RDS::DBInstance`)** was changed\n' +
        '  - `/BackupRetentionPeriod`: `7` was deployed, `0` is there\n' +
        '- **`FileStorage/Bucket` (`AWS::S3::Bucket`)** was deleted',
      'To keep a change, write it into `lib/config` or `lib/constructs` and deploy. ' +
        'To undo it: `npx cdk deploy ProoflinkDev --revert-drift`, after reading what that would do.',
      '<sub>CloudFormation never compares: `Custom::S3AutoDeleteObjects`.</sub>',
      '',
    ].join('\n\n'),
  );
});

it('a secret is not shown, even where only its neighbour says that it is one', async () => {
  const container = (value: string) =>
    JSON.stringify({ ContainerDefinitions: [{ Environment: [{ Name: 'API_KEY', Value: value }] }] });
  const { stdout } = await run([
    modified('Task', '/ContainerDefinitions/0/Environment/0/Value', 'before1', 'after2', {
      ExpectedProperties: container('before1'),
      ActualProperties: container('after2'),
    }),
    modified('Database', '/MasterUserPassword', 'hunter2', 'hunter3'),
  ]);
  expect(stdout).not.toMatch(/before1|after2|hunter/);
  expect(stdout).toMatch(/`\(hidden value 1\)` was deployed, `\(hidden value 2\)` is there/);
});

it('a report is within what an issue holds', async () => {
  const PropertyDifferences = Array.from({ length: 2000 }, () => tag.PropertyDifferences ?? []).flat();
  const { stdout } = await run([{ ...tag, PropertyDifferences }]);
  expect(stdout.length).toBeLessThanOrEqual(65_536);
  expect(stdout).toContain('The rest is left out');
});

it.each<[string, typeof FINISHED, ...rest: string[]]>([
  ['ended with 1, as for drift', { exitCode: 1, output: 'ExpiredToken: The security token is expired' }],
  ['ended with 0, without a result', { exitCode: 0, output: 'ProoflinkDev: No drift results available' }],
  ['ended by a signal', { exitCode: null as never, output: '' }],
  ['has no such stack', FINISHED, 'ProoflinkQa', app, 'The assembly has no stack ProoflinkQa.'],
  ['has no assembly', FINISHED, 'ProoflinkDev', 'nowhere', 'nowhere is not a directory.'],
])('a cdk drift that %s is no answer', async (_what, detected, ...[stack, assembly, says]) => {
  const { exitCode, stdout } = await run([], detected, stack, assembly);
  expect(exitCode).toBe(2);
  expect(stdout).toContain('**Drift could not be looked for, so nothing is known.**');
  expect(stdout).toContain(says ?? detected.output);
});

it('nor does a fault on the way to CloudFormation', async () => {
  const read = () => Promise.reject(new Error('Throttling'));
  const nothing = { exitCode: 0, output: 'No drift detected\n' };
  expect((await runDrift('ProoflinkDev', app, () => nothing, read)).exitCode).toBe(2);
});

it('office hours change the tasks’ count and stop the database, and nothing else that is by design', () => {
  const targets = Object.values(template('dev').Resources)
    .filter(({ Type }) => Type === 'AWS::Scheduler::Schedule')
    .map(({ Properties }) => JSON.stringify(Properties?.Target));
  const known = targets.map((target) => {
    if (/ssm:startAutomationExecution/.test(target)) return /AWS-(?:Start|Stop)RdsInstance/.exec(target)?.[0];
    return [...new Set([...target.matchAll(/\\"(\w+)\\":/g)].map(([, key]) => key))].join();
  });
  const count = 'Cluster,Service,DesiredCount';
  expect(known.sort()).toEqual(['AWS-StartRdsInstance', 'AWS-StopRdsInstance', count, count]);
});
