import { untranslated } from '@infra/common/message';
import { CannotTellError } from '@infra/common/outcome';
import type { DeployedResource } from '../../../deployed/changed-by-hand/deployed-resources';
import type { Change, ChangeByDesign, Findings, NotCompared } from '../../../deployed/changed-by-hand/findings';
import { runDrift } from '../../../operate/drift/drift';

function resource(path: string, type: string): DeployedResource {
  return { logicalId: path.replaceAll('/', ''), physicalId: 'x', type, path, properties: {} };
}

const DATABASE = resource('Database/Instance', 'AWS::RDS::DBInstance');
const BUCKET = resource('FileStorage/Bucket', 'AWS::S3::Bucket');
const RIGHTS = resource('Web/Role/DefaultPolicy', 'AWS::IAM::Policy');
const SERVICE = resource('Web/Service', 'AWS::ECS::Service');
const REDEPLOY = 'npx cdk deploy ProoflinkDev --revert-drift';

const noBackups: Change = {
  ...DATABASE,
  property: 'backup retention period',
  expected: '7',
  actual: '0',
  fix: REDEPLOY,
};
const deletedBucket: Change = { ...BUCKET, property: '', expected: 'there', actual: 'gone', fix: REDEPLOY };
const widerRights: Change = {
  ...RIGHTS,
  property: 'policy document statement action',
  expected: 's3:GetObject',
  actual: 's3:*',
  fix: 'aws iam put-role-policy --role-name x',
};
const asleep: ChangeByDesign = {
  ...SERVICE,
  property: 'desired count',
  expected: '1',
  actual: '0',
  why: 'office hours and scaling decide how many tasks run',
};

function notCompared(cause: NotCompared['cause'], reason = ''): NotCompared {
  return { ...BUCKET, property: '', reason, cause };
}

async function report(findings: Partial<Findings>) {
  const all: Findings = { changes: [], byDesign: [], notCompared: [], ...findings };
  return await runDrift('ProoflinkDev', () => Promise.resolve(all));
}

const AS_DEPLOYED = '**`ProoflinkDev` is as deployed.**';

describe('the exit code decides whether an issue is opened', () => {
  test.each([
    { title: 'nothing was changed', findings: {}, exitCode: 0, headline: AS_DEPLOYED },
    { title: 'dev sleeps', findings: { byDesign: [asleep] }, exitCode: 0, headline: AS_DEPLOYED },
    {
      title: 'a property was changed',
      findings: { changes: [noBackups] },
      exitCode: 1,
      headline: '**1 resource of `ProoflinkDev` is not as deployed.**',
    },
    {
      title: 'two properties of one resource and another resource were changed',
      findings: { changes: [noBackups, { ...noBackups, property: 'engine version' }, deletedBucket] },
      exitCode: 1,
      headline: '**2 resources of `ProoflinkDev` are not as deployed.**',
    },
    {
      title: 'a resource could not be compared, which is never “as deployed”',
      findings: { notCompared: [notCompared('failed', 'AccessDenied')] },
      exitCode: 2,
      headline: '**Whether `ProoflinkDev` is as deployed could not be told.**',
    },
    {
      title: 'a change beside a resource that could not be compared is a change',
      findings: { changes: [noBackups], notCompared: [notCompared('failed', 'AccessDenied')] },
      exitCode: 1,
      headline: '**1 resource of `ProoflinkDev` is not as deployed.**',
    },
    {
      title: 'a type that nothing compares: a night that fails each time would be ignored',
      findings: { notCompared: [notCompared('unsupported'), notCompared('unresolved')] },
      exitCode: 0,
      headline: AS_DEPLOYED,
    },
  ])('$title: $exitCode', async ({ findings, exitCode, headline }) => {
    const outcome = await report(findings);
    expect(outcome.exitCode).toBe(exitCode);
    expect(outcome.stdout.split('\n')[0]).toBe(headline);
  });
});

