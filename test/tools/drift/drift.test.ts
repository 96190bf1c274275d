import { runDrift } from '../../../tools/drift/run';
import { app, drift, modified, NOTHING, run } from './support/drifts';

const storage = (actual: string) =>
  modified('Database', '/AllocatedStorage', '100', actual, {
    ExpectedProperties: '{"AllocatedStorage":"100","MaxAllocatedStorage":500}',
  });

describe('what changes by design never counts', () => {
  it.each([
    ['the tasks that office hours stopped', modified('Service', '/DesiredCount', '1', '0')],
    ['the tasks that scaling started', modified('Service', '/DesiredCount', '2', '4')],
    ['storage that grew by itself', storage('150')],
    [
      'a job’s timeout, which is not read back',
      modified('Job', '/Timeout', '{"AttemptDurationSeconds":3600}', 'null', {}),
    ],
  ])('%s', async (_, difference) => {
    const { exitCode, stdout } = await run([difference]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('**`ProoflinkDev` is as deployed.**\n\nNot counted:');
  });

  it('but another change of the same resource does', async () => {
    const [asleep, altered] = [
      modified('Service', '/DesiredCount', '1', '0'),
      modified('Service', '/EnableExecuteCommand', 'false', 'true'),
    ];
    asleep.PropertyDifferences?.push(...(altered.PropertyDifferences ?? []));
    const { exitCode, stdout } = await run([asleep]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('- **`Web/Service/Service` (`AWS::ECS::Service`)** was changed');
    expect(stdout).toContain('  - `/EnableExecuteCommand`: `false` was deployed, `true` is there');
    expect(stdout).toMatch(
      /Not counted:\n\n- `Web\/Service\/Service`.*`\/DesiredCount`: `1` became `0`, as office hours/,
    );
  });

  it.each([
    ['storage above its maximum', storage('600')],
    ['storage that became smaller', storage('20')],
    [
      'storage that has no maximum',
      modified('Database', '/AllocatedStorage', '20', '30', { ExpectedProperties: '{}' }),
    ],
    ['a job’s timeout that is read back and is another one', modified('Job', '/Timeout', '{"a":1}', '{"a":2}')],
    ['a count of something else', modified('Bucket', '/DesiredCount', '1', '0')],
  ])('nor does %s pass for it', async (_, difference) => {
    expect((await run([difference])).exitCode).toBe(1);
  });
});

describe('what somebody changed is told in words', () => {
  it('the construct, the property, what was deployed and what is there, and what to do', async () => {
    const { exitCode, stdout } = await run([
      modified('Database', '/BackupRetentionPeriod', '7', '0'),
      drift('Bucket', { StackResourceDriftStatus: 'DELETED' }),
      ...(['Service', 'Task', 'Secret', 'Attached', 'Job'] as const).map((id) => drift(id)),
      drift('Cleaner', { StackResourceDriftStatus: 'NOT_CHECKED' }),
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

  it('of a deleted database, that it is restored; not the command that makes an empty one in its place', async () => {
    const { exitCode, stdout } = await run([
      drift('Database', { StackResourceDriftStatus: 'DELETED' }),
      modified('Bucket', '/Tags/2', 'null', '{"Key":"who","Value":"me"}'),
    ]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      'Restore the database before anything else: “Restoring a lost environment” in docs/moving-in.md.',
    );
    expect(stdout).not.toContain('revert-drift');
  });

  it.each<[string, Parameters<typeof run>[0][number], string]>([
    [
      'what was added',
      modified('Bucket', '/Tags/2', 'null', '{"Key":"who","Value":"me"}'),
      '`/Tags/2`: _not set_ was deployed, `{"Key":"who","Value":"me"}` is there',
    ],
    [
      'what was taken away',
      modified('Database', '/KmsKeyId', 'key', 'null'),
      '`/KmsKeyId`: `key` was deployed, _not set_ is there',
    ],
    [
      'what CloudFormation does not say',
      drift('Bucket', { StackResourceDriftStatus: 'MODIFIED' }),
      'was changed; CloudFormation does not say how',
    ],
    [
      'a resource that the app of today no longer has',
      { ...drift('Bucket', { StackResourceDriftStatus: 'DELETED' }), LogicalResourceId: 'Old' },
      '- **`Old` (`AWS::S3::Bucket`)** was deleted',
    ],
    [
      'foreign text, which can be no markup: a tag may say what it likes',
      modified('Bucket', '/Tags/0/Value', 'x', '`<img src=x> @everyone'),
      '<code>&#96;&#60;img src=x&#62; &#64;everyone</code> is there',
    ],
  ])('%s', async (_, found, says) => {
    const { exitCode, stdout } = await run([found]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(says);
  });

  it('but a secret is not, even where only its neighbour says that it is one', async () => {
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

  it('within what an issue holds', async () => {
    const many = modified('Bucket', '/Tags', 'a', 'b');
    many.PropertyDifferences = Array.from({ length: 2000 }, () => many.PropertyDifferences?.[0] ?? never());
    const { stdout } = await run([many]);
    expect(stdout.length).toBeLessThanOrEqual(65_536);
    expect(stdout).toContain('The rest is left out');
  });
});

/** A resource that CloudFormation could not compare. */
const unknown = (id: 'Bucket' | 'Secret' | 'Attached') =>
  drift(id, { StackResourceDriftStatus: 'UNKNOWN', DriftStatusReason: 'Access denied' });

describe('what could not be told is never “no drift”', () => {
  it('a resource that CloudFormation could not compare', async () => {
    const { exitCode, stdout } = await run([unknown('Bucket')], NOTHING);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('**Whether `ProoflinkDev` is as deployed could not be told.**');
    expect(stdout).toContain('- `FileStorage/Bucket` (`AWS::S3::Bucket`): `Access denied`');
  });

  it('but secrets, which ReadOnlyAccess cannot read, are one line: a night that fails each time would be read by nobody', async () => {
    const { exitCode, stdout } = await run([unknown('Secret'), unknown('Secret'), unknown('Attached')], NOTHING);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('**`ProoflinkDev` is as deployed.**');
    expect(stdout.match(/^.*Secret.*$/gm)).toEqual([
      '<sub>Not checked, since that would take the right to read secrets: `AWS::SecretsManager::Secret`, ' +
        '`AWS::SecretsManager::SecretTargetAttachment`.</sub>',
    ]);
    // Nor do they hide what else could not be told, or a secret that is gone.
    expect((await run([unknown('Secret'), unknown('Bucket')], NOTHING)).exitCode).toBe(2);
    expect((await run([drift('Secret', { StackResourceDriftStatus: 'DELETED' })])).exitCode).toBe(1);
  });

  it('though drift beside it is drift', async () => {
    const { exitCode, stdout } = await run([
      unknown('Bucket'),
      modified('Database', '/BackupRetentionPeriod', '7', '0'),
    ]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('CloudFormation could not compare:\n\n- `FileStorage/Bucket`');
  });

  it.each([
    ['with 1, as for drift', { exitCode: 1, output: 'ExpiredToken: The security token is expired' }],
    ['with 0, without a result', { exitCode: 0, output: 'ProoflinkDev: No drift results available' }],
    ['by a signal', { exitCode: null, output: '' }],
  ])('a cdk drift that ended %s', async (_, detected) => {
    const { exitCode, stdout } = await run([], detected);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('**Drift could not be looked for, so nothing is known.**');
    expect(stdout).toContain(detected.output);
  });

  it.each([
    ['ProoflinkQa', app, 'The assembly has no stack ProoflinkQa.'],
    ['ProoflinkDev', 'nowhere', 'nowhere is not a directory.'],
  ])('a stack that is not there: %s of %s', async (stack, assembly, reason) => {
    const { exitCode, stderr } = await run([], NOTHING, [stack, assembly]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(reason);
  });

  it('nor a fault on the way to CloudFormation', async () => {
    const read = () => Promise.reject(new Error('Throttling'));
    const { exitCode } = await runDrift('ProoflinkDev', app, () => NOTHING, read);
    expect(exitCode).toBe(2);
  });
});

function never(): never {
  throw new Error('there is a difference');
}
