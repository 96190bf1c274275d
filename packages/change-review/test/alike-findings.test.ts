import { allow, resource, reviewStack, roleWith } from './support/assemblies';

/** Forty resources, from a function of their number. */
function fortyOf(make: (number: number) => object): Record<string, unknown> {
  const resources: Record<string, unknown> = {};
  for (let number = 1; number <= 40; number += 1) {
    resources[`Thing${number}`] = make(number);
  }
  return resources;
}

function findingsIn(stdout: string): string[] {
  return stdout.split('\n').filter((line) => line.startsWith('- '));
}

/** Findings on what opens, each with the lines below it. */
function openedFindings(stdout: string): string[] {
  return stdout.split(/\n(?=- |\n)/).filter((finding) => finding.includes('⚠️'));
}

const logGroup = (tags: object[]) => resource('AWS::Logs::LogGroup', { Tags: tags });
const alarm = (name: string) => resource('AWS::CloudWatch::Alarm', { AlarmName: name });
const schedule = (rate: string) => resource('AWS::Events::Rule', { ScheduleExpression: rate });
const FILES = 'arn:aws:s3:::files/*';
const roleThatMayPass = (role: string) => roleWith([allow('s3:Get*', FILES), allow('iam:PassRole', role)]);
const taskWithRole = (role: string) => resource('AWS::ECS::TaskDefinition', { TaskRoleArn: role });
const roleThatMay = (...actions: string[]) => roleWith([allow(actions, FILES)]);

describe('findings that are alike are one, with twenty names', () => {
  it('for the same tag', () => {
    const before = { resources: fortyOf(() => logGroup([])) };
    const after = { resources: fortyOf(() => logGroup([{ Key: 'Team', Value: 'a' }])) };
    const findings = findingsIn(reviewStack(before, after).stdout);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toContain('`Thing20`, 20 more (`AWS::Logs::LogGroup`)');
    expect(findings[0]).not.toContain('`Thing21`');
  });

  it('for rights', () => {
    const before = { resources: fortyOf(() => roleThatMay('s3:Get*')) };
    const after = { resources: fortyOf(() => roleThatMay('s3:Get*', 's3:Put*')) };
    const { stdout } = reviewStack(before, after);
    const opened = findingsIn(stdout).filter((line) => line.includes('⚠️'));
    expect(opened).toHaveLength(1);
    expect(opened[0]).toContain('Permissions of `Thing1`, ');
    expect(opened[0]).toContain('20 more**: Newly allowed: `s3:Put*`');
  });

  it('for rights on resources of their own, each with its name', () => {
    const before = { resources: fortyOf(() => roleThatMay('s3:Get*')) };
    const after = { resources: fortyOf((number) => roleThatMayPass(`Task${number}`)) };
    const opened = openedFindings(reviewStack(before, after).stdout);
    expect(opened).toHaveLength(1);
    expect(opened[0]).toContain('20 more**:\n  - `Thing1`: Newly allowed: `iam:PassRole` on `Task1`.');
    expect(opened[0]).toContain('  - `Thing2`: Newly allowed: `iam:PassRole` on `Task2`.');
    expect(opened[0]).toContain('(15 more values omitted)');
  });

  it('for roles of their own, which one sentence lists', () => {
    const before = { resources: fortyOf((number) => taskWithRole(`old-${number}`)) };
    const after = { resources: fortyOf((number) => taskWithRole(`new-${number}`)) };
    const opened = openedFindings(reviewStack(before, after).stdout);
    expect(opened).toHaveLength(1);
    expect(opened[0]).toContain('It uses a different role, `new-1`, `new-2`, ');
    expect(opened[0]).toContain('`new-20`, 20 more. Check');
    expect(opened[0]).toContain('  - `Thing2`: `TaskRoleArn`: `old-2` → `new-2`');
  });

  it('but for the values, which have their names', () => {
    const before = { resources: fortyOf((number) => alarm(`old-${number}`)) };
    const after = { resources: fortyOf((number) => alarm(`new-${number}`)) };
    const { stdout } = reviewStack(before, after);
    expect(findingsIn(stdout)).toHaveLength(1);
    expect(stdout).toContain('  - `Thing2`: `AlarmName`: `old-2` → `new-2` (replaces)');
    expect(stdout).toContain('(15 more values omitted)');
  });
});

it('other actions are other rights', () => {
  const before = { resources: { One: roleThatMay('s3:Get*'), Two: roleThatMay('s3:Get*') } };
  const after = { resources: { One: roleThatMay('s3:Get*', 's3:Put*'), Two: roleThatMay('s3:Get*', 's3:Delete*') } };
  expect(openedFindings(reviewStack(before, after).stdout)).toHaveLength(2);
});

it('findings that are not alike stay apart', () => {
  const before = { resources: { One: schedule('rate(1 day)'), Two: alarm('a') } };
  const after = { resources: { One: schedule('rate(2 days)'), Two: alarm('b') } };
  expect(findingsIn(reviewStack(before, after).stdout)).toHaveLength(2);
});
