import { DeleteSubnetCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeDBEngineVersionsCommand,
  DescribeDBInstancesCommand,
  DescribeDBSubnetGroupsCommand,
  ModifyDBInstanceCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { Account, type Resources } from './support/account';
import { databaseIn } from './support/resources';

let account: Account;
let rds: RDSClient;

beforeAll(async () => {
  account = await Account.open({ usedBefore: true });
  rds = new RDSClient(account.client);
});

afterAll(() => account.aws.stop());

/** What an update of a stack with a database comes to, and why it failed, if it did. */
async function change(name: string, before: Resources, after: Resources): Promise<string | undefined> {
  expect(await account.create(name, before)).toBe('CREATE_COMPLETE');
  const status = await account.update(name, after);
  if (status === 'UPDATE_COMPLETE') return undefined;
  expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
  return Object.values(await account.failures(name)).join('\n');
}

const database = async (DBInstanceIdentifier: string) =>
  (await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }))).DBInstances?.[0];

/** The resources with a subnet that has other properties. */
function withSubnet(resources: Resources, id: 'SubnetA' | 'SubnetC', properties: Resources): Resources {
  const subnet = resources[id] as { Properties: Resources };
  return { ...resources, [id]: { ...subnet, Properties: { ...subnet.Properties, ...properties } } };
}

describe('a network that stands', () => {
  it('cannot have a subnet moved to another zone, whose range the old one still has', async () => {
    const { Vpc, SubnetA } = databaseIn('moved', {});
    const moved = withSubnet({ Vpc, SubnetA }, 'SubnetA', { AvailabilityZone: 'ap-northeast-1d' });
    expect(await change('moved', { Vpc, SubnetA }, moved)).toContain('conflicts with another subnet');
  });

  it('cannot have the range of a subnet changed that a database is in, and can where none is', async () => {
    const before = databaseIn('ranges', { AvailabilityZone: 'ap-northeast-1a' });
    const used = withSubnet(before, 'SubnetA', { CidrBlock: '10.0.3.0/24' });
    expect(await change('ranges', before, used)).toContain('Some of the subnets to be deleted are currently in use');
    const free = withSubnet(before, 'SubnetC', { CidrBlock: '10.0.4.0/24' });
    expect(await account.update('ranges', free)).toBe('UPDATE_COMPLETE');
    const group = await rds.send(new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: 'ranges' }));
    expect(group.DBSubnetGroups?.[0]?.Subnets).toHaveLength(2);
  });

  it('cannot lose a subnet by hand that a database is in', async () => {
    await account.create('by-hand', databaseIn('by-hand', { MultiAZ: true }));
    const ec2 = new EC2Client(account.client);
    const identifiers = (await database('by-hand'))?.DBSubnetGroup?.Subnets?.map((each) => each.SubnetIdentifier ?? '');
    for (const SubnetId of identifiers ?? []) {
      await expect(ec2.send(new DeleteSubnetCommand({ SubnetId }))).rejects.toThrow('has dependencies');
    }
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: identifiers }));
    expect(Subnets).toHaveLength(2);
  });
});

