import { readStack } from '../../../../tools/environment/deployed-stack';
import { type HandChange, sayChange, TABLE } from '../../../../tools/health/hand';
import { COMPARED_BY_CLOUDFORMATION } from '../../../../tools/health/hand/drift';
import { wordsFor } from '../../../../tools/health/hand/words';
import { template } from '../../../support/assembly';
import { other, SET } from './changed-by-api';
import { balancing, ec2, ecs, iam, rds, secrets } from '../clients';
import { DELETE } from './deleted-by-api';
import { domainCases } from './domain-cases';
import { leaves, partOf, PARTS } from './not-changed';
import { changesOf, deployBoth, expectedBy, resourcesOf, runFix, stop } from './standing';

beforeAll(deployBoth, 180_000);
afterAll(stop);

const REVERT = 'npx cdk deploy ProoflinkProd --revert-drift';
/** Prod has no schedules, and its standby holds the subnets of both zones. */
const IN_DEV = ['AWS::RDS::DBSubnetGroup', 'AWS::Scheduler::Schedule'];
const BOTH = ['prod', 'dev'] as const;
type Name = (typeof BOTH)[number];
const isOf = (name: Name, type: string) => IN_DEV.includes(type) === (name === 'dev');

/** The environment's resources that are changed by hand: all that CloudFormation compares, and one of each other type. */
async function chosen(name: Name) {
  const all = await resourcesOf(name);
  const firsts = Object.keys(TABLE).map((type) => all.find((each) => each.type === type));
  return all
    .filter((each) => isOf(name, each.type) && (COMPARED_BY_CLOUDFORMATION.has(each.type) || firsts.includes(each)))
    .map((resource) => ({ name, resource }));
}

/** Asks for all changes, runs each fix, and returns what was found; after that there is nothing more to find. */
async function askAndFix(): Promise<HandChange[]> {
  const found: HandChange[] = [];
  for (const name of BOTH) {
    const { changes } = await changesOf(name);
    found.push(...changes);
    for (const fix of new Set(changes.map((each) => each.fix))) await runFix(fix);
    expect(await changesOf(name)).toEqual({ changes: [], notCompared: [] });
  }
  return found;
}

const RoleName = 'prooflink-prod-ecs-task-role';
const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
const PolicyDocument = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}';

test('each property that an API changes is named, and the fixes take all back', async () => {
  const before = [];
  for (const { name, resource } of (await Promise.all(BOTH.map(chosen))).flat()) {
    const { logicalId, physicalId, type, properties } = resource;
    const compares = COMPARED_BY_CLOUDFORMATION.has(type);
    const expected = compares ? await expectedBy(name, logicalId) : properties;
    before.push({ logicalId, type, expected, paths: leaves(template(name).Resources[logicalId]?.Properties) });
    await Promise.all(SET[type]?.(physicalId, other(expected) as typeof expected, properties as never) ?? []);
  }
  const types = [...Object.keys(TABLE), ...COMPARED_BY_CLOUDFORMATION];
  expect(new Set(before.map(({ type }) => type))).toEqual(new Set(types));
  await iam.putRolePolicy({ RoleName, PolicyName: 'stop', PolicyDocument });
  const [group] = (await resourcesOf('prod')).filter(({ logicalId }) => logicalId.startsWith('SecurityGroupsRds'));
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  await ec2.authorizeSecurityGroupIngress({ GroupId: group?.physicalId, IpPermissions });

  const changes = await askAndFix();
  const unseen = before.flatMap(({ logicalId, type, paths, expected }) => {
    const named = changes.filter((each) => each.logicalId === logicalId).map(({ what }) => `${what} `);
    const isNamed = (what: string) => named.some((each) => each.startsWith(`${what} `) || `${what} `.startsWith(each));
    return paths
      .filter((path) => !isNamed(wordsFor(path, expected)))
      .map((path) => partOf(type, path) ?? `unseen: ${logicalId} ${path}`);
  });
  expect([...new Set(unseen)].sort()).toEqual([...PARTS].sort());
  const says = changes.map(sayChange);
  expect(says).toContain('changed by hand: health check path `/api/health` → `/api/health-other`');
  expect(says).toContain('changed by hand: revision `1` → `2`');
  expect(says).toContain('changed by hand: suspended state dynamic scaling out suspended `false` → `true`');
  expect(says).toContain('changed by hand: inline policies `not set` → `stop`');
  expect(says).toContainEqual(expect.stringMatching(/: ingress `not set` → `\{.*"CidrIp":"0.0.0.0\/0"\}`$/));
  expect(changes.filter(({ type, fix }) => !TABLE[type] && fix !== REVERT)).toEqual([]);
}, 180_000);

