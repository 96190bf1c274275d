import type { Template } from '@infra/common/template';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { readStack } from '@infra/operate/deployed/deployed-stack';
import { environmentOf } from '@infra/operate/deployed/environment';
import { findChangesByHand, sentenceOf } from '../../src/changed-by-hand/changed-by-hand';
import { COVERAGE, coverageOf } from '../../src/changed-by-hand/coverage';
import { type DeployedResource, deployedResourcesOf } from '@infra/operate/deployed/deployed-resources';
import { type Change, isDeletion } from '../../src/changed-by-hand/findings';
import { runFix } from '../health/run-fix';
import { CHANGE, DELETE } from './by-api';
import type { startProd } from './running-prod';

const REVERT = 'npm run prooflink -- revert-drift prod';
/** Types that are broken elsewhere: this prod has no schedule, and `doctor` names the others by questions of their own. */
const BROKEN_ELSEWHERE = [
  'AWS::Batch::JobDefinition',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::SNS::Subscription',
  'AWS::Scheduler::Schedule',
  'AWS::WAFv2::WebACLAssociation',
];

async function findings() {
  return await findChangesByHand(environmentOf(await readStack('prod')));
}

/** Sentences on changes by API, by the logical id of the changed resource. */
type ExpectedSentences = ReadonlyMap<string, readonly RegExp[]>;

/** Changes the last resource of each type by its API, where an environment has one of that type. */
export async function changeByApis(environmentName: EnvironmentName): Promise<ExpectedSentences> {
  const resources = deployedResourcesOf(await readStack(environmentName));
  const expected = new Map<string, readonly RegExp[]>();
  for (const [type, { change, says }] of Object.entries(CHANGE)) {
    const resource = resources.filter((candidate) => candidate.type === type).at(-1);
    if (!resource) continue;
    await change(resource.physicalId, resource.properties as never);
    expected.set(resource.logicalId, says);
  }
  return expected;
}

/** Expects a sentence for each property that an API has changed. */
export function expectNamed(changes: readonly Change[], expected: ExpectedSentences): void {
  for (const [id, patterns] of expected) {
    const sentences = changes.filter(({ logicalId }) => logicalId === id).map(sentenceOf);
    for (const pattern of patterns) {
      expect(sentences).toContainEqual(expect.stringMatching(pattern));
    }
  }
}

/** Deletes the first resource of a type by its API, and returns its logical id. */
async function deleteByApi(type: string): Promise<string> {
  const resources = deployedResourcesOf(await readStack('prod'));
  const resource = resources.find((candidate) => candidate.type === type);
  await DELETE[type]?.(resource?.physicalId ?? '', resource?.properties as never);
  return resource?.logicalId ?? '';
}

type Prod = Awaited<ReturnType<typeof startProd>>;

/** Asks for all changes, runs each fix, and returns what was found; after that there is nothing more to find. */
async function askAndFix(prod: Prod): Promise<readonly Change[]> {
  const { changes } = await findings();
  const fixes = new Set(changes.map(({ fix }) => fix));
  for (const fix of fixes) await runFix(prod, fix);
  expect(await findings()).toMatchObject({ changes: [], failures: [] });
  return changes;
}

/** True if a resource refers to an attribute of a team's own types, which only AWS knows. */
function hasAttributeOfTeam({ logicalId }: DeployedResource, template: Template): boolean {
  const attributes = JSON.stringify(template.Resources[logicalId]).matchAll(/"Fn::GetAtt":\["(\w+)"/g);
  const types = Array.from(attributes, ([, id = '']) => template.Resources[id]?.Type ?? '');
  return types.some((type) => !(type in COVERAGE));
}

/** Changes and deletions of resources that CloudFormation does not compare, in a prod that is as deployed. */
export function handCases(prod: () => Prod): void {
  test('each type whose changes we read is changed or deleted by its API here', () => {
    const rows = Object.entries(COVERAGE).filter(([, { comparison, additions }]) => comparison ?? additions);
    const types = new Set([...Object.keys(CHANGE), ...Object.keys(DELETE), ...BROKEN_ELSEWHERE]);
    expect([...types].sort()).toEqual(rows.map(([type]) => type).sort());
  });

  test('what is as deployed has no change, although CloudFormation falsely reports one of the bucket', async () => {
    const { template } = await readStack('prod');
    const { changes, failures, neverCompared } = await findings();
    expect({ changes, failures }).toEqual({ changes: [], failures: [] });
    // The properties of each resource that our own table compares are known.
    const ours = neverCompared.filter((resource) => !hasAttributeOfTeam(resource, template));
    expect(ours.filter(({ type }) => coverageOf(type).comparison)).toEqual([]);
  });

  test('each property that an API changes is named, and the fixes take all back', async () => {
    const expected = await changeByApis('prod');
    expect(expected.size).toBe(Object.keys(CHANGE).length);
    const changes = await askAndFix(prod());
    expectNamed(changes, expected);
    // A deployment takes back what CloudFormation compares, and nothing else.
    const reverted = changes.filter(({ fix }) => fix === REVERT);
    expect(reverted.map(({ property }) => property)).toEqual(['HealthCheckPath']);
  }, 180_000);

  test('each resource that an API deletes is named, and its own command makes it again', async () => {
    const deletedIds: string[] = [];
    for (const type of Object.keys(DELETE)) {
      deletedIds.push(await deleteByApi(type));
    }
    const changes = await askAndFix(prod());
    const namedAsDeleted = changes.filter(isDeletion).map(({ logicalId }) => logicalId);
    expect(namedAsDeleted.sort()).toEqual(deletedIds.sort());
  }, 120_000);
}
