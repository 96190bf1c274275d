import type { App } from 'aws-cdk-lib/core';
import type { DeliveryConfig } from '../../lib/config/delivery';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { createStacks } from '../../lib/create-stacks';
import { template } from '../support/assembly';
import { withFields } from '../support/config';
import { dev, prod } from '../support/configs';
import { at, Deployed } from '../support/deployed';
import { deliveredEnvironments, testDelivery } from '../support/environments';
import { keepDeliveryOnly, newApp } from '../support/synth';
import type { Template } from '../support/template';

const ROLE = 'AWS::IAM::Role';
const PROVIDER = 'AWS::IAM::OIDCProvider';
const HERE = '123456789012';
const ELSEWHERE = '210987654321';
const providerOf = (account: string) =>
  `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` as const;

interface Deliveries {
  /** Changes of lib/config/delivery.ts. */
  readonly delivery?: Partial<DeliveryConfig>;
  /** @default - dev and prod in one account */
  readonly environments?: Readonly<Record<string, EnvironmentConfig>>;
  /** @default - an app with the CDK's own qualifier */
  readonly app?: App;
}

/** The delivery's stacks, each with its account. */
function deliveryStacks({ delivery, environments = deliveredEnvironments, app = newApp() }: Deliveries) {
  createStacks(app, environments, { ...testDelivery, ...delivery });
  keepDeliveryOnly(app);
  return app.synth().stacks.map((artifact) => ({
    id: artifact.id,
    stackName: artifact.stackName,
    account: artifact.environment.account,
    stack: new Deployed(artifact.template as Template),
  }));
}

/** The one stack of an account that has both environments. */
function onlyStack(deliveries: Deliveries): Deployed {
  const stacks = deliveryStacks(deliveries);
  expect(stacks).toHaveLength(1);
  expect(stacks[0]).toMatchObject({ id: 'ProoflinkDelivery', stackName: 'ProoflinkDelivery', account: HERE });
  return stacks[0]?.stack ?? new Deployed({ Resources: {} });
}

const rolesOf = (stack: Deployed) =>
  stack
    .all(ROLE)
    .map(({ name }) => name.replace('prooflink-delivery-', ''))
    .sort();

test('without a repository there is none: no default trusts anyone', () => {
  const delivery = { repository: undefined, applicationRepository: undefined };
  expect(deliveryStacks({ delivery, environments: { dev, prod } })).toEqual([]);
});

describe('an account with a provider and a qualifier of its own, and two regions', () => {
  const app = newApp();
  app.node.setContext('@aws-cdk/core:bootstrapQualifier', 'team1');
  const prodInOsaka = withFields(deliveredEnvironments.prod, {
    region: 'ap-northeast-3',
    'network.availabilityZones': ['ap-northeast-3a', 'ap-northeast-3c'],
  });
  const stack = onlyStack({
    delivery: { existingProviders: [providerOf(HERE)] },
    environments: { dev: deliveredEnvironments.dev, prod: prodInOsaka },
    app,
  });

  test('makes no second provider: AWS allows one', () => {
    expect(stack.all(PROVIDER)).toEqual([]);
  });

  test('trusts the provider that it has with all of its roles', () => {
    const principals = stack
      .all(ROLE)
      .map(({ properties }) => at(properties, 'AssumeRolePolicyDocument.Statement.0.Principal'));
    expect(principals).toEqual(Array(6).fill({ Federated: providerOf(HERE) }));
  });

  test('assumes roles under the qualifier that it was bootstrapped with', () => {
    const qualifiers = new Set(JSON.stringify(stack.template.Resources).match(/cdk-\w+-/g));
    expect([...qualifiers]).toEqual(['cdk-team1-']);
  });

  test.each([
    { role: 'deploy-dev', region: 'ap-northeast-1' },
    { role: 'push-dev', region: 'ap-northeast-1' },
    { role: 'deploy-prod', region: 'ap-northeast-3' },
    { role: 'push-prod', region: 'ap-northeast-3' },
  ])('$role reaches $region alone, the region of its environment', ({ role, region }) => {
    const policies = JSON.stringify(stack.at(ROLE, 'Policies', `prooflink-delivery-${role}`));
    expect([...new Set(policies.match(/ap-northeast-\d/g))]).toEqual([region]);
  });
});

