import { mostUrgentLevel, resource, reviewStack, type StackFixture, withoutDetails } from './support/assemblies';

/** A dangerous change of a stack. */
interface Pair {
  /** The rule, in the title of its test alone. */
  readonly title: string;
  /** The most urgent level of the review. */
  readonly level: 'risk' | 'weaker' | 'look';
  /** A sentence of the review, or a part of one. */
  readonly says: string | RegExp;
  readonly base: StackFixture;
  readonly head: StackFixture;
}

const NOTHING: StackFixture = {};
const ingressTo = (port: unknown) =>
  resource('AWS::EC2::SecurityGroupIngress', {
    GroupId: 'sg-1',
    IpProtocol: 'tcp',
    FromPort: 1,
    ToPort: port,
    CidrIp: '10.0.0.0/8',
  });
const database = (deletionProtection: unknown) => ({
  Type: 'AWS::RDS::DBInstance',
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
  Properties: { DeletionProtection: deletionProtection },
});
const protectedIf = (condition: object): StackFixture => ({
  resources: { D: database({ 'Fn::If': ['Keeps', true, false] }) },
  template: { Conditions: { Keeps: condition } },
});
const protectedBy = (mapped: boolean): StackFixture => ({
  resources: { D: database({ 'Fn::FindInMap': ['Keep', 'prod', 'db'] }) },
  template: { Mappings: { Keep: { prod: { db: mapped } } } },
});
const protectedByParameter = (value: string): StackFixture => ({
  resources: { D: database({ Ref: 'Keep' }) },
  template: { Parameters: { Keep: { Type: 'String' } } },
  properties: { parameters: { Keep: value } },
});
const registry = (properties: object) => ({
  Type: 'AWS::ECR::Repository',
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
  Properties: properties,
});
const keepImages = (selection: object) => ({
  LifecyclePolicy: {
    LifecyclePolicyText: JSON.stringify({
      rules: [{ rulePriority: 1, selection: { tagStatus: 'any', ...selection }, action: { type: 'expire' } }],
    }),
  },
});

/** Each value is resolved before it is compared: that of a mapping, a condition, a parameter of the manifest. */
const RESOLVED_VALUES: readonly Pair[] = [
  {
    title: 'a mapping turns deletion protection off',
    level: 'risk',
    says: 'Deletion protection is turned off',
    base: protectedBy(true),
    head: protectedBy(false),
  },
  {
    title: 'the condition on which deletion protection depends no longer holds',
    level: 'risk',
    says: 'Deletion protection is turned off',
    base: protectedIf({ 'Fn::Equals': ['a', 'a'] }),
    head: protectedIf({ 'Fn::Equals': ['a', 'b'] }),
  },
  {
    title: 'a parameter of the manifest turns deletion protection off',
    level: 'risk',
    says: 'Deletion protection is turned off',
    base: protectedByParameter('true'),
    head: protectedByParameter('false'),
  },
  {
    title: 'a registry keeps images by their age instead of their number',
    level: 'weaker',
    says: 'beyond `40` days',
    base: { resources: { R: registry(keepImages({ countType: 'imageCountMoreThan', countNumber: 30 })) } },
    head: {
      resources: {
        R: registry(keepImages({ countType: 'sinceImagePushed', countUnit: 'days', countNumber: 40 })),
      },
    },
  },
];

const FAILED_DEPLOYMENTS: readonly Pair[] = [
  {
    title: 'a parameter is added without a default, and a deployment has no value for it',
    level: 'risk',
    says: 'has no default',
    base: NOTHING,
    head: { template: { Parameters: { X: { Type: 'String' } } } },
  },
];

const RIGHTS: readonly Pair[] = [
  {
    title: 'every principal may put events on a bus',
    level: 'weaker',
    says: 'Newly allowed: `events:PutEvents`',
    base: NOTHING,
    head: {
      resources: {
        Bus: resource('AWS::Events::EventBusPolicy', {
          Statement: { Effect: 'Allow', Action: 'events:PutEvents', Resource: '*', Principal: '*' },
        }),
      },
    },
  },
  {
    title: 'a policy of a role allows an action on everything but one bucket',
    level: 'weaker',
    says: 'everything but `arn:aws:s3:::x`',
    base: NOTHING,
    head: {
      resources: {
        P: resource('AWS::IAM::RolePolicy', {
          PolicyName: 'p',
          RoleName: 'r',
          PolicyDocument: {
            Statement: { Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::x' },
          },
        }),
      },
    },
  },
  {
    title: 'a policy of a registry, written as a text, allows another account',
    level: 'weaker',
    says: '999999999999',
    base: { resources: { R: registry({}) } },
    head: {
      resources: {
        R: registry({
          RepositoryPolicyText: JSON.stringify({
            Statement: { Effect: 'Allow', Action: 'ecr:*', Principal: '999999999999' },
          }),
        }),
      },
    },
  },
];

const OTHER_CHANGES: readonly Pair[] = [
  {
    title: 'a rule of a security group opens up to an unknown port',
    level: 'weaker',
    says: /Newly allowed: `tcp 1-\$\{B\}` from `10\.0\.0\.0\/8`\. That depends on a value that is known only at the/,
    base: { resources: { X: ingressTo({ Ref: 'A' }) } },
    head: { resources: { X: ingressTo({ Ref: 'B' }) } },
  },
];

const PAIRS: readonly Pair[] = [...RESOLVED_VALUES, ...FAILED_DEPLOYMENTS, ...RIGHTS, ...OTHER_CHANGES];

it.each(PAIRS)('$title', ({ level, says, base, head }) => {
  const { stdout } = reviewStack(base, head);
  const open = withoutDetails(stdout);
  expect(open).toMatch(says);
  expect(mostUrgentLevel(open)).toBe(level);
});
