import { manifest, messages, template } from '../support/assembly';
import { Deployed } from '../support/deployed';
import { objectsIn } from '../support/template';

const stack = new Deployed(template('delivery'));
const GITHUB = 'token.actions.githubusercontent.com';

const artifact = manifest().artifacts['ProoflinkDelivery'];

test('it is ProoflinkDelivery, without what would change with an environment', () => {
  expect(artifact?.environment).toBe('aws://123456789012/ap-northeast-1');
  expect(artifact?.properties?.tags).toEqual({ Project: 'ProofLink' });
});

test('its synth warns of nothing', () => {
  expect(messages('delivery')).toEqual([]);
});

test('one command shuts GitHub out: nothing protects the stack from its deletion', () => {
  expect(artifact?.properties?.terminationProtection).toBeFalsy();
});

test('one command shuts GitHub out: nothing of the stack stays after its deletion', () => {
  const kept = Object.values(stack.template.Resources).filter(({ DeletionPolicy }) => DeletionPolicy);
  expect(kept).toEqual([]);
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

const OUTPUTS = [
  {
    output: 'DiffRoleArn',
    role: 'prooflink-delivery-diff',
    description: 'Variable DIFF_ROLE_ARN of the repository',
  },
  {
    output: 'DriftRoleArn',
    role: 'prooflink-delivery-drift',
    description: 'Variable DRIFT_ROLE_ARN of the repository',
  },
  {
    output: 'DeployRoleArnDev',
    role: 'prooflink-delivery-deploy-dev',
    description: 'Variable DEPLOY_ROLE_ARN of the GitHub environment dev',
  },
  {
    output: 'DeployRoleArnProd',
    role: 'prooflink-delivery-deploy-prod',
    description: 'Variable DEPLOY_ROLE_ARN of the GitHub environment prod',
  },
  {
    output: 'PushRoleArnDev',
    role: 'prooflink-delivery-push-dev',
    description: "Variable PUSH_ROLE_ARN of the GitHub environment dev of the application's repository",
  },
];

test.each(OUTPUTS)('the output $output names a role, and the variable of GitHub that takes it', (row) => {
  expect(stack.output(row.output)).toBe(row.role);
  expect(stack.template.Outputs?.[row.output]?.Description).toBe(row.description);
});
