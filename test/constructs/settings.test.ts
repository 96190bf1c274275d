import { at, deployed } from '../support/deployed';

const stack = deployed('testweekdays');

test('the secret is made once: another recipe, and CloudFormation would write over what people have set', () => {
  const secret = stack.one('AWS::SecretsManager::Secret', 'Settings/Secret').properties;
  expect(secret['GenerateSecretString']).toEqual({ SecretStringTemplate: '{}', GenerateStringKey: 'unused' });
});

test('each container reads its own keys, from the one secret', () => {
  const task = at(
    stack.one('AWS::ECS::TaskDefinition', 'Web/TaskDefinition').properties,
    'ContainerDefinitions.0.Secrets',
  );
  const job = at(stack.one('AWS::Batch::JobDefinition').properties, 'ContainerProperties.Secrets');
  const names = (secrets: unknown) => (secrets as { Name: string }[]).map(({ Name }) => Name).sort();
  expect(names(task)).toEqual(['DATABASE_URL', 'NEXTAUTH_SECRET', 'OAUTH_SECRET', 'SMTP_PASSWORD']);
  expect(names(job)).toEqual(['DATABASE_URL', 'LDAP_BIND_SECRET']);
  expect(task).toContainEqual({
    Name: 'SMTP_PASSWORD',
    ValueFrom: expect.stringMatching(/:SMTP_PASSWORD::$/) as string,
  });
});

test('variables that are no secrets are told as they are', () => {
  expect(
    at(stack.one('AWS::ECS::TaskDefinition', 'Web/TaskDefinition').properties, 'ContainerDefinitions.0.Environment'),
  ).toContainEqual({
    Name: 'SMTP_HOST',
    Value: 'smtp.example.com',
  });
});

test('without settings there is no secret for them', () => {
  const paths = deployed('dev')
    .all('AWS::SecretsManager::Secret')
    .map(({ path }) => path);
  expect(paths).not.toContain('Settings/Secret');
});
