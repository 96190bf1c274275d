import { ECS } from '@aws-sdk/client-ecs';
import { RDS } from '@aws-sdk/client-rds';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { readStack } from '../../../../tools/environment/deployed-stack';
import { sayChange, TABLE } from '../../../../tools/health/hand';
import { COMPARED_BY_CLOUDFORMATION } from '../../../../tools/health/hand/drift';
import { wordsFor } from '../../../../tools/health/hand/words';
import { other, SET } from './changed-by-api';
import { DELETE } from './deleted-by-api';
import { domainCases } from './domain-cases';
import { leaves, partOf, PARTS } from './not-changed';
import { Standing } from './standing';
import { TABLE_BY_HAND } from './table-by-hand';

let prod: Standing;
let dev: Standing;

beforeAll(async () => {
  [prod, dev] = (await Standing.deploy('prod', 'dev')) as [Standing, Standing];
}, 180_000);

afterAll(() => prod.stop());

const REVERT = 'npx cdk deploy ProoflinkProd --revert-drift';
const COMPARED = [...COMPARED_BY_CLOUDFORMATION];
/** Prod has no schedules, and its standby holds the subnets of both zones. */
const IN_DEV = ['AWS::RDS::DBSubnetGroup', 'AWS::Scheduler::Schedule'];
/** The first changes of each type at once, then the second ones. */
const ROUNDS = [0, 1].map((round) =>
  TABLE_BY_HAND.filter(
    ([type], at) => TABLE_BY_HAND.slice(0, at).filter(([before]) => before === type).length === round,
  ),
);

describe('what CloudFormation does not compare', () => {
  test('each type of the table is changed below', () => {
    expect(new Set(TABLE_BY_HAND.map(([type]) => type))).toEqual(new Set(Object.keys(TABLE)));
    expect(ROUNDS.flat()).toHaveLength(TABLE_BY_HAND.length);
  });

  test.each(ROUNDS.map((cases, round) => [round + 1, cases] as const))(
    'changes, round %i: each is named, and its own command takes it back',
    async (_, cases) => {
      const standingOf = (type: string) => (IN_DEV.includes(type) ? dev : prod);
      for (const [type, , act] of cases) await act(await standingOf(type).id(type), standingOf(type));
      for (const standing of [prod, dev]) {
        const { changes } = await standing.changes(...Object.keys(TABLE));
        const own = cases.filter(([type]) => standingOf(type) === standing);
        const of = (type: string) => changes.filter((each) => each.type === type).map(sayChange);
        expect(own.map(([type]) => of(type).join('\n'))).toEqual(
          own.map(([type, says]) =>
            says === 'deleted' ? `deleted by hand: ${type}` : (expect.stringMatching(says) as string),
          ),
        );
        for (const fix of new Set(changes.map((each) => each.fix))) await standing.run(fix);
      }
    },
    120_000,
  );
});

describe('an environment of which nothing was changed by hand, or all was taken back', () => {
  test.each(['prod', 'dev'])('%s: nothing is named, and nothing is left out', async (environment) => {
    const standing = { prod, dev }[environment];
    expect(await standing?.changes()).toEqual({ changes: [], notCompared: [] });
  });
});

describe('what CloudFormation compares', () => {
  test('each property that an API changes is named, and a deploy that reverts drift takes all back', async () => {
    const before = await prod.properties(COMPARED);
    for (const { type, physicalId, expected } of before)
      await Promise.all(SET[type]?.(physicalId, other(expected) as typeof expected) ?? []);
    const { changes } = await prod.changes(...COMPARED);
    const unseen = before.flatMap(({ logicalId, type, template, expected }) => {
      const named = changes.filter((each) => each.logicalId === logicalId).map(({ what }) => `${what} `);
      const isNamed = (what: string) =>
        named.some((each) => each.startsWith(`${what} `) || `${what} `.startsWith(each));
      return leaves(template)
        .filter((path) => !isNamed(wordsFor(path, expected)))
        .map((path) => partOf(type, path) ?? `unseen: ${logicalId} ${path}`);
    });
    expect([...new Set(unseen)].sort()).toEqual([...PARTS].sort());
    expect(changes.map(sayChange)).toContain('changed by hand: health check path `/api/health` → `/api/health-other`');
    expect(new Set(changes.map(({ fix }) => fix))).toEqual(new Set([REVERT]));
    const { exitCode, output } = await prod.revertDrift();
    expect([exitCode, exitCode === 0 ? '' : output]).toEqual([0, '']);
    expect((await prod.changes(...COMPARED)).changes).toEqual([]);
  }, 180_000);

  test('what changes by design does not count, and a storage that grew has to be written down before a deploy', async () => {
    const service = await prod.id('AWS::ECS::Service');
    await new ECS({}).updateService({ cluster: 'prooflink-prod-cluster', service, desiredCount: 4 });
    const DBInstanceIdentifier = await prod.id('AWS::RDS::DBInstance');
    await new RDS({}).modifyDBInstance({ DBInstanceIdentifier, AllocatedStorage: 120 });
    expect((await prod.changes(...COMPARED)).changes).toEqual([]);
    const TargetGroupArn = await prod.id('AWS::ElasticLoadBalancingV2::TargetGroup');
    await new ElasticLoadBalancingV2({}).modifyTargetGroup({ TargetGroupArn, HealthCheckPath: '/nope' });
    const [change] = (await prod.changes(...COMPARED)).changes;
    expect(change?.fix).toBe(
      `set database.allocatedStorage in lib/config to 120 GiB, to which it has grown, then ${REVERT}`,
    );
    const { exitCode, output } = await prod.revertDrift();
    expect([exitCode, output]).toEqual([1, expect.stringContaining('Invalid storage size: 100 GiB is less than')]);
  }, 60_000);
});

describe('the domain', domainCases);

test('a secret that was deleted for good is not to be restored: no command brings it back', async () => {
  const SecretId = await dev.id('AWS::SecretsManager::Secret', 'SessionSecret');
  await new SecretsManager({}).deleteSecret({ SecretId, ForceDeleteWithoutRecovery: true });
  const { changes } = await dev.changes('AWS::SecretsManager::Secret');
  expect(changes.map(({ what, fix }) => [what, fix])).toEqual([
    ['', expect.stringMatching(/^nothing brings it back: /)],
  ]);
});

test('a resource of each type that its API deletes is named, and a lost database is restored first', async () => {
  expect(Object.keys(DELETE)).toEqual(expect.arrayContaining(COMPARED));
  const { ids } = await readStack('prod');
  for (const [type, remove] of Object.entries(DELETE)) for (const id of ids(type)) await remove(id);
  const gone = (await prod.changes()).changes.filter(({ what }) => what === '');
  expect(gone.map(({ type }) => type)).toEqual(expect.arrayContaining(Object.keys(DELETE)));
  expect(gone.find(({ type }) => type === 'AWS::RDS::DBInstance')?.fix).toContain('docs/moving-in.md');
}, 60_000);
