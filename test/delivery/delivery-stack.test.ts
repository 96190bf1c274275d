import { delivery, type DeliveryConfig } from '../../lib/config/delivery';
import { dev } from '../../lib/config/dev';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { prod } from '../../lib/config/prod';
import { createStacks } from '../../lib/create-stacks';
import { manifest, messages, template } from '../support/assembly';
import { at, Deployed } from '../support/deployed';
import { testDelivery } from '../support/environments';
import { newApp } from '../support/synth';
import { objectsIn, type Template } from '../support/template';

const stack = new Deployed(template('delivery'));
const ROLE = 'AWS::IAM::Role';
const GITHUB = 'token.actions.githubusercontent.com';
const BOOTSTRAP = 'arn:aws:iam::123456789012:role/cdk-hnb659fds';

test('as it is committed there is no such stack: nobody is let in by a default', () => {
  const app = newApp();
  createStacks(app, { dev, prod }, delivery);
  expect(app.node.children.map(({ node }) => node.id)).not.toContain('ProoflinkDelivery');
  expect(createStacks(newApp(), { dev, prod })).toHaveLength(2);
});

test('it is ProoflinkDelivery, without what would change with an environment, and warns of nothing', () => {
  expect(manifest().artifacts['ProoflinkDelivery']).toMatchObject({
    environment: 'aws://unknown-account/ap-northeast-1',
    properties: { tags: { Project: 'ProofLink' } },
  });
  expect(messages('delivery')).toEqual([]);
});

test('shutting GitHub out takes one command: nothing protects the stack from its deletion, and nothing stays', () => {
  expect(manifest().artifacts['ProoflinkDelivery']?.properties?.terminationProtection).toBeFalsy();
  expect(Object.values(stack.template.Resources).filter(({ DeletionPolicy }) => DeletionPolicy)).toEqual([]);
});

test('it can be the first stack of an account: it refers to no other stack, and looks nothing up', () => {
  const values = [...objectsIn(stack.template.Resources)];
  expect(values.filter((value) => 'Fn::ImportValue' in value || 'Fn::GetStackOutput' in value)).toEqual([]);
  expect(manifest().missing ?? []).toEqual([]);
});

test('the provider takes GitHub’s tokens for AWS’s STS only', () => {
  expect(stack.one('AWS::IAM::OIDCProvider').properties).toEqual({
    Url: `https://${GITHUB}`,
    ClientIdList: ['sts.amazonaws.com'],
  });
});

const assumes = (...roles: string[]) => {
  const arns = roles.map((role) => `${BOOTSTRAP}-${role}-role-123456789012-ap-northeast-1`);
  return {
    Sid: 'BootstrapRoles',
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Resource: arns.length > 1 ? arns : arns[0],
  };
};

describe.each([
  [
    'prooflink-delivery-diff',
    'pull_request',
    [
      {
        Sid: 'DeployedTemplates',
        Effect: 'Allow',
        Action: ['cloudformation:DescribeStacks', 'cloudformation:GetTemplate'],
        Resource: 'arn:aws:cloudformation:*:123456789012:stack/Prooflink*/*',
      },
    ],
  ],
  ['prooflink-delivery-drift', 'ref:refs/heads/main', [assumes('lookup')]],
  ...(['dev', 'prod'] as const).map((name): [string, string, object[]] => [
    `prooflink-delivery-deploy-${name}`,
    `environment:${name}`,
    [
      assumes('deploy', 'file-publishing', 'image-publishing', 'lookup'),
      {
        Sid: 'ImageTags',
        Effect: 'Allow',
        Action: 'ecr:DescribeImages',
        Resource: ['app', 'batch'].map(
          (image) => `arn:aws:ecr:ap-northeast-1:123456789012:repository/prooflink-${name}-${image}`,
        ),
      },
    ],
  ]),
])('%s', (name, subject, statements) => {
  const { properties } = stack.one(ROLE, name);

  test(`trusts ${subject} of the one repository, letter by letter`, () => {
    expect(at(properties, 'AssumeRolePolicyDocument.Statement')).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: 'GitHub' },
        Condition: {
          StringEquals: {
            [`${GITHUB}:aud`]: 'sts.amazonaws.com',
            [`${GITHUB}:sub`]: `repo:prooflink@1234/infrastructure@5678:${subject}`,
          },
        },
      },
    ]);
  });

  test('may do what its workflow does with it, and nothing else', () => {
    expect(at(properties, 'Policies.0.PolicyDocument.Statement')).toEqual(statements);
    expect(at(properties, 'Policies')).toHaveLength(1);
  });
});

