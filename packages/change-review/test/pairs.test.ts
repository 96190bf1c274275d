import { allow, mostUrgentLevel, resource, reviewStack, withoutDetails } from './support/assemblies';

const ingressTo = (port: unknown) =>
  resource('AWS::EC2::SecurityGroupIngress', {
    GroupId: 'sg-1',
    IpProtocol: 'tcp',
    FromPort: 1,
    ToPort: port,
    CidrIp: '10.0.0.0/8',
  });
const protectedByParameter = (value: string) => ({
  resources: { D: resource('AWS::RDS::DBInstance', { DeletionProtection: { Ref: 'Keep' } }) },
  template: { Parameters: { Keep: { Type: 'String' } } },
  properties: { parameters: { Keep: value } },
});
const registry = (properties: object) => ({ resources: { R: resource('AWS::ECR::Repository', properties) } });
const keepImages = (selection: object) =>
  registry({
    LifecyclePolicy: {
      LifecyclePolicyText: JSON.stringify({
        rules: [{ rulePriority: 1, selection: { tagStatus: 'any', ...selection }, action: { type: 'expire' } }],
      }),
    },
  });

it.each([
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
    base: keepImages({ countType: 'imageCountMoreThan', countNumber: 30 }),
    head: keepImages({ countType: 'sinceImagePushed', countUnit: 'days', countNumber: 40 }),
  },
  {
    title: 'a parameter is added without a default, and a deployment has no value for it',
    level: 'risk',
    says: 'has no default',
    base: {},
    head: { template: { Parameters: { X: { Type: 'String' } } } },
  },
  {
    title: 'every principal may put events on a bus',
    level: 'weaker',
    says: 'Newly allowed: `events:PutEvents`',
    base: {},
    head: {
      resources: {
        Bus: resource('AWS::Events::EventBusPolicy', {
          Statement: allow('events:PutEvents', '*', { Principal: '*' }),
        }),
      },
    },
  },
  {
    title: 'a policy of a role allows an action on everything but one bucket',
    level: 'weaker',
    says: 'everything but `arn:aws:s3:::x`',
    base: {},
    head: {
      resources: {
        P: resource('AWS::IAM::RolePolicy', {
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
    base: registry({}),
    head: registry({
      RepositoryPolicyText: JSON.stringify({
        Statement: { Effect: 'Allow', Action: 'ecr:*', Principal: '999999999999' },
      }),
    }),
  },
  {
    title: 'a rule of a security group opens up to an unknown port',
    level: 'weaker',
    says: 'Newly allowed: `tcp 1-${B}` from `10.0.0.0/8`. That depends on a value that is known only at the',
    base: { resources: { X: ingressTo({ Ref: 'A' }) } },
    head: { resources: { X: ingressTo({ Ref: 'B' }) } },
  },
])('$title', ({ level, says, base, head }) => {
  const { stdout } = reviewStack(base, head);
  const open = withoutDetails(stdout);
  expect(open).toContain(says);
  expect(mostUrgentLevel(open)).toBe(level);
});
