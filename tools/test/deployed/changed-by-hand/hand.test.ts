import { adoptAwsVariables, bootstrap, deploy, type LocalAws, startLocalAws } from '@infra/local-aws';
import { stackId } from '../../../../lib/config/names';
import { Part, type StackPart } from '../../../../lib/contract';
import { physicalIdOf, readStack } from '../../../deployed/deployed-stack';
import { environmentOf } from '../../../deployed/environment';
import { findChangesByHand, COMPARISONS, sentenceOf } from '../../../deployed/changed-by-hand/changed-by-hand';
import { COMPARED_BY_CLOUDFORMATION } from '../../../deployed/changed-by-hand/cloudformation-drift';
import { deployedResourcesOf } from '../../../deployed/changed-by-hand/deployed-resources';
import type { Change } from '../../../deployed/changed-by-hand/findings';
import { runDrift } from '../../../operate/drift/drift';
import { assembly } from '../../../../test/support/assembly';
import { prod } from '../../../../test/support/configs';
import { balancing, ec2, ecs, iam, rds, secrets } from '../../operate/health/clients';
import { runFix } from '../../operate/health/run-fix';
import { type ApiCall, CHANGE, DELETE } from './by-api';

const REVERT = 'npx cdk deploy ProoflinkProd --revert-drift';
/** Prod has no schedules, and its standby holds the subnets of both zones: ../gone.ts changes dev's. */
const IN_DEV = ['AWS::Scheduler::Schedule', 'AWS::RDS::DBSubnetGroup'];
/** This prod has no firewall; that of ../../operate/health/prod.test.ts has one. */
const OF_FIREWALL = ['AWS::WAFv2::WebACLAssociation'];
const TYPES = Object.keys(COMPARISONS).filter((type) => ![...IN_DEV, ...OF_FIREWALL].includes(type));
const before = { ...process.env };
let aws: LocalAws;

beforeAll(async () => {
  const { hostedZoneId: id = '', hostedZoneName: name = '' } = prod.loadBalancer.domain ?? {};
  aws = await startLocalAws({ usedBefore: true, hostedZones: [{ id, name }] });
  adoptAwsVariables(process.env, aws.env);
  await bootstrap({ aws });
  await deploy({ aws, app: assembly }, stackId('prod'), { AppImageTag: 'v1', BatchImageTag: 'v1' });
}, 180_000);

afterAll(async () => {
  process.env = before;
  await aws.stop();
});

/** Findings on the resources of these types. */
async function findingsOn(types: readonly string[] = [...TYPES, ...COMPARED_BY_CLOUDFORMATION]) {
  return await findChangesByHand(environmentOf(await readStack('prod')), ({ type }) => types.includes(type));
}

/** Asks for all changes, runs each fix, and returns what was found; after that there is nothing more to find. */
async function askAndFix(): Promise<readonly Change[]> {
  const { changes } = await findingsOn();
  const fixes = new Set(changes.map(({ fix }) => fix));
  for (const fix of fixes) await runFix({ aws, app: assembly }, fix);
  expect(await findingsOn()).toMatchObject({ changes: [], notCompared: [] });
  return changes;
}

/** Calls an API for the first or the last resource of a type, and returns its logical id. */
async function callApi(type: string, position: 0 | -1, api: ApiCall): Promise<string> {
  const resources = deployedResourcesOf(await readStack('prod'));
  const resource = resources.filter((candidate) => candidate.type === type).at(position);
  await api(resource?.physicalId ?? '', resource?.properties as never);
  return resource?.logicalId ?? '';
}

const idOf = async (part: StackPart) => physicalIdOf(await readStack('prod'), part);
const targetGroup = () => idOf(Part.targetGroup);

/** Types whose resources say nothing but which other ones they connect: another one is another resource. */
const WITHOUT_OTHER_PROPERTIES = [
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::EC2::Route',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::SNS::Subscription',
];

test('each type that our table compares has a change by its API, and no other type has', () => {
  expect([...Object.keys(CHANGE), ...WITHOUT_OTHER_PROPERTIES].sort()).toEqual(TYPES.sort());
});

test('a difference that CloudFormation reports falsely is no change: prod’s bucket has one right after its deploy', async () => {
  const { changes, byDesign } = await findingsOn(['AWS::S3::Bucket']);
  expect(changes).toEqual([]);
  expect(byDesign.map(({ property, why }) => `${property}: ${why}`)).toEqual([
    expect.stringMatching(/expired object delete marker: .* known to be false .*-roadmap 965, 2021-10-28/),
  ]);
});

