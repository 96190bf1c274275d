import { deployed } from '../support/deployed';
import { template } from '../support/assembly';
import { testEnvironments } from '../support/environments';

test.each(['dev', 'prod', 'testopen'] as const)(
  '%s: DATABASE_URL holds the real endpoint, and the password by reference only',
  (environment) => {
    const stack = deployed(environment);
    const password = '{{resolve:secretsmanager:Database/MasterSecret:SecretString:password::}}';
    const endpoint = `prooflink-${environment}-db.Endpoint`;
    const { databaseName, sslMode } = testEnvironments[environment].database;
    expect(stack.one('AWS::SecretsManager::Secret', 'Database/ConnectionUrl').properties['SecretString']).toBe(
      `postgresql://postgres:${password}@${endpoint}.Address:${endpoint}.Port/${databaseName}?sslmode=${sslMode}`,
    );
    // The password has letters and digits only: anything else would break the URL.
    const master = stack.one('AWS::SecretsManager::Secret', 'Database/MasterSecret').properties;
    expect(master['GenerateSecretString']).toEqual({
      ExcludePunctuation: true,
      GenerateStringKey: 'password',
      PasswordLength: 40,
      SecretStringTemplate: '{"username":"postgres"}',
    });
  },
);

test('minor upgrades are automatic and only the major version is fixed, or RDS’s upgrade would break the next deploy', () => {
  expect(deployed('prod').one('AWS::RDS::DBInstance').properties).toMatchObject({
    EngineVersion: '15',
    AutoMinorVersionUpgrade: true,
    EngineLifecycleSupport: 'open-source-rds-extended-support-disabled', // Extended Support costs more than the instance
  });
});

test('dev’s database stands in the zone of its web tasks: traffic between zones costs', () => {
  const stack = deployed('dev');
  expect(stack.one('AWS::RDS::DBInstance').properties['AvailabilityZone']).toBe('ap-northeast-1a');
  expect(stack.one('AWS::ECS::Service').properties).toMatchObject({
    NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['prooflink-dev-subnet-public1-ap-northeast-1a'] } },
  });
});

test('prod’s database waits for the certificate: if that fails, no database that nobody may delete is left', () => {
  const { Resources } = template('prod');
  const dependsOn = (path: string) =>
    Object.values(Resources).find(({ Metadata }) => Metadata?.['aws:cdk:path'] === path)?.DependsOn;
  const certificate = deployed('prod').one('AWS::CertificateManager::Certificate').logicalId;
  expect(dependsOn('ProoflinkProd/Database/Instance/Resource')).toContain(certificate);
});

test('a snapshot keeps the tags: whose costs it is can be seen as long as it lies there', () => {
  expect(deployed('prod').one('AWS::RDS::DBInstance').properties['CopyTagsToSnapshot']).toBe(true);
});

describe('a database from a snapshot', () => {
  const { properties, resource } = deployed('testopen').one('AWS::RDS::DBInstance');
  const empty = deployed('prod').one('AWS::RDS::DBInstance');

  test('says nothing that the snapshot says: RDS refuses a database’s name, and a user’s would be lost', () => {
    const more = Object.keys(properties).filter((property) => !(property in empty.properties));
    const less = Object.keys(empty.properties).filter((property) => !(property in properties));
    expect([more, less]).toEqual([['DBSnapshotIdentifier'], ['DBName', 'MasterUsername']]);
  });

  test('gets a generated password, as an empty one does: who knew the old one does not come in', () => {
    expect(properties['MasterUserPassword']).toEqual(empty.properties['MasterUserPassword']);
  });

  test('stands under the same logical id: otherwise the field could not be read as one', () => {
    expect(resource.Metadata?.['aws:cdk:path']).toBe('ProoflinkTestopen/Database/Instance/Resource');
    expect(deployed('testopen').one('AWS::RDS::DBInstance').logicalId).toBe(empty.logicalId);
  });
});
