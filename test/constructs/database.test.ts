import { Match, Template } from 'aws-cdk-lib/assertions';
import { DatabaseInstanceReadReplica } from 'aws-cdk-lib/aws-rds';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Database, type DatabaseProps } from '../../lib/constructs/database';
import { prod } from '../support/configs';
import { importSecurityGroup, importVpc, names, newStack } from '../support/construct';

const INSTANCE = 'AWS::RDS::DBInstance';

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
