import { Part } from '../../lib/contract';
import { deployed } from '../support/deployed';
import type { Json } from '../support/template';

const stack = deployed('testweekdays');

/** A value of the web container. */
function web(path: string): Json | undefined {
  return stack.partAt(Part.webTaskDefinition, `ContainerDefinitions.0.${path}`);
}

function namesOf(secrets: Json | undefined): string[] {
  return (secrets as { Name: string }[]).map(({ Name }) => Name).sort();
}

test('the secret is made once: another recipe, and CloudFormation would write over what people have set', () => {
  const secret = stack.partAt(Part.settingsSecret, 'GenerateSecretString');
  expect(secret).toEqual({ SecretStringTemplate: '{}', GenerateStringKey: 'unused' });
});

test('a web task reads its own keys, each from the one secret', () => {
  expect(namesOf(web('Secrets'))).toEqual(['DATABASE_URL', 'NEXTAUTH_SECRET', 'OAUTH_SECRET', 'SMTP_PASSWORD']);
  expect(web('Secrets.SMTP_PASSWORD.ValueFrom')).toMatch(/:SMTP_PASSWORD::$/);
});

test('an import job reads its own keys', () => {
  const secrets = stack.partAt(Part.jobDefinition, 'ContainerProperties.Secrets');
  expect(namesOf(secrets)).toEqual(['DATABASE_URL', 'LDAP_BIND_SECRET']);
});

test('variables that are no secrets are passed as they are', () => {
  expect(web('Environment.SMTP_HOST.Value')).toBe('smtp.example.com');
});

test('without settings there is no secret for them', () => {
  expect(deployed('dev').hasPart(Part.settingsSecret)).toBe(false);
});
