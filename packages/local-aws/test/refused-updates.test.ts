import { EC2 } from '@aws-sdk/client-ec2';
import { RDS } from '@aws-sdk/client-rds';
import { Account, type Resources } from './support/account';
import { databaseIn } from './support/resources';

const account = Account.shared({ usedBefore: true });
const rds = () => new RDS(account.client);

/** Updates a stack; returns the reasons of a failure. */
async function change(name: string, before: Resources, after: Resources): Promise<string | undefined> {
  expect(await account.create(name, before)).toBe('CREATE_COMPLETE');
  const status = await account.update(name, after);
  if (status === 'UPDATE_COMPLETE') return undefined;
  expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
  return Object.values(await account.failures(name)).join('\n');
}

const database = async (DBInstanceIdentifier: string) =>
  (await rds().describeDBInstances({ DBInstanceIdentifier })).DBInstances?.[0];

/** Changes properties of a subnet. */
function withSubnet(resources: Resources, id: 'SubnetA' | 'SubnetC', properties: Resources): Resources {
  const subnet = resources[id] as { Properties: Resources };
  return { ...resources, [id]: { ...subnet, Properties: { ...subnet.Properties, ...properties } } };
}

describe('an existing network', () => {
  it('cannot move a subnet to another zone, since the old one still has its range', async () => {
    const { Vpc, SubnetA } = databaseIn('moved', {});
    const moved = withSubnet({ Vpc, SubnetA }, 'SubnetA', { AvailabilityZone: 'ap-northeast-1d' });
    expect(await change('moved', { Vpc, SubnetA }, moved)).toContain('conflicts with another subnet');
  });

  it('cannot change the range of a subnet with a database, and can of an unused one', async () => {
    const before = databaseIn('ranges', { AvailabilityZone: 'ap-northeast-1a' });
    const used = withSubnet(before, 'SubnetA', { CidrBlock: '10.0.3.0/24' });
    expect(await change('ranges', before, used)).toContain('Some of the subnets to be deleted are currently in use');
    const free = withSubnet(before, 'SubnetC', { CidrBlock: '10.0.4.0/24' });
    expect(await account.update('ranges', free)).toBe('UPDATE_COMPLETE');
    const group = await rds().describeDBSubnetGroups({ DBSubnetGroupName: 'ranges' });
    expect(group.DBSubnetGroups?.[0]?.Subnets).toHaveLength(2);
  });

  it('cannot lose a subnet with a database', async () => {
    await account.create('by-hand', databaseIn('by-hand', { MultiAZ: true }));
    const ec2 = new EC2(account.client);
    const identifiers = (await database('by-hand'))?.DBSubnetGroup?.Subnets?.map((each) => each.SubnetIdentifier ?? '');
    for (const SubnetId of identifiers ?? []) {
      await expect(ec2.deleteSubnet({ SubnetId })).rejects.toThrow('has dependencies');
    }
    const { Subnets } = await ec2.describeSubnets({ SubnetIds: identifiers });
    expect(Subnets).toHaveLength(2);
  });
});

describe('an existing database', () => {
  it('can become Multi-AZ, but not return to a zone: its name forbids the replacement', async () => {
    const single = databaseIn('zones', { MultiAZ: false, AvailabilityZone: 'ap-northeast-1a' });
    const multi = databaseIn('zones', { MultiAZ: true });
    expect(await change('zones', single, multi)).toBeUndefined();
    expect((await database('zones'))?.MultiAZ).toBe(true);
    expect(await account.update('zones', single)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await account.failures('zones'))['Database']).toContain('custom-named resource requires replacing');
    expect(await account.update('zones', databaseIn('zones', { MultiAZ: false }))).toBe('UPDATE_COMPLETE');
  });

  it('cannot shrink', async () => {
    const size = (AllocatedStorage: string) => databaseIn('smaller', { AllocatedStorage });
    expect(await change('smaller', size('40'), size('30'))).toContain('InvalidParameterCombination');
    expect((await database('smaller'))?.AllocatedStorage).toBe(40);
  });

  it.each([
    ['storage', { AllocatedStorage: '20' }, { AllocatedStorage: '40' }, { AllocatedStorage: 40 }],
    ['engine', { EngineVersion: '15' }, { EngineVersion: '16' }, { EngineVersion: '16.10' }],
  ])('keeps the %s of a failed update, since neither can go back', async (name, before, after, kept) => {
    const resources = (more: Resources) => databaseIn(name, { AllowMajorVersionUpgrade: true, ...more });
    const failing = { ...resources(after), Broken: { Type: 'AWS::Nothing::Known', DependsOn: 'Database' } };
    expect(await change(name, resources(before), failing)).toContain('no model of AWS::Nothing::Known');
    expect(await database(name)).toMatchObject(kept);
  });

  it.each([
    ['from 400 GiB on', '400', '500', {}, 'You must specify both the storage size and iops'],
    ['to 400 GiB', '100', '400', {}, 'Invalid iops value for engine name postgres and storage type gp3: 3000'],
    ['to 400 GiB', '100', '400', { Iops: 12000 }, 'Invalid storage throughput value'],
    ['below 400 GiB', '100', '200', { Iops: 12000 }, "You can't specify IOPS or storage throughput"],
    ['below 400 GiB', '100', '200', {}, undefined],
    ['from 400 GiB on', '400', '500', { Iops: 12000, StorageThroughput: 500 }, undefined],
    ['to 400 GiB', '100', '400', { Iops: 12000, StorageThroughput: 500 }, undefined],
  ])('grows on gp3 %s, from %s to %s GiB with %j, or fails: %s', async (_, from, to, performance, refusal) => {
    const name = `gp3-${from}-${to}-${Object.keys(performance).length}`.toLowerCase();
    const before = databaseIn(name, { AllocatedStorage: from });
    const after = databaseIn(name, { AllocatedStorage: to, ...performance });
    const failure = await change(name, before, after);
    if (refusal === undefined) expect(failure).toBeUndefined();
    else expect(failure).toContain(refusal);
    expect((await database(name))?.AllocatedStorage).toBe(Number(refusal === undefined ? to : from));
  });

  it('gets the default minor version of a major one, unless a newer one runs', async () => {
    const engine = (EngineVersion: string) => databaseIn('versions', { EngineVersion, AllowMajorVersionUpgrade: true });
    const version = async () => (await database('versions'))?.EngineVersion;
    const byHand = (EngineVersion: string) =>
      rds().modifyDBInstance({ ...allowed, EngineVersion, ApplyImmediately: true });
    const allowed = { DBInstanceIdentifier: 'versions', AllowMajorVersionUpgrade: true };
    await account.create('versions', engine('15'));
    expect(await version()).toBe('15.14');
    // RDS does this in a maintenance window.
    await byHand('15.17');
    expect(await account.update('versions', engine('16'))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await account.failures('versions'))['Database']).toContain('Cannot upgrade postgres from 15.17 to 16.10');
    const { DBEngineVersions: [now] = [] } = await rds().describeDBEngineVersions({
      Engine: 'postgres',
      EngineVersion: '15.17',
    });
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