test('each property that an API changes is named, and the fixes take all back', async () => {
  const logicalIds = new Map<string, string>();
  for (const [type, { change }] of Object.entries(CHANGE)) {
    logicalIds.set(type, await callApi(type, -1, change));
  }
  await balancing.modifyTargetGroup({ TargetGroupArn: await targetGroup(), HealthCheckPath: '/nope' });
  const changes = await askAndFix();
  for (const [type, { says }] of Object.entries(CHANGE)) {
    const sentences = changes.filter(({ logicalId }) => logicalId === logicalIds.get(type)).map(sentenceOf);
    for (const pattern of says) expect(sentences).toContainEqual(expect.stringMatching(pattern));
  }
  // A deployment takes back what CloudFormation compares, and nothing else.
  expect(changes.filter(({ fix }) => fix === REVERT).map(sentenceOf)).toEqual([
    'changed by hand: health check path `/api/health` → `/nope`',
  ]);
}, 180_000);

test('each type that our table alone compares is deleted by its API, and no other type is', () => {
  const typesOfTable = TYPES.filter((type) => !COMPARED_BY_CLOUDFORMATION.has(type));
  // A topic always has a policy.
  expect([...Object.keys(DELETE), 'AWS::SNS::TopicPolicy'].sort()).toEqual(typesOfTable.sort());
});

test('each resource that an API deletes is named, and its own command makes it again', async () => {
  const deleted: string[] = [];
  for (const [type, remove] of Object.entries(DELETE)) deleted.push(await callApi(type, 0, remove));
  const RoleName = 'prooflink-prod-ecs-task-role';
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await iam.attachRolePolicy({ RoleName, PolicyArn });
  const changes = await askAndFix();
  const namedAsDeleted = changes.filter(({ property }) => property === '').map(({ logicalId }) => logicalId);
  expect(namedAsDeleted.sort()).toEqual(deleted.sort());
  expect(changes.map(sentenceOf)).toContain(`changed by hand: managed policies \`not set\` → \`${PolicyArn}\``);
}, 120_000);

test('the nightly drift names a policy that was added by hand, which cdk drift does not see, and what takes it back', async () => {
  const undisturbed = await runDrift('ProoflinkProd');
  expect(undisturbed.stdout).toMatch(/^\*\*`ProoflinkProd` is as deployed\.\*\*/);
  expect(undisturbed.exitCode).toBe(0);
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  await iam.putRolePolicy({
    RoleName: 'prooflink-prod-ecs-task-role',
    PolicyName: 'backdoor',
    PolicyDocument: JSON.stringify(document),
  });
  const { exitCode, stdout } = await runDrift('ProoflinkProd');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('  - inline policies: `not set` was deployed, `backdoor` is there');
  const [, fix = ''] = /```\n(.+)\n```/.exec(stdout) ?? [];
  await runFix({ aws, app: assembly }, fix);
  expect((await runDrift('ProoflinkProd')).exitCode).toBe(0);
}, 120_000);

test('another internet gateway takes the place of the own one: it is detached, and the own one attached again', async () => {
  const attachment = await callApi('AWS::EC2::VPCGatewayAttachment', 0, async (_, { InternetGatewayId, VpcId }) => {
    await ec2.detachInternetGateway({ InternetGatewayId, VpcId });
    const { InternetGateway: otherGateway } = await ec2.createInternetGateway({});
    await ec2.attachInternetGateway({ InternetGatewayId: otherGateway?.InternetGatewayId, VpcId });
  });
  const changes = await askAndFix();
  expect(changes.map(({ logicalId, property }) => ({ logicalId, property }))).toEqual([
    { logicalId: attachment, property: 'internet gateway id' },
  ]);
}, 120_000);

test('what changes by design does not count, and a storage that grew has to be written down before a deploy', async () => {
  const service = await idOf(Part.webService);
  const DBInstanceIdentifier = await idOf(Part.database);
  await ecs.updateService({ cluster: 'prooflink-prod-cluster', service, desiredCount: 4 });
  await rds.modifyDBInstance({ DBInstanceIdentifier, AllocatedStorage: 120 });
  expect((await findingsOn()).changes).toEqual([]);
  await balancing.modifyTargetGroup({ TargetGroupArn: await targetGroup(), HealthCheckPath: '/nope' });
  expect((await findingsOn()).changes.map(({ fix }) => fix)).toEqual([
    `set database.allocatedStorage in lib/config to 120 GiB, to which it has grown, then ${REVERT}`,
  ]);
});

test('a secret that was deleted for good is not to be restored: no command brings it back', async () => {
  const SecretId = await idOf(Part.sessionSecret);
  await secrets.deleteSecret({ SecretId, ForceDeleteWithoutRecovery: true });
  const { changes } = await findingsOn(['AWS::SecretsManager::Secret']);
  expect(changes).toHaveLength(1);
  expect(changes[0]).toMatchObject({
    property: '',
    fix: expect.stringMatching(/^nothing brings it back: /) as string,
  });
});
