import { EC2 } from '@aws-sdk/client-ec2';
import { RDS } from '@aws-sdk/client-rds';
import { Account, type Resources } from './support/account';
import { database } from './support/databases';
import { databaseIn } from './support/resources';

const account = Account.shared({ usedBefore: true });
const rds = new RDS(account.client);

/** Changes properties of a subnet. */
function withSubnet(resources: Resources, id: 'SubnetA' | 'SubnetC', properties: Resources): Resources {
  const subnet = resources[id] as { Properties: Resources };
  return { ...resources, [id]: { ...subnet, Properties: { ...subnet.Properties, ...properties } } };
}

describe('an existing network', () => {
  it('cannot move a subnet to another zone, since the old one still has its range', async () => {
    const { Vpc, SubnetA } = databaseIn('moved', {});
    await account.deploy('moved', { Vpc, SubnetA });
    const moved = withSubnet({ Vpc, SubnetA }, 'SubnetA', { AvailabilityZone: 'ap-northeast-1d' });
    await account.refuses('update', 'moved', moved, { SubnetA: 'conflicts with another subnet' });
  });

  it('cannot change the range of a subnet with a database, and can of an unused one', async () => {
    const before = databaseIn('ranges', { AvailabilityZone: 'ap-northeast-1a' });
    await account.deploy('ranges', before);
    const used = withSubnet(before, 'SubnetA', { CidrBlock: '10.0.3.0/24' });
    const SubnetGroup = 'Some of the subnets to be deleted are currently in use';
    await account.refuses('update', 'ranges', used, { SubnetGroup });
    const free = withSubnet(before, 'SubnetC', { CidrBlock: '10.0.4.0/24' });
    expect(await account.update('ranges', free)).toBe('UPDATE_COMPLETE');
    expect((await database(account, 'ranges'))?.DBSubnetGroup?.Subnets).toHaveLength(2);
  });

  it('cannot lose a subnet with a database', async () => {
    await account.deploy('by-hand', databaseIn('by-hand', { MultiAZ: true }));
    const ec2 = new EC2(account.client);
    const { Subnets = [] } = (await database(account, 'by-hand'))?.DBSubnetGroup ?? {};
    const SubnetIds = Subnets.map(({ SubnetIdentifier = '' }) => SubnetIdentifier);
    for (const SubnetId of SubnetIds) {
      await expect(ec2.deleteSubnet({ SubnetId })).rejects.toThrow('has dependencies');
    }
    expect((await ec2.describeSubnets({ SubnetIds })).Subnets).toHaveLength(2);
  });
});