test('a report has the construct, the property, what was deployed and what is there, and what to do', async () => {
  const { stdout } = await report({
    changes: [noBackups, deletedBucket, widerRights],
    byDesign: [asleep],
    notCompared: [{ ...RIGHTS, property: 'resource', reason: '', cause: 'unresolved' }, notCompared('unsupported')],
  });
  expect(stdout).toBe(
    [
      '**3 resources of `ProoflinkDev` are not as deployed.**',
      '- **`Database/Instance` (`AWS::RDS::DBInstance`)** was changed\n' +
        '  - backup retention period: `7` was deployed, `0` is there\n' +
        '- **`FileStorage/Bucket` (`AWS::S3::Bucket`)** was deleted\n' +
        '- **`Web/Role/DefaultPolicy` (`AWS::IAM::Policy`)** was changed\n' +
        '  - policy document statement action: `s3:GetObject` was deployed, `s3:*` is there',
      'To keep a change, write it into `lib/config` or `lib/constructs` and deploy. To undo it, after reading what it would do:',
      `\`\`\`\n${REDEPLOY}\naws iam put-role-policy --role-name x\n\`\`\``,
      'Not counted:',
      '- `Web/Service` (`AWS::ECS::Service`), desired count: `1` → `0`, as office hours and scaling decide how many tasks run.',
      '<sub>Only AWS knows what the template says of: `Web/Role/DefaultPolicy` resource.</sub>',
      '<sub>Nothing compares: `AWS::S3::Bucket`.</sub>',
      '',
    ].join('\n\n'),
  );
});

test('a reason reads the same every night, or an issue would be edited for nothing', async () => {
  const reason =
    'no right (Service: Ec2, Status Code: 403, Request ID: 1a2b-3c)(RequestToken: 9f-1, HandlerErrorCode: X)';
  const { stdout } = await report({ notCompared: [notCompared('failed', reason)] });
  expect(stdout).toContain(
    '- `FileStorage/Bucket` (`AWS::S3::Bucket`): ' +
      '`no right (Service: Ec2, Status Code: 403, Request ID: …)(RequestToken: …, HandlerErrorCode: X)`',
  );
});

test('foreign text is no markup', async () => {
  const { stdout } = await report({ changes: [{ ...noBackups, actual: '`<img src=x> @everyone' }] });
  expect(stdout).toContain('<code>&#96;&#60;img src=x&#62; &#64;everyone</code> is there');
});

test('a report is within what an issue holds', async () => {
  const changes = Array.from({ length: 2000 }, () => noBackups);
  const { stdout } = await report({ changes });
  expect(stdout.length).toBeLessThanOrEqual(65_536);
  expect(stdout).toContain('The rest is left out');
});

test('a report that is cut within its commands ends their block, or all that follows would be one of them', async () => {
  const changes = Array.from({ length: 500 }, (_, index) => ({ ...noBackups, fix: `${'x'.repeat(120)} ${index}` }));
  const { stdout } = await report({ changes });
  expect(stdout.length).toBeLessThanOrEqual(65_536);
  expect(stdout.match(/^```$/gm)).toHaveLength(2);
  expect(stdout).toMatch(/\n```\n\n_The rest is left out/);
});

test('a failure reads the same every night, too', async () => {
  const error = new Error('no right (Service: S3, Request ID: 1a2b, Extended Request ID: aB+/9=)(RequestToken: 9f-1)');
  const { stdout } = await runDrift('ProoflinkDev', () => Promise.reject(error));
  expect(stdout).toContain('(Service: S3, Request ID: …, Extended Request ID: …)(RequestToken: …)');
});

describe('what could not be looked for is no “as deployed”', () => {
  test.each([
    { title: 'AWS does not answer', error: new Error('Throttling'), says: 'Throttling' },
    {
      title: 'there is no stack',
      error: new CannotTellError(untranslated('There is no stack.')),
      says: 'There is no stack.',
    },
  ])('$title', async ({ error, says }) => {
    const { exitCode, stdout, stderr } = await runDrift('ProoflinkDev', () => Promise.reject(error));
    expect(exitCode).toBe(2);
    expect(stdout).toContain('**Drift could not be looked for, so nothing is known.**');
    expect(stdout).toContain(says);
    expect(stderr).toContain(says);
  });

  test('lib/config has no such stack', async () => {
    const { exitCode, stderr } = await runDrift('ProoflinkQa', () => Promise.reject(new Error('not asked')));
    expect(exitCode).toBe(2);
    expect(stderr).toBe('lib/config has no stack ProoflinkQa, but: ProoflinkDev, ProoflinkProd.\n');
  });
});
