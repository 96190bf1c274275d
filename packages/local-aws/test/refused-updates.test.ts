import { EC2 } from '@aws-sdk/client-ec2';
import { RDS } from '@aws-sdk/client-rds';
import { Account, type Resources } from './support/account';
import { describeDatabase } from './support/databases';
import { databaseIn, unknownResource } from './support/resources';

const account = Account.shared({ usedBefore: true });
const rds = new RDS(account.client);

/** A subnet with other properties. */
function changed(subnet: Resources, properties: Resources): Resources {
  return { ...subnet, Properties: { ...(subnet['Properties'] as Resources), ...properties } };
}

describe('an existing subnet', () => {
  it('cannot move to another zone, since the old one still has its range', async () => {
    const { Vpc, SubnetA } = databaseIn('moved');
    await account.deploy('moved', { Vpc, SubnetA });
    const moved = changed(SubnetA, { AvailabilityZone: 'ap-northeast-1d' });
    await account.refusesUpdate('moved', { Vpc, SubnetA: moved }, { SubnetA: 'conflicts with another subnet' });
  });

  it('cannot change its range while a database is in it', async () => {
    const resources = databaseIn('used', { AvailabilityZone: 'ap-northeast-1a' });
    await account.deploy('used', resources);
    const update = { ...resources, SubnetA: changed(resources.SubnetA, { CidrBlock: '10.0.3.0/24' }) };
    await account.refusesUpdate('used', update, {
      SubnetGroup: 'Some of the subnets to be deleted are currently in use',
    });
  });

  it('cannot be deleted by hand while a Multi-AZ database may move into it', async () => {
    await account.deploy('by-hand', databaseIn('by-hand', { MultiAZ: true }));
    const database = await describeDatabase(account, 'by-hand');
    const subnets = database?.DBSubnetGroup?.Subnets ?? [];
    const subnetIds = subnets.map(({ SubnetIdentifier = '' }) => SubnetIdentifier);
    expect(subnetIds).toHaveLength(2);

    const ec2 = new EC2(account.client);
    for (const subnetId of subnetIds) {
      await expect(ec2.deleteSubnet({ SubnetId: subnetId })).rejects.toThrow('has dependencies');
    }
    const { Subnets } = await ec2.describeSubnets({ SubnetIds: subnetIds });
    expect(Subnets).toHaveLength(2);
  });
});

it('a database can become Multi-AZ, but not return to a zone: its name forbids the replacement', async () => {
  const single = databaseIn('zones', { MultiAZ: false, AvailabilityZone: 'ap-northeast-1a' });
  await account.deploy('zones', single, databaseIn('zones', { MultiAZ: true }));
  expect(await describeDatabase(account, 'zones')).toMatchObject({ MultiAZ: true });
  await account.refusesUpdate('zones', single, { Database: 'custom-named resource requires replacing' });
  expect(await account.update('zones', databaseIn('zones', { MultiAZ: false }))).toBe('UPDATE_COMPLETE');
});

describe('a rolled-back update of a database', () => {
  it.each([
    {
      title: 'storage: RDS cannot shrink it',
      name: 'storage',
      before: { AllocatedStorage: '20' },
      after: { AllocatedStorage: '40' },
      kept: { AllocatedStorage: 40 },
    },
    {
      title: 'engine version: RDS cannot downgrade it',
      name: 'engine',
      before: { EngineVersion: '15' },
      after: { EngineVersion: '16' },
      kept: { EngineVersion: '16.10' },
    },
  ])('leaves its new $title', async ({ name, before, after, kept }) => {
    await account.deploy(name, databaseIn(name, { AllowMajorVersionUpgrade: true, ...before }));
    const update = {
      ...databaseIn(name, { AllowMajorVersionUpgrade: true, ...after }),
      Broken: unknownResource('Database'),
    };
    await account.refusesUpdate(name, update, { Broken: 'no model of AWS::Nothing::Known' });
    expect(await describeDatabase(account, name)).toMatchObject(kept);
  });
});

describe('storage on gp3', () => {
  it.each([
    {
      title: 'to less than before',
      name: 'shrunk',
      from: 40,
      to: 30,
      refusal: 'InvalidParameterCombination',
    },
    {
      title: 'above 400 GiB without IOPS',
      name: 'large-without-iops',
      from: 400,
      to: 500,
      refusal: 'You must specify both the storage size and iops',
    },
    {
      title: 'to 400 GiB without IOPS, since 3000 are too few there',
      name: 'grown-without-iops',
      from: 100,
      to: 400,
      refusal: 'Invalid iops value for engine name postgres and storage type gp3: 3000',
    },
    {
      title: 'below 400 GiB with IOPS',
      name: 'small-with-iops',
      from: 100,
      to: 200,
      performance: { Iops: 12000 },
      refusal: "You can't specify IOPS or storage throughput",
    },
  ])('cannot change $title', async ({ name, from, to, performance, refusal }) => {
    await account.deploy(name, databaseIn(name, { AllocatedStorage: `${from}` }));
    const update = databaseIn(name, { AllocatedStorage: `${to}`, ...performance });
    await account.refusesUpdate(name, update, { Database: refusal });
    expect(await describeDatabase(account, name)).toMatchObject({ AllocatedStorage: from });
  });

  it('can grow to 400 GiB with IOPS and throughput', async () => {
    await account.deploy(
      'grown',
      databaseIn('grown', { AllocatedStorage: '100' }),
      databaseIn('grown', { AllocatedStorage: '400', Iops: 12000, StorageThroughput: 500 }),
    );
    expect(await describeDatabase(account, 'grown')).toMatchObject({ AllocatedStorage: 400 });
  });
});

describe('a snapshot', () => {
  beforeAll(() => account.deploy('source', databaseIn('source')));

  const takeSnapshot = (name: string) =>
    rds.createDBSnapshot({ DBInstanceIdentifier: 'source', DBSnapshotIdentifier: name });

  it('of a stopped database fails', async () => {
    await rds.stopDBInstance({ DBInstanceIdentifier: 'source' });
    await expect(takeSnapshot('at-night')).rejects.toThrow('not currently in the available state');
    await rds.startDBInstance({ DBInstanceIdentifier: 'source' });
    await takeSnapshot('at-night');
  });

  it('that RDS takes of a restored database does not collide with that of an earlier namesake', async () => {
    await takeSnapshot('moment');
    // RDS names its snapshot of a new database after the database and the minute.
    for (const newName of ['twin-1', 'twin-2', 'twin-3']) {
      await rds.restoreDBInstanceFromDBSnapshot({
        DBInstanceIdentifier: 'twin',
        DBSnapshotIdentifier: 'moment',
      });
      await rds.modifyDBInstance({
        DBInstanceIdentifier: 'twin',
        NewDBInstanceIdentifier: newName,
        ApplyImmediately: true,
      });
    }
  });
});
