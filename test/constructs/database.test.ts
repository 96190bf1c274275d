import { Match, Template } from 'aws-cdk-lib/assertions';
import { DatabaseInstanceReadReplica } from 'aws-cdk-lib/aws-rds';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Database, type DatabaseProps } from '../../lib/constructs/database';
import { prod } from '../support/configs';
import { importSecurityGroup, importVpc, names, newStack } from '../support/construct';

const INSTANCE = 'AWS::RDS::DBInstance';
const SECRET = 'AWS::SecretsManager::Secret';

function build(props: Partial<DatabaseProps> = {}, hasReplica = false): Template {
  const stack = newStack();
  const vpc = importVpc(stack);
  const { instance } = new Database(stack, 'Database', {
    ...prod.database,
    names,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    vpc,
    subnets: vpc.isolatedSubnets,
    securityGroup: importSecurityGroup(stack),
    officeHours: false,
    ...props,
  });
  if (hasReplica) {
    new DatabaseInstanceReadReplica(stack, 'Replica', {
      sourceDatabaseInstance: instance,
      instanceType: prod.database.instanceType,
      vpc,
      vpcSubnets: { subnets: vpc.isolatedSubnets },
    });
  }
  return Template.fromStack(stack);
}

const template = build();
const restored = build({ fromSnapshot: 'before-moving-in' });

/** The logical id of the only instance, and its properties. */
function instanceOf(built: Template) {
  const [[id, instance] = []] = Object.entries(built.findResources(INSTANCE));
  return { id, properties: instance?.['Properties'] as Record<string, unknown> };
}

describe('the password', () => {
  test('is letters and digits: nothing in DATABASE_URL needs escaping', () => {
    template.hasResourceProperties(SECRET, {
      GenerateSecretString: {
        ExcludePunctuation: true,
        GenerateStringKey: 'password',
        PasswordLength: 40,
        SecretStringTemplate: '{"username":"postgres"}',
      },
    });
  });

  test('is in DATABASE_URL by reference, between the user and the endpoint', () => {
    // CloudFormation resolves it while it deploys: the template shows no password.
    const [masterSecret = ''] = Object.keys(
      template.findResources(SECRET, { Properties: Match.objectLike({ GenerateSecretString: {} }) }),
    );
    const { id } = instanceOf(template);
    template.hasResourceProperties(SECRET, {
      SecretString: {
        'Fn::Join': [
          '',
          [
            'postgresql://postgres:{{resolve:secretsmanager:',
            { Ref: masterSecret },
            ':SecretString:password::}}@',
            { 'Fn::GetAtt': [id, 'Endpoint.Address'] },
            ':',
            { 'Fn::GetAtt': [id, 'Endpoint.Port'] },
            '/prooflink_prod?sslmode=require',
          ],
        ],
      },
    });
  });
});

test('database.sslMode is part of DATABASE_URL', () => {
  const url = JSON.stringify(build({ sslMode: 'verify-full' }).findResources(SECRET));
  expect(url).toContain('?sslmode=verify-full');
});

test('only the major version is fixed, and minor upgrades are automatic', () => {
  // After RDS's own upgrade, a fixed minor version would be an older one, and the next deploy would fail.
  build({ engineVersion: '16' }).hasResourceProperties(INSTANCE, {
    EngineVersion: '16',
    AutoMinorVersionUpgrade: true,
  });
});

test('Extended Support is off', () => {
  // It costs more than the instance, and RDS enrols every instance that does not say otherwise.
  for (const built of [template, restored]) {
    built.hasResourceProperties(INSTANCE, { EngineLifecycleSupport: 'open-source-rds-extended-support-disabled' });
  }
});

test('a snapshot has the tags of its database', () => {
  // Without them its costs are no environment's.
  template.hasResourceProperties(INSTANCE, { CopyTagsToSnapshot: true });
});

test('IOPS and throughput are the configured ones', () => {
  // From 400 GiB on, storage without them cannot grow.
  const storage = { iops: 12_000, storageThroughput: 500 };
  build(storage).hasResourceProperties(INSTANCE, { Iops: 12_000, StorageThroughput: 500 });
});

test('windows are the configured ones', () => {
  // RDS would pick others: in office hours, or at night, when the database is stopped.
  template.hasResourceProperties(INSTANCE, {
    PreferredBackupWindow: prod.database.backups.window,
    PreferredMaintenanceWindow: prod.database.maintenanceWindow,
  });
});

describe('the automated backups', () => {
  test('stay with a database that is kept', () => {
    // RDS deletes them with the instance by default, and point-in-time recovery with them.
    template.hasResourceProperties(INSTANCE, { DeleteAutomatedBackups: false });
  });

  test('go with a database that goes', () => {
    // They would cost, and keep test data.
    const temporary = build({ removalPolicy: RemovalPolicy.DESTROY });
    temporary.hasResourceProperties(INSTANCE, { DeleteAutomatedBackups: Match.absent() });
  });
});

test.each([RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, RemovalPolicy.DESTROY])(
  'the subnet group stays or goes with its database: %s',
  (removalPolicy) => {
    // RDS refuses to delete the group of a database that is kept; one that stays alone blocks its name.
    const built = build({ removalPolicy });
    const [instance] = Object.values(built.findResources(INSTANCE)) as Record<string, string>[];
    built.hasResource('AWS::RDS::DBSubnetGroup', {
      DeletionPolicy: instance?.['DeletionPolicy'],
      UpdateReplacePolicy: instance?.['UpdateReplacePolicy'],
    });
  },
);

describe('a database from a snapshot', () => {
  test('says nothing that the snapshot says', () => {
    // RDS refuses a database's name, and a master user's name would be lost.
    const added = Object.keys(instanceOf(restored).properties);
    const left = Object.keys(instanceOf(template).properties);
    expect(added.filter((property) => !left.includes(property))).toEqual(['DBSnapshotIdentifier']);
    expect(left.filter((property) => !added.includes(property))).toEqual(['DBName', 'MasterUsername']);
  });

  test('gets a generated password', () => {
    // With the old password, anyone who had it would come in.
    const { MasterUserPassword } = instanceOf(template).properties;
    restored.hasResourceProperties(INSTANCE, { MasterUserPassword });
  });

  test('is expected to be encrypted where the config says so', () => {
    // RDS encrypts nothing by it, but drift detection reports a snapshot in clear text.
    restored.hasResourceProperties(INSTANCE, { StorageEncrypted: true });
  });

  test('in clear text is not expected to be encrypted', () => {
    // Drift detection would report it each night.
    const inClearText = build({ fromSnapshot: 'in-clear-text', encryption: { off: 'the snapshot is not' } });
    inClearText.hasResourceProperties(INSTANCE, { StorageEncrypted: Match.absent() });
  });

  test('has the logical id of an empty one', () => {
    // Another one would be another database.
    expect(instanceOf(restored).id).toBe(instanceOf(template).id);
  });
});

describe('a read replica', () => {
  test('goes with backups and without office hours', () => {
    build({}, true).resourceCountIs(INSTANCE, 2);
  });

  test.each([
    { name: 'without backups', props: { backups: { ...prod.database.backups, retention: { off: 'no data' } } } },
    { name: 'in office hours', props: { officeHours: true } },
  ])('$name fails the synth: RDS would refuse it once all else is deployed, or the stop every night', ({ props }) => {
    expect(() => build(props, true)).toThrow(/make no replica here/);
  });
});