test.each([
  ['DiffRoleArn', 'prooflink-delivery-diff', 'Variable DIFF_ROLE_ARN of the repository'],
  ['DriftRoleArn', 'prooflink-delivery-drift', 'Variable DRIFT_ROLE_ARN of the repository'],
  ['DeployRoleArnDev', 'prooflink-delivery-deploy-dev', 'Variable DEPLOY_ROLE_ARN of the GitHub environment dev'],
  ['DeployRoleArnProd', 'prooflink-delivery-deploy-prod', 'Variable DEPLOY_ROLE_ARN of the GitHub environment prod'],
])('the output %s says which variable of GitHub it belongs in', (id, value, description) => {
  expect(stack.output(id)).toBe(value);
  expect(stack.template.Outputs?.[id]?.Description).toBe(description);
});

describe('with another config', () => {
  const changed = (
    change: Partial<DeliveryConfig>,
    environments: Record<string, EnvironmentConfig> = { dev, prod },
  ) => {
    const app = newApp();
    createStacks(app, environments, { ...testDelivery, ...change });
    return new Deployed(app.synth().getStackByName('ProoflinkDelivery').template as Template);
  };

  test('a provider that the account has already is trusted, and not made again: AWS allows one', () => {
    const arn = `arn:aws:iam::123456789012:oidc-provider/${GITHUB}` as const;
    const imported = changed({ provider: { arn } });
    expect(imported.all('AWS::IAM::OIDCProvider')).toEqual([]);
    const trusts = imported
      .all(ROLE)
      .map(({ properties }) => at(properties, 'AssumeRolePolicyDocument.Statement.0.Principal'));
    expect(trusts).toEqual(Array(4).fill({ Federated: arn }));
  });

  test('an environment that is not named gets no role', () => {
    const names = changed({ environments: ['dev'] })
      .all(ROLE)
      .map(({ name }) => name);
    expect(names.sort()).toEqual([
      'prooflink-delivery-deploy-dev',
      'prooflink-delivery-diff',
      'prooflink-delivery-drift',
    ]);
  });

  test('an account that was bootstrapped under another qualifier has its roles under that one', () => {
    const app = newApp();
    app.node.setContext('@aws-cdk/core:bootstrapQualifier', 'team1');
    createStacks(app, { dev, prod }, testDelivery);
    const own = app.synth().getStackByName('ProoflinkDelivery').template as Template;
    expect([...new Set(JSON.stringify(own.Resources).match(/cdk-\w+-/g))]).toEqual(['cdk-team1-']);
  });

  test('environments keep their regions, where the bootstrap made other roles', () => {
    const osaka = {
      ...prod,
      region: 'ap-northeast-3',
      network: { ...prod.network, availabilityZones: ['ap-northeast-3a', 'ap-northeast-3c'] },
    };
    const { template: twoRegions } = changed({}, { dev, prod: osaka });
    const regions = (name: string) => {
      const policies = new Deployed(twoRegions).one(ROLE, name).properties['Policies'];
      return [...new Set(JSON.stringify(policies).match(/ap-northeast-\d/g))].sort();
    };
    expect(regions('prooflink-delivery-deploy-dev')).toEqual(['ap-northeast-1']);
    expect(regions('prooflink-delivery-deploy-prod')).toEqual(['ap-northeast-3']);
  });
});
