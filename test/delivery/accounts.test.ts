import { dev } from '../support/configs/dev';
import { prod } from '../support/configs/prod';
import { createStacks } from '../../lib/create-stacks';
import { Deployed } from '../support/deployed';
import { testDelivery } from '../support/environments';
import { newApp } from '../support/synth';
import type { Template } from '../support/template';

const HERE = '123456789012';
const ELSEWHERE = '210987654321';
const PROVIDER = `arn:aws:iam::${ELSEWHERE}:oidc-provider/token.actions.githubusercontent.com`;

/** The delivery's stacks, where dev and prod have an account each. */
function delivered(accounts: readonly [string, string], existingProviders: string[] = []) {
  const app = newApp();
  const environments = { dev: { ...dev, account: accounts[0] }, prod: { ...prod, account: accounts[1] } };
  for (const { node } of createStacks(app, environments, { ...testDelivery, existingProviders })) {
    app.node.tryRemoveChild(node.id);
  }
  return Object.fromEntries(
    app.synth().stacks.map(({ id, stackName, environment, template }) => {
      expect(stackName).toBe(id);
      return [id, { account: environment.account, stack: new Deployed(template as Template) }];
    }),
  );
}

const rolesOf = ({ stack }: { stack: Deployed }) => stack.all('AWS::IAM::Role').map(({ name }) => name);

test('one account has one stack under the name that it always had', () => {
  const stacks = delivered([HERE, HERE]);
  expect(Object.entries(stacks).map(([id, one]) => [id, one.account])).toEqual([['ProoflinkDelivery', HERE]]);
});

describe('two accounts', () => {
  const {
    ProoflinkDeliveryDev: ofDev,
    ProoflinkDeliveryProd: ofProd,
    ...others
  } = delivered([HERE, ELSEWHERE], [PROVIDER]);
  if (!ofDev || !ofProd) throw new Error('a stack per account is missing');

  test('have a stack each, in its account', () => {
    expect([ofDev.account, ofProd.account, others]).toEqual([HERE, ELSEWHERE, {}]);
  });

  test('have a role for their own environment, and roles that compare and look for drift', () => {
    expect(rolesOf(ofDev).sort()).toEqual([
      'prooflink-delivery-deploy-dev',
      'prooflink-delivery-diff',
      'prooflink-delivery-drift',
      'prooflink-delivery-push-dev',
    ]);
    expect(rolesOf(ofProd).sort()).toEqual([
      'prooflink-delivery-deploy-prod',
      'prooflink-delivery-diff',
      'prooflink-delivery-drift',
      'prooflink-delivery-push-prod',
    ]);
  });

  test('a provider that one has already is not made again, and the other gets its own', () => {
    expect(ofDev.stack.all('AWS::IAM::OIDCProvider')).toHaveLength(1);
    expect(ofProd.stack.all('AWS::IAM::OIDCProvider')).toEqual([]);
    expect(JSON.stringify(ofProd.stack.template)).toContain(PROVIDER);
  });

  test('no role of one account reaches the other: CloudFormation’s role behind a deploy role is an administrator', () => {
    const rolesIn = ({ stack }: { stack: Deployed }) =>
      JSON.stringify(stack.all('AWS::IAM::Role').map(({ properties }) => properties));
    expect(rolesIn(ofDev)).toContain(HERE);
    expect(rolesIn(ofDev)).not.toContain(ELSEWHERE);
    expect(rolesIn(ofProd)).toContain(ELSEWHERE);
    expect(rolesIn(ofProd)).not.toContain(HERE);
  });

  test('the variables of the repository say whose they are: GitHub has one of each name', () => {
    const described = ({ stack }: { stack: Deployed }) =>
      Object.values(stack.template.Outputs ?? {}).map(({ Description }) => Description);
    expect(described(ofDev)).toEqual([
      'Variable DIFF_ROLE_ARN_DEV of the repository',
      'Variable DRIFT_ROLE_ARN_DEV of the repository',
      'Variable DEPLOY_ROLE_ARN of the GitHub environment dev',
      "Variable PUSH_ROLE_ARN of the GitHub environment dev of the application's repository",
    ]);
    expect(described(ofProd)).toEqual([
      'Variable DIFF_ROLE_ARN_PROD of the repository',
      'Variable DRIFT_ROLE_ARN_PROD of the repository',
      'Variable DEPLOY_ROLE_ARN of the GitHub environment prod',
      "Variable PUSH_ROLE_ARN of the GitHub environment prod of the application's repository",
    ]);
  });
});
