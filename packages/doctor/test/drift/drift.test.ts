import type { DeployedResource } from '@infra/operate/deployed/deployed-resources';
import type { Change, Findings } from '../../src/changed-by-hand/findings';
import { runDrift } from '../../src/drift/drift';

function resource(path: string, type: string): DeployedResource {
  return { logicalId: path.replaceAll('/', ''), physicalId: 'x', type, path, properties: {} };
}

const DATABASE = resource('Database/Instance', 'AWS::RDS::DBInstance');
const BUCKET = resource('FileStorage/Bucket', 'AWS::S3::Bucket');
const RIGHTS = resource('Web/Role/DefaultPolicy', 'AWS::IAM::Policy');
const REVERT = 'npm run prooflink -- revert-drift dev';

const noBackups: Change = {
  ...DATABASE,
  property: 'BackupRetentionPeriod',
  expected: '7',
  actual: '0',
  fix: REVERT,
};
const deletedBucket: Change = { ...BUCKET, property: '', expected: '', actual: '', fix: REVERT };
const widerRights: Change = {
  ...RIGHTS,
  property: 'PolicyDocument.Statement.Action',
  expected: 's3:GetObject',
  actual: 's3:*',
  fix: 'aws iam put-role-policy --role-name x',
};
const refused = { ...BUCKET, reason: 'AccessDenied' };

async function report(findings: Partial<Findings>) {
  const all: Findings = { changes: [], failures: [], neverCompared: [], ...findings };
  return await runDrift('ProoflinkDev', () => Promise.resolve(all));
}

const AS_DEPLOYED = '**`ProoflinkDev` is as deployed.**';

describe('the exit code decides whether an issue is opened', () => {
  test.each([
    { title: 'nothing was changed', findings: {}, exitCode: 0, headline: AS_DEPLOYED },
    {
      title: 'two properties of one resource and another resource were changed',
      findings: { changes: [noBackups, { ...noBackups, property: 'EngineVersion' }, deletedBucket] },
      exitCode: 1,
      headline: '**2 resources of `ProoflinkDev` are not as deployed.**',
    },
    {
      title: 'a resource could not be compared, which is never “as deployed”',
      findings: { failures: [refused] },
      exitCode: 2,
      headline: '**Whether `ProoflinkDev` is as deployed could not be told.**',
    },
    {
      title: 'a change beside a resource that could not be compared is a change',
      findings: { changes: [noBackups], failures: [refused] },
      exitCode: 1,
      headline: '**1 resource of `ProoflinkDev` is not as deployed.**',
    },
    {
      title: 'a type that nothing compares: a night that fails each time would be ignored',
      findings: { neverCompared: [BUCKET] },
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
    failures: [refused],
    neverCompared: [DATABASE, BUCKET, DATABASE],
  });
  expect(stdout).toBe(
    [
      '**3 resources of `ProoflinkDev` are not as deployed.**',
      '- **`Database/Instance` (`AWS::RDS::DBInstance`)** was changed\n' +
        '  - BackupRetentionPeriod: `7` was deployed, `0` is there\n' +
        '- **`FileStorage/Bucket` (`AWS::S3::Bucket`)** was deleted\n' +
        '- **`Web/Role/DefaultPolicy` (`AWS::IAM::Policy`)** was changed\n' +
        '  - PolicyDocument.Statement.Action: `s3:GetObject` was deployed, `s3:*` is there',
      'To keep a change, write it into `lib/config` or `lib/constructs` and deploy. To undo it, after reading what it would do:',
      `\`\`\`\n${REVERT}\naws iam put-role-policy --role-name x\n\`\`\``,
      'Could not be compared:',
      '- `FileStorage/Bucket` (`AWS::S3::Bucket`): `AccessDenied`',
      '<sub>Nothing compares: `AWS::RDS::DBInstance`, `AWS::S3::Bucket`.</sub>',
      '',
    ].join('\n\n'),
  );
});

test('a reason reads the same every night, or an issue would be edited for nothing', async () => {
  const reason =
    'no right (Service: Ec2, Status Code: 403, Request ID: 1a2b-3c, Extended Request ID: aB+/9=)(RequestToken: 9f-1)';
  const stableReason =
    'no right (Service: Ec2, Status Code: 403, Request ID: …, Extended Request ID: …)(RequestToken: …)';
  const { stdout } = await report({ failures: [{ ...BUCKET, reason }] });
  expect(stdout).toContain(stableReason);
  const { stdout: withoutFindings } = await runDrift('ProoflinkDev', () => Promise.reject(new Error(reason)));
  expect(withoutFindings).toContain(stableReason);
});

test('foreign text is no markup', async () => {
  const { stdout } = await report({ changes: [{ ...noBackups, actual: '`<img src=x> @everyone' }] });
  expect(stdout).toContain('<code>&#96;&#60;img src=x&#62; &#64;everyone</code> is there');
});

test('a report is within what an issue holds', async () => {
  const changes = Array.from({ length: 2000 }, () => noBackups);
  const { stdout } = await report({ changes });
  expect(stdout.length).toBeLessThanOrEqual(65_536);
  expect(stdout).toMatch(/^_Only a part is shown/);
});

describe('what could not be looked for is no “as deployed”', () => {
  test('AWS does not answer', async () => {
    const { exitCode, stdout, stderr } = await runDrift('ProoflinkDev', () => Promise.reject(new Error('Throttling')));
    expect(exitCode).toBe(2);
    expect(stdout).toContain('**Drift could not be looked for, so nothing is known.**');
    expect(stdout).toContain('Throttling');
    expect(stderr).toContain('Throttling');
  });

  test('lib/config has no such stack', async () => {
    const { exitCode, stderr } = await runDrift('ProoflinkQa', () => Promise.reject(new Error('not asked')));
    expect(exitCode).toBe(2);
    expect(stderr).toBe('lib/config has no stack ProoflinkQa, but: ProoflinkDev, ProoflinkProd.\n');
  });
});