describe('a database that stands', () => {
  it('may become Multi-AZ, and cannot go back to a zone: the name forbids the replacement', async () => {
    const single = databaseIn('zones', { MultiAZ: false, AvailabilityZone: 'ap-northeast-1a' });
    const multi = databaseIn('zones', { MultiAZ: true });
    expect(await change('zones', single, multi)).toBeUndefined();
    expect((await database('zones'))?.MultiAZ).toBe(true);
    expect(await account.update('zones', single)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await account.failures('zones'))['Database']).toContain('custom-named resource requires replacing');
    expect(await account.update('zones', databaseIn('zones', { MultiAZ: false }))).toBe('UPDATE_COMPLETE');
  });

  it('cannot have less storage', async () => {
    const size = (AllocatedStorage: string) => databaseIn('smaller', { AllocatedStorage });
    expect(await change('smaller', size('40'), size('30'))).toContain('InvalidParameterCombination');
    expect((await database('smaller'))?.AllocatedStorage).toBe(40);
  });

  it('keeps the storage that a failed update has given it, since it cannot shrink', async () => {
    const size = (AllocatedStorage: string) => databaseIn('grown', { AllocatedStorage });
    const failing = { ...size('40'), Broken: { Type: 'AWS::Nothing::Known', DependsOn: 'Database' } };
    expect(await change('grown', size('20'), failing)).toContain('no model of AWS::Nothing::Known');
    expect((await database('grown'))?.AllocatedStorage).toBe(40);
  });

  it.each([
    ['from 400 GiB on', '400', '500', {}, 'You must specify both the storage size and iops'],
    ['to 400 GiB', '100', '400', {}, 'Invalid iops value for engine name postgres and storage type gp3: 3000'],
    ['to 400 GiB', '100', '400', { Iops: 12000 }, 'Invalid storage throughput value'],
    ['below 400 GiB', '100', '200', { Iops: 12000 }, "You can't specify IOPS or storage throughput"],
    ['below 400 GiB', '100', '200', {}, undefined],
    ['from 400 GiB on', '400', '500', { Iops: 12000, StorageThroughput: 500 }, undefined],
    ['to 400 GiB', '100', '400', { Iops: 12000, StorageThroughput: 500 }, undefined],
  ])('grows on gp3 %s, from %s to %s GiB with %j, or is told: %s', async (_, from, to, performance, refusal) => {
    const name = `gp3-${from}-${to}-${Object.keys(performance).length}`.toLowerCase();
    const before = databaseIn(name, { AllocatedStorage: from });
    const after = databaseIn(name, { AllocatedStorage: to, ...performance });
    const failure = await change(name, before, after);
    if (refusal === undefined) expect(failure).toBeUndefined();
    else expect(failure).toContain(refusal);
    expect((await database(name))?.AllocatedStorage).toBe(Number(refusal === undefined ? to : from));
  });

  it('gets the default minor of a major version, unless what runs is newer than that', async () => {
    const engine = (EngineVersion: string) => databaseIn('versions', { EngineVersion, AllowMajorVersionUpgrade: true });
    const version = async () => (await database('versions'))?.EngineVersion;
    const byHand = (EngineVersion: string) =>
      rds.send(new ModifyDBInstanceCommand({ ...allowed, EngineVersion, ApplyImmediately: true }));
    const allowed = { DBInstanceIdentifier: 'versions', AllowMajorVersionUpgrade: true };
    await account.create('versions', engine('15'));
    expect(await version()).toBe('15.14');
    // As RDS does by itself, in a maintenance window.
    await byHand('15.17');
    expect(await account.update('versions', engine('16'))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await account.failures('versions'))['Database']).toContain('Cannot upgrade postgres from 15.17 to 16.10');
    const { DBEngineVersions: [now] = [] } = await rds.send(
      new DescribeDBEngineVersionsCommand({ Engine: 'postgres', EngineVersion: '15.17' }),
    );
    expect(now?.ValidUpgradeTarget?.map((target) => target.EngineVersion)).toEqual(['16.13', '17.9', '18.3']);
    await byHand('16.13');
    expect(await account.update('versions', engine('16'))).toBe('UPDATE_COMPLETE');
    expect(await version()).toBe('16.13');
    await expect(byHand('16.11')).rejects.toThrow('Cannot upgrade postgres from 16.13 to 16.11');
    expect(await account.update('versions', engine('17'))).toBe('UPDATE_ROLLBACK_COMPLETE');
    await byHand('17.9');
    expect(await account.update('versions', engine('18'))).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  it('keeps the engine that a failed update has given it, since there is no way down', async () => {
    const engine = (EngineVersion: string) => databaseIn('upgraded', { EngineVersion, AllowMajorVersionUpgrade: true });
    const failing = { ...engine('16'), Broken: { Type: 'AWS::Nothing::Known', DependsOn: 'Database' } };
    expect(await change('upgraded', engine('15'), failing)).toContain('no model of AWS::Nothing::Known');
    expect((await database('upgraded'))?.EngineVersion).toBe('16.10');
  });
});
