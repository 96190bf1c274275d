import type { Template } from '@infra/common/template';
import { readStack } from '@infra/operate/deployed/deployed-stack';
import { environmentOf } from '@infra/operate/deployed/environment';
import { findChangesByHand, sentenceOf } from '../../src/changed-by-hand/changed-by-hand';
import { COVERAGE, coverageOf } from '../../src/changed-by-hand/coverage';
import { type DeployedResource, deployedResourcesOf } from '@infra/operate/deployed/deployed-resources';
import type { Change } from '../../src/changed-by-hand/findings';
import { runFix } from '../health/run-fix';
import { type ApiCall, CHANGE, DELETE } from './by-api';
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

/** Calls an API for the first or the last resource of a type, and returns its logical id. */
async function callApi(type: string, position: 0 | -1, api: ApiCall): Promise<string> {
  const resources = deployedResourcesOf(await readStack('prod'));
  const resource = resources.filter((candidate) => candidate.type === type).at(position);
  await api(resource?.physicalId ?? '', resource?.properties as never);
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
    const logicalIds = new Map<string, string>();
    for (const [type, { change }] of Object.entries(CHANGE)) {
      logicalIds.set(type, await callApi(type, -1, change));
    }
    const changes = await askAndFix(prod());
    for (const [type, { says }] of Object.entries(CHANGE)) {
      const sentences = changes.filter(({ logicalId }) => logicalId === logicalIds.get(type)).map(sentenceOf);
      expect(sentences).toEqual(
        expect.arrayContaining(says.map((pattern) => expect.stringMatching(pattern) as string)),
      );
    }
    // A deployment takes back what CloudFormation compares, and nothing else.
    expect(changes.filter(({ fix }) => fix === REVERT).map(({ property }) => property)).toEqual(['HealthCheckPath']);
  }, 180_000);

  test('each resource that an API deletes is named, and its own command makes it again', async () => {
    const deleted: string[] = [];
    for (const [type, remove] of Object.entries(DELETE)) deleted.push(await callApi(type, 0, remove));
    const changes = await askAndFix(prod());
    const namedAsDeleted = changes.filter(({ property }) => property === '').map(({ logicalId }) => logicalId);
    expect(namedAsDeleted.sort()).toEqual(deleted.sort());
  }, 120_000);
}
