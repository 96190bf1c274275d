/* eslint-disable @typescript-eslint/no-unsafe-member-access -- a test knows the template that it changes */
import { ref } from '@infra/cost/test/support/real-stack';
import {
  all,
  allow,
  BUCKET,
  type DangerousPair,
  ifImage,
  NO_VALUE,
  policyDocument,
  REGISTRY,
  set,
  TASK_POLICY,
  TASK_ROLE,
} from './pair';

const BUCKET_POLICY = `${BUCKET}/Policy`;
const NEW_STATEMENT = 'PolicyDocument.Statement.+';
const FIRST_STATEMENT = 'PolicyDocument.Statement.0';
const NEW_POLICY = 'P AWS::IAM::Policy';
const NEW_MANAGED_POLICY = 'P AWS::IAM::ManagedPolicy';
const inlinePolicy = (action: string) => ({ PolicyName: 'x', PolicyDocument: policyDocument(allow(action)) });

/** Permissions of a role grow. */
const RIGHTS_OF_ROLES: readonly DangerousPair[] = [
  {
    title: 'a policy allows every action on every bucket',
    level: 'weaker',
    says: 'Newly allowed: `s3:*` on `*`. This covers every bucket in the account.',
    change: set(TASK_POLICY, { [NEW_STATEMENT]: allow('s3:*') }),
  },
  {
    title: 'a role gets a new managed policy of an administrator, which names the role',
    level: 'weaker',
    says: /Newly allowed: `\*` on `\*`. This allows every action .* an administrator/,
    change: set(NEW_MANAGED_POLICY, { Roles: [ref(TASK_ROLE)], PolicyDocument: policyDocument(allow('*')) }),
  },
  {
    title: 'a role gets a new managed policy of an administrator, which the role names',
    level: 'weaker',
    says: 'Permissions of `Web/Roles/TaskRole`**: Newly allowed: `*` on `*`',
    change: all(
      set(NEW_MANAGED_POLICY, { PolicyDocument: policyDocument(allow('*')) }),
      set(TASK_ROLE, { ManagedPolicyArns: [{ Ref: 'P' }] }),
    ),
  },
  {
    title: 'a policy names a role by its physical name',
    level: 'weaker',
    says: 'Permissions of `Web/Roles/TaskRole`',
    change: set(NEW_POLICY, { Roles: ['prooflink-prod-ecs-task-role'], ...inlinePolicy('iam:*') }),
  },
  {
    title: 'a role gets an inline policy as a resource of its own',
    level: 'weaker',
    says: 'Newly allowed: `iam:*`',
    change: set('P AWS::IAM::RolePolicy', { RoleName: ref(TASK_ROLE), ...inlinePolicy('iam:*') }),
  },
  {
    title: 'a policy allows an action on everything but one bucket',
    level: 'weaker',
    says: 'everything but `arn:aws:s3:::x`',
    change: set(TASK_POLICY, {
      [NEW_STATEMENT]: { Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::x' },
    }),
  },
  {
    title: 'a policy gets a statement that depends on a condition',
    level: 'weaker',
    says: 'Newly allowed: `iam:*`',
    change: set(TASK_POLICY, { [NEW_STATEMENT]: ifImage(allow('iam:*'), NO_VALUE) }),
  },
  {
    title: 'the statements of a policy are unknown',
    level: 'weaker',
    says: 'unless another policy allowed it before: everything in `',
    change: set(NEW_POLICY, {
      Roles: [ref(TASK_ROLE)],
      PolicyDocument: { 'Fn::Transform': { Name: 'AWS::Include' } },
    }),
  },
  {
    title: 'a managed policy that may be attached anywhere allows everything',
    level: 'weaker',
    says: /Permissions in `P`\*\*: Attached to nobody in this stack. Newly allowed to whoever has it: `\*` on `\*`/,
    change: set('P', { PolicyDocument: policyDocument(allow('*')) }),
    onBothSides: all(
      set(NEW_MANAGED_POLICY, { PolicyDocument: policyDocument(allow('s3:*')) }),
      set(TASK_ROLE, { PermissionsBoundary: undefined }),
    ),
  },
  {
    title: 'a managed policy that is the boundary of a role allows everything',
    level: 'weaker',
    says: /Permissions in `P`\*\*: Newly allowed: `\*` on `\*`/,
    change: set('P', { PolicyDocument: policyDocument(allow('*')) }),
    onBothSides: all(
      set(NEW_MANAGED_POLICY, { PolicyDocument: policyDocument(allow('s3:*')) }),
      set(TASK_ROLE, { PermissionsBoundary: { Ref: 'P' } }),
    ),
  },
];

/** More principals may use a resource. */
const RESOURCE_POLICIES: readonly DangerousPair[] = [
  {
    title: 'the policy of a bucket is removed, which denies connections in clear text',
    level: 'weaker',
    says: 'No longer denied',
    change: (stack) => stack.remove(BUCKET_POLICY),
  },
  {
    title: 'the denial of connections in clear text depends on a condition',
    level: 'weaker',
    says: 'No longer denied',
    change: (stack) => {
      const [statement] = stack.of(BUCKET_POLICY).PolicyDocument.Statement as unknown[];
      stack.set(BUCKET_POLICY, { [FIRST_STATEMENT]: ifImage(statement, NO_VALUE) });
    },
  },
  {
    title: 'another account may use a registry, whose policy is a text',
    level: 'weaker',
    says: 'Newly allowed: `999999999999`',
    change: set(REGISTRY, {
      RepositoryPolicyText: JSON.stringify(
        policyDocument({ Effect: 'Allow', Action: 'ecr:*', Principal: '999999999999' }),
      ),
    }),
  },
];

/** Changes of a policy that no rule knows. */
const UNKNOWN_CHANGES: readonly DangerousPair[] = [
  {
    title: 'a statement gets a field that IAM does not have',
    level: 'look',
    says: 'Foo',
    change: set(TASK_POLICY, { [`${FIRST_STATEMENT}.Foo`]: 'x' }),
  },
  {
    title: 'a policy gets an old version of the policy language',
    level: 'look',
    says: '2008-10-17',
    change: set(TASK_POLICY, { 'PolicyDocument.Version': '2008-10-17' }),
  },
];

export const RIGHTS: readonly DangerousPair[] = [...RIGHTS_OF_ROLES, ...RESOURCE_POLICIES, ...UNKNOWN_CHANGES];
