import { Part } from '../../lib/contract';
import { deployed } from '../support/deployed';
import { testEnvironments } from '../support/environments';

describe.each(['dev', 'prod', 'testopen'] as const)('DATABASE_URL of %s', (environment) => {
  const stack = deployed(environment);

  test('holds the real endpoint, and the password by reference only', () => {
    const password = '{{resolve:secretsmanager:Database/MasterSecret:SecretString:password::}}';
    const endpoint = `prooflink-${environment}-db.Endpoint`;
    const { databaseName, sslMode } = testEnvironments[environment].database;
    expect(stack.partAt(Part.connectionUrlSecret, 'SecretString')).toBe(
      `postgresql://postgres:${password}@${endpoint}.Address:${endpoint}.Port/${databaseName}?sslmode=${sslMode}`,
    );
  });

  test('needs no escaping: the generated password has letters and digits only', () => {
    expect(stack.partAt(Part.masterSecret, 'GenerateSecretString')).toEqual({
      ExcludePunctuation: true,
      GenerateStringKey: 'password',
      PasswordLength: 40,
      SecretStringTemplate: '{"username":"postgres"}',
    });
  });
});

test('minor upgrades are automatic and only the major version is fixed, or RDS’s upgrade would break the next deploy', () => {
  expect(deployed('prod').part(Part.database).properties).toMatchObject({
    EngineVersion: '15',
    AutoMinorVersionUpgrade: true,
  });
});

test('Extended Support, which costs more than the instance, is off', () => {
  const support = deployed('prod').partAt(Part.database, 'EngineLifecycleSupport');
  expect(support).toBe('open-source-rds-extended-support-disabled');
});

test('a snapshot has the tags of its database, which say whose costs it is', () => {
  expect(deployed('prod').partAt(Part.database, 'CopyTagsToSnapshot')).toBe(true);
});

test('prod’s database waits for the certificate: if that fails, no protected database is left', () => {
  const stack = deployed('prod');
  const certificate = stack.part(Part.certificate).logicalId;
  expect(stack.part(Part.database).resource.DependsOn).toContain(certificate);
});

test.each([
  { environment: 'prod', fate: 'stays with its database: RDS refuses to delete the group of one that is kept' },
  { environment: 'dev', fate: 'goes with its database: its name would block the next deploy' },
] as const)('the subnet group of $environment $fate', ({ environment }) => {
  const stack = deployed(environment);
  const database = stack.part(Part.database).resource;
  const subnetGroup = stack.part(Part.databaseSubnetGroup).resource;
  expect(database.DeletionPolicy).toBe(environment === 'prod' ? 'RetainExceptOnCreate' : 'Delete');
  expect(subnetGroup.DeletionPolicy).toBe(database.DeletionPolicy);
  expect(subnetGroup.UpdateReplacePolicy).toBe(database.UpdateReplacePolicy);
});

describe('a database from a snapshot', () => {
  const restored = deployed('testopen').part(Part.database);
  const empty = deployed('prod').part(Part.database);

  test('says nothing that the snapshot says: RDS refuses a database’s name, and a user’s would be lost', () => {
    const restoredProperties = Object.keys(restored.properties);
    const emptyProperties = Object.keys(empty.properties);
    const added = restoredProperties.filter((property) => !emptyProperties.includes(property));
    const missing = emptyProperties.filter((property) => !restoredProperties.includes(property));
    expect(added).toEqual(['DBSnapshotIdentifier']);
    expect(missing).toEqual(['DBName', 'MasterUsername']);
  });

  test('gets a generated password, as an empty one does: who has the old one does not come in', () => {
    expect(restored.properties['MasterUserPassword']).toEqual(empty.properties['MasterUserPassword']);
  });

  test('is under the same logical id: otherwise the field could not be read as one', () => {
    expect(restored.path).toBe(Part.database.path);
    expect(restored.logicalId).toBe(empty.logicalId);
  });
});
