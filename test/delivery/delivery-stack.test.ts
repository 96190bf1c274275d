import { Template } from 'aws-cdk-lib/assertions';
import { manifest, messages, template as templateOf } from '../support/assembly';
import { objectsIn } from '../support/template';

const delivery = templateOf('delivery');
const template = Template.fromJSON(delivery);
const artifact = manifest().artifacts['ProoflinkDelivery'];

test('it is ProoflinkDelivery, without what would change with an environment', () => {
  expect(artifact?.environment).toBe('aws://123456789012/ap-northeast-1');
  expect(artifact?.properties?.tags).toEqual({ Project: 'ProofLink' });
});

test('its synth warns of nothing', () => {
  expect(messages('delivery')).toEqual([]);
});

test('one command shuts GitHub out: nothing protects the stack from its deletion, and nothing stays', () => {
  expect(artifact?.properties?.terminationProtection).toBeFalsy();
  expect(Object.values(delivery.Resources).filter(({ DeletionPolicy }) => DeletionPolicy)).toEqual([]);
});

test('it can be the first stack of an account: it refers to no other stack, and looks nothing up', () => {
  const values = [...objectsIn(delivery.Resources)];
  expect(values.filter((value) => 'Fn::ImportValue' in value || 'Fn::GetStackOutput' in value)).toEqual([]);
  expect(manifest().missing ?? []).toEqual([]);
});

test('the provider takes GitHub’s tokens for AWS’s STS only', () => {
  template.hasResourceProperties('AWS::IAM::OIDCProvider', {
    Url: 'https://token.actions.githubusercontent.com',
    ClientIdList: ['sts.amazonaws.com'],
  });
});
