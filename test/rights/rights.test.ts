import { template } from '../support/assembly';
import { ACCOUNT, isAllowed, Rights } from '../support/iam';
import { pathOf, type Template } from '../support/template';
import { accountProbes, type Probe, probesOf } from './probes';
import { type RoleSpecification, specification, specified } from './specification';

const READ = 'secretsmanager:GetSecretValue';
const OTHER_ACCOUNT = 'arn:aws:iam::210987654321:root';
const other = { dev: 'prod', prod: 'dev', testlarge: 'prod' } as const;
/** The environment whose column of the specification holds. */
const like = { dev: 'dev', prod: 'prod', testlarge: 'prod' } as const;
const rights = {
  dev: new Rights('dev', template('dev')),
  prod: new Rights('prod', template('prod')),
  testlarge: new Rights('testlarge', template('testlarge')),
};

describe.each(['dev', 'prod', 'testlarge'] as const)('in %s', (environment) => {
  const column = like[environment];
  const roles = Object.entries(specification).filter(([, { only = column }]) => only === column);

  test('every role is specified', () => {
    const deployed = rights[environment].roles().map(({ path }) => path);
    expect(roles.map(([, { role }]) => role).sort()).toEqual(deployed.sort());
  });

  test('rights come from roles and their own policies alone, which is what is read here', () => {
    expect(rights[environment].iamTypes()).toEqual(['AWS::IAM::Policy', 'AWS::IAM::Role']);
  });

  describe.each(roles)('%s', (_, role) => {
    test('may do what is specified, and nothing else that is probed', () => {
      expect(whatItMayDo(role, rights[environment])).toEqual(specified(role, column));
    });

    test(`touches nothing of ${other[environment]}'s`, () => {
      expect(whatItMayDoTo(probesOf(rights[other[environment]]), role, rights[environment])).toEqual([]);
    });

    describe('is taken', () => {
      const takes = (principal: string, sourceAccount?: string) =>
        mayTake(principal, role, rights[environment], sourceAccount);

      test(`by ${role.takenBy} for this account`, () => {
        expect(takes(role.takenBy, ACCOUNT)).toBe(true);
      });

      test.each(
        ['ec2', 'ecs', 'ecs-tasks', 'batch', 'lambda', 'scheduler', 'ssm', 'events']
          .map((service) => `${service}.amazonaws.com`)
          .filter((service) => service !== role.takenBy),
      )('not by %s', (service) => {
        expect(takes(service, ACCOUNT)).toBe(false);
      });

      test.each([
        ['another account', 'arn:aws:iam::210987654321:root'],
        ['a role of another account', 'arn:aws:iam::210987654321:role/prooflink-dev-ecs-task-role'],
        ['a role of this account', `arn:aws:iam::${ACCOUNT}:role/administrator`],
        ['a user of this account', `arn:aws:iam::${ACCOUNT}:user/mallory`],
      ])('not by %s', (_who, principal) => {
        expect(takes(principal)).toBe(false);
      });

      if (role.thisAccountOnly) {
        test.each(['210987654321', undefined])(
          'not by a confused deputy: the service for account %s',
          (sourceAccount) => {
            expect(takes(role.takenBy, sourceAccount)).toBe(false);
          },
        );
      }
    });
  });
});

