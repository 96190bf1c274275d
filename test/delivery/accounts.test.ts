import { Match, Template } from 'aws-cdk-lib/assertions';
import type { App } from 'aws-cdk-lib/core';
import type { DeliveryConfig } from '../../lib/config/delivery';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { createStacks } from '../../lib/create-stacks';
import { withFields } from '../support/config';
import { dev, prod } from '../support/configs';
import { deliveredEnvironments, testDelivery } from '../support/environments';
import { keepDeliveryOnly, newApp } from '../support/synth';

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
    template: Template.fromJSON(artifact.template as Record<string, unknown>),
  }));
}

/** The one stack of an account that has both environments. */
function onlyStack(deliveries: Deliveries): Template {
  const [stack, ...others] = deliveryStacks(deliveries);
  expect(others).toEqual([]);
  expect(stack).toMatchObject({ id: 'ProoflinkDelivery', stackName: 'ProoflinkDelivery', account: HERE });
  return stack?.template ?? Template.fromJSON({});
}

function rolesOf(template: Template): string[] {
  const roles = Object.values(template.findResources(ROLE)).map(({ Properties }) => Properties as { RoleName: string });
  return roles.map(({ RoleName }) => RoleName.replace('prooflink-delivery-', '')).sort();
}

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
  const template = onlyStack({
    delivery: { existingProviders: [providerOf(HERE)] },
    environments: { dev: deliveredEnvironments.dev, prod: prodInOsaka },
    app,
  });

  test('makes no second provider: AWS allows one', () => {
    template.resourceCountIs(PROVIDER, 0);
  });

  test('trusts the provider that it has with all of its roles', () => {
    const trust = Match.objectLike({ Principal: { Federated: providerOf(HERE) } });
    template.resourcePropertiesCountIs(ROLE, { AssumeRolePolicyDocument: { Statement: [trust] } }, 7);
    template.resourceCountIs(ROLE, 7);
  });

  test('assumes roles under the qualifier that it was bootstrapped with', () => {
    const found = JSON.stringify(template.findResources(ROLE)).matchAll(/cdk-(?:bootstrap\/)?(\w+)[-/]/g);
    const qualifiers = new Set(Array.from(found, ([, qualifier]) => qualifier));
    expect([...qualifiers]).toEqual(['team1']);
  });

  test.each([
    { environment: 'dev', region: 'ap-northeast-1' },
    { environment: 'prod', region: 'ap-northeast-3' },
  ])('roles of $environment reach $region alone, its region', ({ environment, region }) => {
    for (const role of ['deploy', 'push', 'release']) {
      const RoleName = `prooflink-delivery-${role}-${environment}`;
      const [found] = Object.values(template.findResources(ROLE, { Properties: { RoleName } }));
      const policies = JSON.stringify((found?.['Properties'] as { Policies: unknown }).Policies);
      expect([...new Set(policies.match(/ap-northeast-\d/g))]).toEqual([region]);
    }
  });
});

test('it has no role for an environment that is not named', () => {
  const template = onlyStack({ delivery: { environments: { dev: true, prod: false } } });
  expect(rolesOf(template)).toEqual(['deploy-dev', 'drift', 'push-dev', 'release-dev']);
});

test('without an application’s repository only the roles that push images are missing', () => {
  const template = onlyStack({ delivery: { applicationRepository: undefined } });
  expect(rolesOf(template)).toEqual(['deploy-dev', 'deploy-prod', 'drift', 'release-dev', 'release-prod']);
  // The only outputs are the roles that push.
  expect(template.findOutputs('*')).toEqual({});
});

describe('two accounts', () => {
  const stacks = deliveryStacks({
    delivery: { existingProviders: [providerOf(ELSEWHERE)] },
    environments: { dev: { ...dev, account: HERE }, prod: { ...prod, account: ELSEWHERE } },
  });
  const stackIn = (account: string) => {
    const found = stacks.find((stack) => stack.account === account);
    if (!found) throw new Error(`${account} has no stack`);
    return found.template;
  };
  const both = [
    { name: 'dev', account: HERE, otherAccount: ELSEWHERE },
    { name: 'prod', account: ELSEWHERE, otherAccount: HERE },
  ];

  // A stack that is renamed cannot make roles that the old one still has.
  test('have a stack each, with the name that one account has', () => {
    expect(stacks.map(({ id, stackName, account }) => ({ id, stackName, account }))).toEqual([
      { id: 'ProoflinkDeliveryDev', stackName: 'ProoflinkDelivery', account: HERE },
      { id: 'ProoflinkDeliveryProd', stackName: 'ProoflinkDelivery', account: ELSEWHERE },
    ]);
  });

  test.each(both)('$name has roles of its own, and one that reads what is deployed', ({ name, account }) => {
    expect(rolesOf(stackIn(account))).toEqual([`deploy-${name}`, 'drift', `push-${name}`, `release-${name}`]);
  });

  test('the provider is made in the account that has none: AWS allows one', () => {
    stackIn(HERE).resourceCountIs(PROVIDER, 1);
    stackIn(ELSEWHERE).resourceCountIs(PROVIDER, 0);
    expect(JSON.stringify(stackIn(ELSEWHERE).toJSON())).toContain(providerOf(ELSEWHERE));
  });

  test.each(both)('$name: no role reaches the other account', ({ account, otherAccount }) => {
    // CloudFormation's role behind a deploy role is an administrator.
    const roles = JSON.stringify(stackIn(account).findResources(ROLE));
    expect(roles).toContain(account);
    expect(roles).not.toContain(otherAccount);
  });
});
