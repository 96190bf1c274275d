import { Template } from 'aws-cdk-lib/assertions';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Settings } from '../../lib/constructs/settings';
import { names, newStack } from '../support/construct';

const stack = newStack();
new Settings(stack, 'Settings', { names, removalPolicy: RemovalPolicy.RETAIN });
const template = Template.fromStack(stack);

test('the secret is generated once, as an object without a setting', () => {
  // With another recipe CloudFormation would write over what people have set.
  template.hasResourceProperties('AWS::SecretsManager::Secret', {
    GenerateSecretString: { SecretStringTemplate: '{}', GenerateStringKey: 'unused' },
  });
});