describe('a widened policy breaks its row', () => {
  const web = specification['the web task'] as RoleSpecification;
  const start = specification['the web task’s start'] as RoleSpecification;
  const schedule = specification['the schedule of the database'] as RoleSpecification;
  const automation = specification['the automation'] as RoleSpecification;

  test.each<[string, RoleSpecification, string, string, string]>([
    ['S3 on every bucket', web, 'Web/Roles/TaskPolicy', 'S3Access', 's3:GetObject: a file'],
    ['jobs on every queue', web, 'Web/Roles/TaskPolicy', 'StartImports', 'batch:SubmitJob: the job queue'],
    ['every secret', start, 'Web/Roles/ExecutionRole/DefaultPolicy', READ, `${READ}: the connection URL`],
    [
      'every database',
      automation,
      'OfficeHours/AutomationRole/DefaultPolicy',
      'rds:StopDBInstance',
      'rds:StopDBInstance: the database',
    ],
  ])("%s: dev reaches prod's", (_, role, policy, statement, reached) => {
    const widened = new Rights(
      'dev',
      widen(policy, statement, (one) => (one['Resource'] = '*')),
    );
    expect(whatItMayDoTo(probesOf(rights.prod), role, widened)).toContain(reached);
  });

  test.each<[string, RoleSpecification, string, string, string, string]>([
    ['all of S3', web, 'Web/Roles/TaskPolicy', 'S3Access', 's3:*', 's3:PutObjectAcl: a file'],
    [
      'all of RDS',
      automation,
      `${automation.role}/DefaultPolicy`,
      'rds:StopDBInstance',
      'rds:*',
      'rds:DeleteDBInstance: the database',
    ],
  ])('%s: more than is specified', (_, role, policy, statement, action, excess) => {
    const widened = new Rights(
      'dev',
      widen(policy, statement, (one) => (one['Action'] = action)),
    );
    expect(whatItMayDo(role, widened)).toContain(excess);
    expect(specified(role, 'dev')).not.toContain(excess);
  });

  test('a role passed to any service', () => {
    const policy = `${schedule.role}/DefaultPolicy`;
    const widened = new Rights(
      'dev',
      widen(policy, 'iam:PassRole', (one) => delete one['Condition']),
    );
    expect(whatItMayDo(schedule, widened)).toContain('iam:PassRole: the role OfficeHours/AutomationRole to Lambda');
  });

  test.each<[string, string, string | undefined, (statement: Record<string, unknown>) => unknown]>([
    ['another account’s confused deputy', automation.takenBy, '210987654321', (one) => delete one['Condition']],
    ['another service', 'ec2.amazonaws.com', ACCOUNT, (one) => (one['Principal'] = { Service: 'ec2.amazonaws.com' })],
    ['another account', OTHER_ACCOUNT, undefined, (one) => Object.assign(one, { Principal: '*', Condition: {} })],
  ])('a trust policy that lets %s in', (_, principal, sourceAccount, change) => {
    const copy = template('dev');
    const role = Object.values(copy.Resources).find((one) => pathOf(one) === automation.role);
    const trust = role?.Properties?.['AssumeRolePolicyDocument'] as { Statement: Record<string, unknown>[] };
    trust.Statement.forEach(change);
    expect(mayTake(principal, automation, new Rights('dev', copy), sourceAccount)).toBe(true);
  });
});

/** Callers whose own policies allow it: the trust policy alone decides. */
function mayTake(principal: string, { role }: RoleSpecification, own: Rights, account?: string): boolean {
  const { arn, trust } = own.role(role);
  const context: Record<string, string> = account ? { 'aws:SourceAccount': account } : {};
  const anything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  const request = { action: 'sts:AssumeRole', resource: arn, context };
  return isAllowed(principal, request, [{ policy: anything }], trust);
}

/** All that a role may do of what is probed in its own environment and in the account. */
function whatItMayDo(role: RoleSpecification, own: Rights): string[] {
  return whatItMayDoTo([...probesOf(own), ...accountProbes], role, own);
}

function whatItMayDoTo(probes: Probe[], { role }: RoleSpecification, own: Rights): string[] {
  const { arn, policies } = own.role(role);
  const environments = [own, ...Object.values(rights)];
  const allowed: string[] = [];
  for (const probe of probes) {
    const bucketPolicy = environments.map((one) => one.bucketPolicy(probe.resource)).find(Boolean);
    if (isAllowed(arn, probe, policies, bucketPolicy)) allowed.push(`${probe.action}: ${probe.target}`);
  }
  return allowed.sort();
}

/** Dev's template with one statement of one policy changed; the statement is known by its Sid or by an action. */
function widen(path: string, statement: string, change: (statement: Record<string, unknown>) => unknown): Template {
  const copy = template('dev');
  const policy = Object.values(copy.Resources).find((one) => one.Type === 'AWS::IAM::Policy' && pathOf(one) === path);
  const document = policy?.Properties?.['PolicyDocument'] as { Statement: Record<string, unknown>[] } | undefined;
  const found = document?.Statement.find(({ Sid, Action }) => Sid === statement || [Action].flat().includes(statement));
  if (!found) throw new Error(`No statement ${statement} in ${path}`);
  change(found);
  return copy;
}
