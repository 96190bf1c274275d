import { dev } from '../support/configs/dev';
import { prod } from '../support/configs/prod';
import { createStacks } from '../../lib/create-stacks';
import { testDelivery } from '../support/environments';
import { Rights } from '../support/iam';
import { newApp } from '../support/synth';
import type { Template } from '../support/template';

/** With two accounts no role of dev reaches prod: CloudFormation's role behind a deploy role is an administrator. */
const OF_DEV = '123456789012';
const OF_PROD = '210987654321';

const provider = (account: string) => `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;

const app = newApp();
for (const { node } of createStacks(
  app,
  { dev: { ...dev, account: OF_DEV }, prod: { ...prod, account: OF_PROD } },
  // Named, so that the test reads whose provider each role trusts; one that is made is the stack's own.
  { ...testDelivery, existingProviders: [OF_PROD, OF_DEV].map(provider) },
)) {
  app.node.tryRemoveChild(node.id);
}
const assembly = app.synth();

describe.each([
  ['ProoflinkDeliveryDev', OF_DEV, OF_PROD, ['DeployDev', 'Diff', 'Drift', 'PushDev']],
  ['ProoflinkDeliveryProd', OF_PROD, OF_DEV, ['DeployProd', 'Diff', 'Drift', 'PushProd']],
])('%s', (id, own, other, paths) => {
  const { template } = assembly.getStackByName(id) as { template: Template };
  const roles = new Rights('delivery', template).roles();

  test('has the roles of its account only', () => {
    expect(roles.map(({ path }) => path).sort()).toEqual(paths);
  });

  test.each(paths)('%s reaches nothing in the other account, and nobody of the other account takes it', (path) => {
    const role = roles.find((one) => one.path === path);
    const policies = JSON.stringify(role?.policies);
    expect(policies).toContain(own);
    expect([policies, JSON.stringify(role?.trust)].join()).not.toContain(other);
  });
});
