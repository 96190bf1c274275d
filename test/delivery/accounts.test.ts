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

const [ROLE, OIDC] = ['AWS::IAM::Role', 'AWS::IAM::OIDCProvider'];
const HERE = '123456789012';
const ELSEWHERE = '210987654321';
const providerOf = (account: string) =>
  `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` as const;

/** The delivery's stacks, each with its account. */
function delivered(
  change: Partial<DeliveryConfig>,
  environments: Readonly<Record<string, EnvironmentConfig>> = deliveredEnvironments,
  app = newApp(),
) {
  createStacks(app, environments, { ...testDelivery, ...change });
  keepDeliveryOnly(app);
  return app.synth().stacks.map(({ id, stackName, environment, template: written }) => {
    expect(stackName).toBe(id);
    return { id, account: environment.account, stack: new Deployed(written as Template) };
  });
}

/** The one stack of an account that has both environments. */
function whole(...args: Parameters<typeof delivered>): Deployed {
  const [one, ...others] = delivered(...args);
  expect([one?.id, one?.account, others]).toEqual(['ProoflinkDelivery', HERE, []]);
  return one?.stack ?? new Deployed({ Resources: {} });
}

const rolesOf = (stack: Deployed) =>
  stack
    .all(ROLE)
    .map(({ name }) => name.replace('prooflink-delivery-', ''))
    .sort();

test('without a repository there is none: no default trusts anyone', () => {
  expect(delivered({ repository: undefined, applicationRepository: undefined }, { dev, prod })).toEqual([]);
});

describe('an account with a provider and a qualifier of its own, and two regions', () => {
  const app = newApp();
  app.node.setContext('@aws-cdk/core:bootstrapQualifier', 'team1');
  const osaka = { region: 'ap-northeast-3', 'network.availabilityZones': ['ap-northeast-3a', 'ap-northeast-3c'] };
  const prodThere = withFields(deliveredEnvironments.prod, osaka);
  const own = whole(
    { existingProviders: [providerOf(HERE)] },
    { dev: deliveredEnvironments.dev, prod: prodThere },
    app,
  );

  test('trusts the provider that it has, and makes no second one: AWS allows one', () => {
    expect(own.all(OIDC)).toEqual([]);
    const principal = 'AssumeRolePolicyDocument.Statement.0.Principal';
    const trusts = own.all(ROLE).map(({ properties }) => at(properties, principal));
    expect(trusts).toEqual(Array(6).fill({ Federated: providerOf(HERE) }));
  });

  test('assumes roles under the qualifier that it was bootstrapped with', () => {
    expect([...new Set(JSON.stringify(own.template.Resources).match(/cdk-\w+-/g))]).toEqual(['cdk-team1-']);
  });

  test.each([
    ['dev', 'ap-northeast-1'],
    ['prod', 'ap-northeast-3'],
  ])('reaches %s in its region, %s, where the bootstrap made other roles', (name, region) => {
    const roles = ['deploy', 'push'].map((role) => own.at(ROLE, 'Policies', `prooflink-delivery-${role}-${name}`));
    for (const policies of roles) {
      expect([...new Set(JSON.stringify(policies).match(/ap-northeast-\d/g))]).toEqual([region]);
    }
  });
});

test('it has no role for an environment that is not named', () => {
  const roles = rolesOf(whole({ environments: { dev: true, prod: false } }));
  expect(roles).toEqual(['deploy-dev', 'diff', 'drift', 'push-dev']);
});

test('it is the same without an application’s repository, but for the roles that push', () => {
  const withoutApplication = whole({ applicationRepository: undefined });
  const all = template('delivery');
  const others = (part: object | undefined) =>
    Object.fromEntries(Object.entries(part ?? {}).filter(([id]) => !id.startsWith('Push')));
  expect(Object.keys(all.Resources).filter((id) => id.startsWith('Push'))).toHaveLength(2);
  const without = withoutApplication.template;
  expect({ ...all, Resources: others(all.Resources), Outputs: others(all.Outputs) }).toEqual(without);
});

describe('two accounts', () => {
  const [ofDev, ofProd, ...others] = delivered(
    { existingProviders: [providerOf(ELSEWHERE)] },
    { dev: { ...dev, account: HERE }, prod: { ...prod, account: ELSEWHERE } },
  );
  if (!ofDev || !ofProd) throw new Error('a stack per account is missing');
  const both = [
    { ...ofDev, name: 'dev', is: HERE, other: ELSEWHERE, providers: 1 },
    { ...ofProd, name: 'prod', is: ELSEWHERE, other: HERE, providers: 0 },
  ];

  test('have a stack each, in its account', () => {
    const stacks = [...both, ...others].map(({ id, account }) => [id, account]);
    expect(stacks).toEqual([
      ['ProoflinkDeliveryDev', HERE],
      ['ProoflinkDeliveryProd', ELSEWHERE],
    ]);
  });

  test.each(both)('$name has a role of its own, and roles that compare and look for drift', ({ stack, name }) => {
    expect(rolesOf(stack)).toEqual([`deploy-${name}`, 'diff', 'drift', `push-${name}`]);
  });

  test.each(both)('$name: a provider that is there is not made again', ({ stack, is, providers }) => {
    expect(stack.all(OIDC)).toHaveLength(providers);
    if (providers === 0) expect(JSON.stringify(stack.template)).toContain(providerOf(is));
  });

  test.each(both)(
    '$name: no role reaches the other account: CloudFormation’s role behind a deploy role is an administrator',
    ({ stack, is, other }) => {
      const roles = JSON.stringify(stack.all(ROLE).map(({ properties }) => properties));
      expect(roles).toContain(is);
      expect(roles).not.toContain(other);
    },
  );

  test.each(both)(
    '$name: the variables of the repository say whose they are: GitHub has one of each name',
    ({ stack, name }) => {
      const described = Object.values(stack.template.Outputs ?? {}).map(({ Description }) => Description);
      expect(described).toEqual([
        `Variable DIFF_ROLE_ARN_${name.toUpperCase()} of the repository`,
        `Variable DRIFT_ROLE_ARN_${name.toUpperCase()} of the repository`,
        `Variable DEPLOY_ROLE_ARN of the GitHub environment ${name}`,
        `Variable PUSH_ROLE_ARN of the GitHub environment ${name} of the application's repository`,
      ]);
    },
  );
});
