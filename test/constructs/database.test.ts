import { Part } from '../../lib/contract';
import { deployed } from '../support/deployed';
import { testEnvironments } from '../support/environments';

test.each(['dev', 'prod', 'testopen'] as const)(
  '%s: DATABASE_URL holds the real endpoint, and the password by reference only',
  (environment) => {
    const stack = deployed(environment);
    const password = '{{resolve:secretsmanager:Database/MasterSecret:SecretString:password::}}';
    const endpoint = `prooflink-${environment}-db.Endpoint`;
    const { databaseName, sslMode } = testEnvironments[environment].database;
    expect(stack.partAt(Part.connectionUrlSecret, 'SecretString')).toBe(
      `postgresql://postgres:${password}@${endpoint}.Address:${endpoint}.Port/${databaseName}?sslmode=${sslMode}`,
    );
    // The password has letters and digits only: anything else would break the URL.
    expect(stack.partAt(Part.masterSecret, 'GenerateSecretString')).toEqual({
      ExcludePunctuation: true,
      GenerateStringKey: 'password',
      PasswordLength: 40,
      SecretStringTemplate: '{"username":"postgres"}',
    });
  },
);

test('minor upgrades are automatic and only the major version is fixed, or RDS’s upgrade would break the next deploy', () => {
  expect(deployed('prod').part(Part.database).properties).toMatchObject({
    EngineVersion: '15',
    AutoMinorVersionUpgrade: true,
    EngineLifecycleSupport: 'open-source-rds-extended-support-disabled', // Extended Support costs more than the instance
    CopyTagsToSnapshot: true, // The tags say whose costs a snapshot is
  });
});

test('prod’s database waits for the certificate: if that fails, no protected database is left', () => {
  const stack = deployed('prod');
  const certificate = stack.part(Part.certificate).logicalId;
  expect(stack.part(Part.database).resource.DependsOn).toContain(certificate);
});

describe('a database from a snapshot', () => {
  const restored = deployed('testopen').part(Part.database);
  const empty = deployed('prod').part(Part.database);

  test('says nothing that the snapshot says: RDS refuses a database’s name, and a user’s would be lost', () => {
    const [more, less] = [restored.properties, empty.properties].map((one, index, both) =>
      Object.keys(one).filter((property) => !(property in (both[1 - index] ?? {}))),
    );
    expect([more, less]).toEqual([['DBSnapshotIdentifier'], ['DBName', 'MasterUsername']]);
  });

  test('gets a generated password, as an empty one does: who knew the old one does not come in', () => {
    expect(restored.properties['MasterUserPassword']).toEqual(empty.properties['MasterUserPassword']);
  });

  test('is under the same logical id: otherwise the field could not be read as one', () => {
    expect([restored.path, restored.logicalId]).toEqual([Part.database.path, empty.logicalId]);
  });
});
