import { Template } from 'aws-cdk-lib/assertions';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { secretSettings, Settings } from '../../lib/constructs/settings';
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

test('each secret setting is read by its key', () => {
  const settings = { variables: { SMTP_HOST: 'smtp.example.com' }, secrets: ['SMTP_PASSWORD'] };
  expect(secretSettings(settings, (key) => `value of ${key}`)).toEqual({ SMTP_PASSWORD: 'value of SMTP_PASSWORD' });
});

test('without settings there is none to read', () => {
  expect(secretSettings(undefined, (key) => key)).toEqual({});
});
