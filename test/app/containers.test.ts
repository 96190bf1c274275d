import { jobPart, Part } from '../../lib/contract';
import { at, deployed } from '../support/deployed';

const stack = deployed('testweekdays');
const web = stack.partAt(Part.webTaskDefinition, 'ContainerDefinitions.0');
const importJob = stack.part(Part.jobDefinition);

test('web tasks have settings of their own, and the database’s URL under a second name', () => {
  expect(at(web, 'Environment.SMTP_HOST.Value')).toBe('smtp.example.com');
  expect(at(web, 'Secrets')).toEqual([
    { Name: 'DATABASE_URL', ValueFrom: 'Database/ConnectionUrl' },
    { Name: 'POSTGRES_URL', ValueFrom: 'Database/ConnectionUrl' },
    { Name: 'NEXTAUTH_SECRET', ValueFrom: 'Web/SessionSecret' },
    { Name: 'SMTP_PASSWORD', ValueFrom: 'Settings/Secret:SMTP_PASSWORD::' },
    { Name: 'OAUTH_SECRET', ValueFrom: 'Settings/Secret:OAUTH_SECRET::' },
  ]);
});

test('import jobs have settings of their own, and none of the web tasks', () => {
  expect(at(importJob.properties, 'ContainerProperties.Environment.LDAP_HOST.Value')).toBe('ldap.example.com');
  expect(at(importJob.properties, 'ContainerProperties.Secrets')).toEqual([
    { Name: 'DATABASE_URL', ValueFrom: 'Database/ConnectionUrl' },
    { Name: 'POSTGRES_URL', ValueFrom: 'Database/ConnectionUrl' },
    { Name: 'LDAP_BIND_SECRET', ValueFrom: 'Settings/Secret:LDAP_BIND_SECRET::' },
  ]);
});

test('AUTH_URL of the settings wins over that of the stack', () => {
  // Auth.js outside Next.js takes the URL's path as its base path.
  const path = 'ContainerDefinitions.0.Environment.AUTH_URL.Value';
  expect(deployed('testopen').partAt(Part.webTaskDefinition, path)).toBe('https://example.com/auth');
});

describe.each([importJob, stack.part(jobPart('reminders'))])('$name', ({ properties, resource }) => {
  test('a deploy leaves the revision alone with which a job waits', () => {
    // AWS Batch fails a job whose revision is deregistered.
    expect(properties).toMatchObject({ ResourceRetentionPolicy: { SkipDeregisterOnUpdate: true } });
  });

  test('waits for all policies of its roles', () => {
    // A job that is submitted earlier may not read its secrets.
    const roles = [
      at(properties, 'ContainerProperties.JobRoleArn'),
      at(properties, 'ContainerProperties.ExecutionRoleArn'),
    ];
    const policies = stack.all('AWS::IAM::Policy').filter((policy) => roles.includes(at(policy.properties, 'Roles.0')));
    expect(policies).toHaveLength(2);
    expect(resource.DependsOn).toEqual(expect.arrayContaining(policies.map(({ logicalId }) => logicalId)));
  });
});
