import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { ModifyDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import { DeleteSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ModifyTargetGroupCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { sayChange, TABLE } from '../../../../tools/health/hand';
import { COMPARED_BY_CLOUDFORMATION } from '../../../../tools/health/hand/drift';
import { COMPARED_BY_HAND } from './compared-by-hand';
import { COMPARED_NETWORK_BY_HAND } from './compared-network-by-hand';
import { NETWORK_BY_HAND } from './network-by-hand';
import { RIGHTS_BY_HAND } from './rights-by-hand';
import { RUNTIME_BY_HAND } from './runtime-by-hand';
import { Standing } from './standing';

let prod: Standing;
let dev: Standing;

beforeAll(async () => {
  [prod, dev] = (await Standing.deploy('prod', 'dev')) as [Standing, Standing];
}, 180_000);

afterAll(() => prod.stop());

const REVERT = 'npx cdk deploy ProoflinkProd --revert-drift';
const COMPARED = [...COMPARED_BY_CLOUDFORMATION];
const CHANGED = [...COMPARED_BY_HAND, ...COMPARED_NETWORK_BY_HAND];
const OWN = [...RIGHTS_BY_HAND, ...NETWORK_BY_HAND, ...RUNTIME_BY_HAND];
/** Properties of CloudFormation itself, of secrets, and those that the local AWS does not read back (code, tags). */
const NOT_READ = [
  'AWS::Batch::ComputeEnvironment ReplaceComputeEnvironment',
  'AWS::ECR::Repository EmptyOnDelete',
  'AWS::ECS::Service DesiredCount',
  'AWS::Lambda::Function Code',
  'AWS::Lambda::Function LoggingConfig',
  'AWS::RDS::DBInstance DeleteAutomatedBackups',
  'AWS::RDS::DBInstance MasterUserPassword',
  'AWS::S3::Bucket Tags',
];
/** Prod has no schedules, and its standby holds the subnets of both zones. */
const IN_DEV = ['AWS::RDS::DBSubnetGroup', 'AWS::Scheduler::Schedule'];

describe('what CloudFormation does not compare', () => {
  test('each type of the table is changed below', () => {
    expect(new Set(OWN.map(([type]) => type))).toEqual(new Set(Object.keys(TABLE)));
  });

  test.each(OWN)('%s: %s, and its own command takes it back', async (type, says, act) => {
    const standing = IN_DEV.includes(type) ? dev : prod;
    await act({ prod, dev });
    const { changes } = await standing.changes(type);
    expect(changes.map(sayChange).join('\n')).toMatch(says);
    // A command for each change, as whoever reads them pastes them.
    for (const fix of new Set(changes.map((each) => each.fix))) {
      if (!(await standing.run(fix))) return;
    }
    expect((await standing.changes(type)).changes).toEqual([]);
  });
});

describe('an environment of which nothing was changed by hand', () => {
  test.each(['prod', 'dev'])('%s: nothing is named, and nothing is left out', async (environment) => {
    const standing = { prod, dev }[environment];
    expect(await standing?.changes()).toEqual({ changes: [], notCompared: [] });
  });
});

describe('what CloudFormation compares', () => {
  test('each property of the templates, but for those that it or the local AWS does not read', async () => {
    const leftOut = [
      ...(await prod.leftOut(COMPARED_BY_CLOUDFORMATION)),
      ...(await dev.leftOut(COMPARED_BY_CLOUDFORMATION)),
    ];
    expect([...new Set(leftOut)].sort()).toEqual(NOT_READ);
  });

  test('each type is changed below', () => {
    expect(new Set(CHANGED.map(([type]) => type))).toEqual(COMPARED_BY_CLOUDFORMATION);
  });

  test('a change is named, and a deploy that reverts drift takes it back', async () => {
    for (const [type, part, act] of CHANGED) await act(await prod.id(type, part));
    const { changes } = await prod.changes(...COMPARED);
    expect(changes.map(sayChange)).toEqual(expect.arrayContaining(CHANGED.map(([, , , says]) => says)));
    expect(new Set(changes.map(({ type }) => type))).toEqual(COMPARED_BY_CLOUDFORMATION);
    expect(new Set(changes.map(({ fix }) => fix))).toEqual(new Set([REVERT]));
    const { exitCode, output } = await prod.revertDrift();
    expect([exitCode, exitCode === 0 ? '' : output]).toEqual([0, '']);
    expect((await prod.changes(...COMPARED)).changes).toEqual([]);
  }, 180_000);

  test('what changes by design does not count, and a storage that grew has to be written down before a deploy', async () => {
    const service = await prod.id('AWS::ECS::Service');
    await new ECSClient({}).send(
      new UpdateServiceCommand({ cluster: 'prooflink-prod-cluster', service, desiredCount: 4 }),
    );
    const DBInstanceIdentifier = await prod.id('AWS::RDS::DBInstance');
    await new RDSClient({}).send(new ModifyDBInstanceCommand({ DBInstanceIdentifier, AllocatedStorage: 120 }));
    expect((await prod.changes(...COMPARED)).changes).toEqual([]);
    const TargetGroupArn = await prod.id('AWS::ElasticLoadBalancingV2::TargetGroup');
    await new ElasticLoadBalancingV2Client({}).send(
      new ModifyTargetGroupCommand({ TargetGroupArn, HealthCheckPath: '/nope' }),
    );
    const [change] = (await prod.changes('AWS::ElasticLoadBalancingV2::TargetGroup')).changes;
    expect(change?.fix).toBe(
      `set database.allocatedStorage in lib/config to 120 GiB, to which it has grown, then ${REVERT}`,
    );
    const { exitCode, output } = await prod.revertDrift();
    expect([exitCode, output]).toEqual([1, expect.stringContaining('Invalid storage size: 100 GiB is less than')]);
  }, 60_000);
});

test('a secret that was deleted for good is not to be restored: no command brings it back', async () => {
  const SecretId = await dev.id('AWS::SecretsManager::Secret', 'SessionSecret');
  await new SecretsManagerClient({}).send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
  const { changes } = await dev.changes('AWS::SecretsManager::Secret');
  expect(changes.map(({ what, fix }) => [what, fix])).toEqual([
    ['', expect.stringMatching(/^nothing brings it back: /)],
  ]);
});
