import { Part } from '../../lib/contract';
import { deployed } from '../support/deployed';

const stack = deployed('testweekdays');
const task = (path: string) => stack.partAt(Part.webTaskDefinition, `ContainerDefinitions.0.${path}`);

test('the secret is made once: another recipe, and CloudFormation would write over what people have set', () => {
  const secret = stack.partAt(Part.settingsSecret, 'GenerateSecretString');
  expect(secret).toEqual({ SecretStringTemplate: '{}', GenerateStringKey: 'unused' });
});

test('each container reads its own keys, from the one secret', () => {
  const job = stack.partAt(Part.jobDefinition, 'ContainerProperties.Secrets');
  const names = (secrets: unknown) => (secrets as { Name: string }[]).map(({ Name }) => Name).sort();
  expect(names(task('Secrets'))).toEqual(['DATABASE_URL', 'NEXTAUTH_SECRET', 'OAUTH_SECRET', 'SMTP_PASSWORD']);
  expect(names(job)).toEqual(['DATABASE_URL', 'LDAP_BIND_SECRET']);
  expect(task('Secrets.SMTP_PASSWORD.ValueFrom')).toMatch(/:SMTP_PASSWORD::$/);
});

test('variables that are no secrets are passed as they are', () => {
  expect(task('Environment.SMTP_HOST.Value')).toBe('smtp.example.com');
});

test('without settings there is no secret for them', () => {
  expect(deployed('dev').hasPart(Part.settingsSecret)).toBe(false);
});
