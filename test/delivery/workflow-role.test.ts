import { SESSION_HOURS } from '../../lib/delivery/workflow-role';
import { type Job, workflow } from '../workflows/workflow';
import { template } from '../support/assembly';
import { at } from '../support/deployed';
import { workflowRolesAreNarrow } from '../support/invariants';
import type { Json } from '../support/template';

const ROLE = 'AWS::IAM::Role';
const GITHUB = 'token.actions.githubusercontent.com';

test('the workflow asks for as long a session as the role that deploys allows: AWS refuses a longer one outright', () => {
  const seconds = SESSION_HOURS * 3600;
  const { deploy } = workflow('deploy-stack.yml').jobs as Record<string, Job>;
  expect(deploy?.['timeout-minutes']).toBe(seconds / 60);
  const asked = deploy?.steps?.flatMap(({ with: given }) => given?.['role-duration-seconds'] ?? []);
  expect(asked).toEqual([seconds]);
});

describe('a workflow’s role lets in one subject for a short while, and can do little', () => {
  test('so do all', () => {
    expect(workflowRolesAreNarrow(template('delivery'))).toEqual([]);
  });

  type Bad = Record<string, Json>;
  const trust = (change: (statement: Bad) => void) => (role: Bad) => {
    change(at(role, 'AssumeRolePolicyDocument.Statement.0') as Bad);
  };
  const subject = (value: Json) =>
    trust((statement) => {
      (at(statement, 'Condition.StringEquals') as Bad)[`${GITHUB}:sub`] = value;
    });
  const right = (change: Bad) => (role: Bad) => {
    Object.assign(at(role, 'Policies.0.PolicyDocument.Statement.0') as Bad, change);
  };

  test.each<[string, (role: Bad) => void, string]>([
    ['every branch', subject('repo:prooflink@1234/infrastructure@5678:*'), 'a wildcard in its trust'],
    ['a second subject', subject(['repo:a/b:pull_request', 'repo:c/d:pull_request']), 'one audience and one subject'],
    [
      'a comparison by pattern',
      trust((statement) => (statement['Condition'] = { StringLike: at(statement, 'Condition.StringEquals') as Bad })),
      'compares by StringLike',
    ],
    [
      'any audience',
      trust((statement) => (statement['Condition'] = { StringEquals: { [`${GITHUB}:sub`]: 'repo:a/b:pull_request' } })),
      'one audience and one subject',
    ],
    ['any subject', trust((statement) => delete statement['Condition']), 'one audience and one subject'],
    ['the account itself', trust((one) => (one['Principal'] = { AWS: '123456789012' })), 'trusts others'],
    ['session tags of GitHub’s', trust((one) => (one['Action'] = ['sts:TagSession'])), 'taken by ["sts:TagSession"]'],
    ['a day', (role) => (role['MaxSessionDuration'] = 86400), 'its session is too long'],
    ['AWS’s policy', (role) => (role['ManagedPolicyArns'] = ['arn:aws:iam::aws:policy/X']), 'somebody else writes'],
    ['every role', right({ Resource: 'arn:aws:iam::123456789012:role/*' }), 'a wildcard among its resources'],
    [
      'every stack',
      right({ Resource: 'arn:aws:cloudformation:*:123456789012:stack/*' }),
      'a wildcard among its resources',
    ],
    [
      'a wildcard for more than a login',
      right({ Action: ['ecr:GetAuthorizationToken', 'ecr:PutImage'], Resource: '*' }),
      'a wildcard among its resources',
    ],
    ['another action', right({ Action: 'iam:CreateRole' }), 'iam:CreateRole is not for a workflow'],
    ['all but one action', right({ NotAction: 's3:GetObject' }), 'everything but something'],
  ])('%s is found', (_, change, says) => {
    const changed = template('delivery');
    const role = Object.values(changed.Resources).find(({ Type }) => Type === ROLE);
    change(role?.Properties ?? {});
    expect(workflowRolesAreNarrow(changed).join('\n')).toContain(says);
  });
});