test('it has no role for an environment that is not named', () => {
  const stack = onlyStack({ delivery: { environments: { dev: true, prod: false } } });
  expect(rolesOf(stack)).toEqual(['deploy-dev', 'diff', 'drift', 'push-dev']);
});

describe('without an application’s repository', () => {
  const withApplication = template('delivery');
  let withoutApplication: Template;
  /** A section of the template without what concerns a push of images. */
  const exceptPush = <Item>(section: Readonly<Record<string, Item>> = {}) =>
    Object.fromEntries(Object.entries(section).filter(([id]) => !id.startsWith('Push')));

  beforeAll(() => {
    withoutApplication = onlyStack({ delivery: { applicationRepository: undefined } }).template;
  });

  test('there is no role that pushes images', () => {
    expect(Object.keys(withApplication.Resources).filter((id) => id.startsWith('Push'))).toHaveLength(2);
    expect(Object.keys(withoutApplication.Resources).filter((id) => id.startsWith('Push'))).toEqual([]);
  });

  test('nothing else differs', () => {
    expect(withoutApplication).toEqual({
      ...withApplication,
      Resources: exceptPush(withApplication.Resources),
      Outputs: exceptPush(withApplication.Outputs),
    });
  });
});

describe('two accounts', () => {
  const stacks = deliveryStacks({
    delivery: { existingProviders: [providerOf(ELSEWHERE)] },
    environments: { dev: { ...dev, account: HERE }, prod: { ...prod, account: ELSEWHERE } },
  });
  const stackIn = (account: string) => {
    const found = stacks.find((stack) => stack.account === account);
    if (!found) throw new Error(`${account} has no stack`);
    return found.stack;
  };
  const both = [
    { name: 'dev', stack: stackIn(HERE), account: HERE, otherAccount: ELSEWHERE },
    { name: 'prod', stack: stackIn(ELSEWHERE), account: ELSEWHERE, otherAccount: HERE },
  ];

  test('have a stack each', () => {
    expect(stacks.map(({ id, stackName, account }) => ({ id, stackName, account }))).toEqual([
      { id: 'ProoflinkDeliveryDev', stackName: 'ProoflinkDeliveryDev', account: HERE },
      { id: 'ProoflinkDeliveryProd', stackName: 'ProoflinkDeliveryProd', account: ELSEWHERE },
    ]);
  });

  test.each(both)('$name has its own role, and those of diff and drift', ({ stack, name }) => {
    expect(rolesOf(stack)).toEqual([`deploy-${name}`, 'diff', 'drift', `push-${name}`]);
  });

  test('the provider is made in the account that has none', () => {
    expect(stackIn(HERE).all(PROVIDER)).toHaveLength(1);
  });

  test('a provider that is there is not made again: AWS allows one', () => {
    expect(stackIn(ELSEWHERE).all(PROVIDER)).toEqual([]);
    expect(JSON.stringify(stackIn(ELSEWHERE).template)).toContain(providerOf(ELSEWHERE));
  });

  test.each(both)('$name: no role reaches the other account', ({ stack, account, otherAccount }) => {
    // CloudFormation's role behind a deploy role is an administrator.
    const roles = JSON.stringify(stack.all(ROLE).map(({ properties }) => properties));
    expect(roles).toContain(account);
    expect(roles).not.toContain(otherAccount);
  });

  test.each(both)('$name: the variables of the repository say whose they are', ({ stack, name }) => {
    // GitHub has one of each name.
    const described = Object.values(stack.template.Outputs ?? {}).map(({ Description }) => Description);
    expect(described).toEqual([
      `Variable DIFF_ROLE_ARN_${name.toUpperCase()} of the repository`,
      `Variable DRIFT_ROLE_ARN_${name.toUpperCase()} of the repository`,
      `Variable DEPLOY_ROLE_ARN of the GitHub environment ${name}`,
      `Variable PUSH_ROLE_ARN of the GitHub environment ${name} of the application's repository`,
    ]);
  });
});
