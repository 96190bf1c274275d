import { manifest, messages, template } from '../support/assembly';
import { Deployed } from '../support/deployed';
import { objectsIn } from '../support/template';

const stack = new Deployed(template('delivery'));
const GITHUB = 'token.actions.githubusercontent.com';

test('it is ProoflinkDelivery, without what would change with an environment, and warns of nothing', () => {
  expect(manifest().artifacts['ProoflinkDelivery']).toMatchObject({
    environment: 'aws://123456789012/ap-northeast-1',
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
  expect(stack.one('AWS::IAM::OIDCProvider', 'GitHub').properties).toEqual({
    Url: `https://${GITHUB}`,
    ClientIdList: ['sts.amazonaws.com'],
  });
});

test.each([
  ['DiffRoleArn', 'prooflink-delivery-diff', 'Variable DIFF_ROLE_ARN of the repository'],
  ['DriftRoleArn', 'prooflink-delivery-drift', 'Variable DRIFT_ROLE_ARN of the repository'],
  ['DeployRoleArnDev', 'prooflink-delivery-deploy-dev', 'Variable DEPLOY_ROLE_ARN of the GitHub environment dev'],
  ['DeployRoleArnProd', 'prooflink-delivery-deploy-prod', 'Variable DEPLOY_ROLE_ARN of the GitHub environment prod'],
  [
    'PushRoleArnDev',
    'prooflink-delivery-push-dev',
    "Variable PUSH_ROLE_ARN of the GitHub environment dev of the application's repository",
  ],
])('the output %s says which variable of GitHub it belongs in', (id, value, description) => {
  expect(stack.output(id)).toBe(value);
  expect(stack.template.Outputs?.[id]?.Description).toBe(description);
});