describe('an existing database', () => {
  it('can become Multi-AZ, but not return to a zone: its name forbids the replacement', async () => {
    const single = databaseIn('zones', { MultiAZ: false, AvailabilityZone: 'ap-northeast-1a' });
    await account.deploy('zones', single, databaseIn('zones', { MultiAZ: true }));
    expect(await database(account, 'zones')).toMatchObject({ MultiAZ: true });
    await account.refuses('update', 'zones', single, { Database: 'custom-named resource requires replacing' });
    expect(await account.update('zones', databaseIn('zones', { MultiAZ: false }))).toBe('UPDATE_COMPLETE');
  });

  it.each([
    ['storage', { AllocatedStorage: '20' }, { AllocatedStorage: '40' }, { AllocatedStorage: 40 }],
    ['engine', { EngineVersion: '15' }, { EngineVersion: '16' }, { EngineVersion: '16.10' }],
  ])('keeps the %s of a failed update, since neither can go back', async (name, before, after, kept) => {
    const resources = (more: Resources) => databaseIn(name, { AllowMajorVersionUpgrade: true, ...more });
    await account.deploy(name, resources(before));
    const failing = { ...resources(after), Broken: { Type: 'AWS::Nothing::Known', DependsOn: 'Database' } };
    await account.refuses('update', name, failing, { Broken: 'no model of AWS::Nothing::Known' });
    expect(await database(account, name)).toMatchObject(kept);
  });

  it.each([
    ['40', '30', {}, 'InvalidParameterCombination'],
    ['400', '500', {}, 'You must specify both the storage size and iops'],
    ['100', '400', {}, 'Invalid iops value for engine name postgres and storage type gp3: 3000'],
    ['100', '400', { Iops: 12000 }, 'Invalid storage throughput value'],
    ['100', '200', { Iops: 12000 }, "You can't specify IOPS or storage throughput"],
    ['100', '200', {}, undefined],
    ['400', '500', { Iops: 12000, StorageThroughput: 500 }, undefined],
    ['100', '400', { Iops: 12000, StorageThroughput: 500 }, undefined],
  ])('changes its storage on gp3 from %s to %s GiB with %j, or fails: %s', async (from, to, performance, refusal) => {
    const name = `gp3-${from}-${to}-${Object.keys(performance).length}`;
    await account.deploy(name, databaseIn(name, { AllocatedStorage: from }));
    const after = databaseIn(name, { AllocatedStorage: to, ...performance });
    if (refusal === undefined) expect(await account.update(name, after)).toBe('UPDATE_COMPLETE');
    else await account.refuses('update', name, after, { Database: refusal });
    expect(await database(account, name)).toMatchObject({
      AllocatedStorage: Number(refusal === undefined ? to : from),
    });
  });

  it('gets the default minor version of a major one, unless a newer one runs', async () => {
    const engine = (EngineVersion: string) => databaseIn('versions', { EngineVersion, AllowMajorVersionUpgrade: true });
    const version = async () => (await database(account, 'versions'))?.EngineVersion;
    const allowed = { DBInstanceIdentifier: 'versions', AllowMajorVersionUpgrade: true, ApplyImmediately: true };
    const byHand = (EngineVersion: string) => rds.modifyDBInstance({ ...allowed, EngineVersion });
    await account.deploy('versions', engine('15'));
    expect(await version()).toBe('15.14');
    // RDS does this in a maintenance window.
    await byHand('15.17');
    const refused = { Database: 'Cannot upgrade postgres from 15.17 to 16.10' };
    await account.refuses('update', 'versions', engine('16'), refused);
    const newest = { Engine: 'postgres', EngineVersion: '15.17' };
    const { DBEngineVersions: [now] = [] } = await rds.describeDBEngineVersions(newest);
    expect(now?.ValidUpgradeTarget?.map((target) => target.EngineVersion)).toEqual(['16.13', '17.9', '18.3']);
    await byHand('16.13');
    expect(await account.update('versions', engine('16'))).toBe('UPDATE_COMPLETE');
    expect(await version()).toBe('16.13');
    await expect(byHand('16.11')).rejects.toThrow('Cannot upgrade postgres from 16.13 to 16.11');
    expect(await account.update('versions', engine('17'))).toBe('UPDATE_ROLLBACK_COMPLETE');
    await byHand('17.9');
    expect(await account.update('versions', engine('18'))).toBe('UPDATE_ROLLBACK_COMPLETE');
  });
});

describe('a snapshot', () => {
  it('of a stopped database fails', async () => {
    const name = { DBInstanceIdentifier: 'zones' };
    const take = () => rds.createDBSnapshot({ ...name, DBSnapshotIdentifier: 'at-night' });
    await rds.stopDBInstance(name);
    await expect(take()).rejects.toThrow('not currently in the available state');
    await rds.startDBInstance(name);
    await take();
  });

  it('taken by RDS does not collide with one of another instance in the same minute and name', async () => {
    const name = { DBInstanceIdentifier: 'twin' };
    await rds.createDBSnapshot({ DBInstanceIdentifier: 'zones', DBSnapshotIdentifier: 'moment' });
    for (const NewDBInstanceIdentifier of ['twin-1', 'twin-2', 'twin-3']) {
      await rds.restoreDBInstanceFromDBSnapshot({ ...name, DBSnapshotIdentifier: 'moment' });
      await rds.modifyDBInstance({ ...name, NewDBInstanceIdentifier, ApplyImmediately: true });
    }
  });
});