test('each resource that an API deletes is named, and its own command makes it again', async () => {
  // A topic always has a policy, and RDS keeps a subnet group that a database uses.
  const kept = Object.keys(TABLE).filter((type) => !DELETE[type]);
  expect(kept).toEqual(['AWS::SNS::TopicPolicy', 'AWS::RDS::DBSubnetGroup']);
  const deleted: string[] = [];
  for (const name of BOTH) {
    const all = await resourcesOf(name);
    const own = Object.entries(DELETE).filter(([type]) => isOf(name, type) && !COMPARED_BY_CLOUDFORMATION.has(type));
    for (const [type, remove] of own) {
      const last = all.findLast((each) => each.type === type);
      await remove(last?.physicalId ?? '', last?.properties as never);
      deleted.push(last?.logicalId ?? '');
    }
  }
  await iam.attachRolePolicy({ RoleName, PolicyArn });
  const changes = await askAndFix();
  expect(
    changes
      .filter(({ what }) => what === '')
      .map(({ logicalId }) => logicalId)
      .sort(),
  ).toEqual(deleted.sort());
  expect(changes.map(sayChange)).toContain(`changed by hand: managed policies \`not set\` → \`${PolicyArn}\``);
}, 120_000);

test('what changes by design does not count, and a storage that grew has to be written down before a deploy', async () => {
  const { ids } = await readStack('prod');
  const [service, DBInstanceIdentifier, TargetGroupArn] = [
    'ECS::Service',
    'RDS::DBInstance',
    'ElasticLoadBalancingV2::TargetGroup',
  ].map((type) => ids(`AWS::${type}`)[0]);
  await ecs.updateService({ cluster: 'prooflink-prod-cluster', service, desiredCount: 4 });
  await rds.modifyDBInstance({ DBInstanceIdentifier, AllocatedStorage: 120 });
  expect((await changesOf('prod')).changes).toEqual([]);
  await balancing.modifyTargetGroup({ TargetGroupArn, HealthCheckPath: '/nope' });
  expect((await changesOf('prod')).changes.map(({ fix }) => fix)).toEqual([
    `set database.allocatedStorage in lib/config to 120 GiB, to which it has grown, then ${REVERT}`,
  ]);
});

describe('the domain', domainCases);

test('a secret that was deleted for good is not to be restored: no command brings it back', async () => {
  const SecretId = (await readStack('dev')).ids('AWS::SecretsManager::Secret').find((id) => id.includes('Session'));
  await secrets.deleteSecret({ SecretId, ForceDeleteWithoutRecovery: true });
  const { changes } = await changesOf('dev', ['AWS::SecretsManager::Secret']);
  expect(changes.map(({ what, fix }) => [what, fix])).toEqual([
    ['', expect.stringMatching(/^nothing brings it back: /)],
  ]);
});

test('a resource of each type that CloudFormation compares is named once its API has deleted it', async () => {
  const all = await resourcesOf('prod');
  const types = Object.keys(DELETE).filter((type) => COMPARED_BY_CLOUDFORMATION.has(type));
  expect(types.toSorted()).toEqual([...COMPARED_BY_CLOUDFORMATION].sort());
  for (const type of ['AWS::Batch::JobQueue', 'AWS::EC2::VPCEndpoint', ...types])
    for (const { physicalId, properties } of all.filter((each) => each.type === type))
      await DELETE[type]?.(physicalId, properties as never);
  const gone = (await changesOf('prod')).changes.filter(({ what }) => what === '');
  expect(gone.map(({ type }) => type)).toEqual(expect.arrayContaining(types));
  expect(gone.find(({ type }) => type === 'AWS::RDS::DBInstance')?.fix).toContain('docs/moving-in.md');
}, 60_000);
