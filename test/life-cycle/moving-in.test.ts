import { prod } from '../support/configs';
import { useDatabase } from './support/database';
import { buildByTheGuide, type HandMade } from './support/guide';
import { Life } from './support/life';
import { live, type Step } from './support/live';
import { Mover, type Seen, visit } from './support/moving';
import { secretOf } from './support/runbook';
import { sdk } from './support/sdk';
import { until } from '../support/until';

const { domain } = prod.loadBalancer;
const USERS = domain?.domainName ?? '';
const ON_TRIAL = `new.${USERS}`;
const answers = (through: string): Seen => ({ through, answer: { status: 'ok', version: 'by hand' } });
const OLD = answers('prooflink-alb');
const NEW = answers('prooflink-prod-alb');
const CLOSED: Seen = { through: 'prooflink-alb', answer: 503 };

const life = new Life('prod');
let old: HandMade;
const mover = new Mover(life, () => ({
  bucket: old.bucket,
  service: old.service,
  tag: 'latest',
  zone: domain?.hostedZoneId ?? '',
  domain: USERS,
}));

/** Writes the config with which the stack answers to a name. */
const movingTo = (folder: string, domainName: string) => () => {
  mover.write(folder, {
    ...prod,
    database: { ...prod.database, fromSnapshot: 'prooflink-prod-moving-in-encrypted' },
    loadBalancer: { ...prod.loadBalancer, domain: domain && { ...domain, domainName } },
  });
};

/** Waits until a user of a name sees this. */
const comes = (name: string, wanted: Seen) => () =>
  until(
    () => visit(life, name),
    (seen) => JSON.stringify(seen) === JSON.stringify(wanted),
  );

/** Users of a name see this at once. */
const sees = (name: string, wanted: Seen) => async () => {
  expect(await visit(life, name)).toEqual(wanted);
};

const page = (chapter: string) => () => mover.follow(chapter);

const steps: Step[] = [
  {
    name: 'an environment that was built by the guide serves its users',
    calls: [
      () => life.startPrepared(),
      async () => (old = await buildByTheGuide(life)),
      comes(USERS, OLD),
      () => useDatabase(old.databaseUrl, life.aws),
    ],
  },
  {
    name: 'steps 1 and 2 of the page: the database is as the config says, and the application stops',
    calls: [
      page('1. The days before'),
      () => mover.follow('2. The window opens: no more writes', { OLD_URL: old.databaseUrl }),
    ],
    check: () => {
      const rows = ['audit.Log|2000', 'public.evidences|300', 'public.imports|0', 'public.users|1000'];
      expect(mover.read('old-rows.txt')).toBe(`${rows.join('\n')}\n`);
    },
  },
  {
    name: 'steps 3 and 4: an encrypted snapshot; what would be in the way is not',
    calls: [page('3. The snapshot'), page('4. Out of the way')],
    prints: /^True\t100\t15/m,
  },
  { name: 'what users see meanwhile is an error, from the old load balancer', calls: [sees(USERS, CLOSED)] },
  {
    name: 'step 5: the stack is deployed, and has the old registries and log groups',
    calls: [movingTo('moving', ON_TRIAL), page('5. The deploy')],
    status: 'CREATE_COMPLETE',
    check: async () => {
      const resources = await life.resources();
      const imported = resources.filter(({ ResourceStatus }) => String(ResourceStatus) === 'IMPORT_COMPLETE');
      expect(imported.map(({ PhysicalResourceId }) => PhysicalResourceId).sort()).toEqual([
        '/aws/batch/prooflink-prod',
        '/ecs/prooflink-prod-app',
        'prooflink-prod-app',
        'prooflink-prod-batch',
      ]);
    },
  },
  {
    name: 'steps 6 and 7: each file and each row is there',
    calls: [
      page('6. The files'),
      async () => mover.follow('7. Counted again', { NEW_URL: await secretOf(life, 'DATABASE_URL') }),
    ],
    check: () => {
      expect(mover.read('new-files.txt')).toMatch(/^Total Objects: 26$/m);
    },
  },
  {
    name: 'step 8: who moves sees the application under the new name, and users still see nothing',
    calls: [page('8. The release'), comes(ON_TRIAL, NEW), sees(USERS, CLOSED)],
  },
  {
    name: 'the way back: the old application serves users from the renamed database, with all that was in it',
    calls: [
      page('The way back'),
      comes(USERS, OLD),
      () => sdk.ecs.updateService({ cluster: 'prooflink-prod-old', service: 'prooflink-prod-old', desiredCount: 0 }),
      comes(USERS, CLOSED),
    ],
  },
  {
    name: 'step 9: users come to the new one, by their name',
    calls: [
      movingTo('moved', USERS),
      page('9. Users move'),
      comes(USERS, NEW),
      sees(ON_TRIAL, { answer: 'no such name' }),
    ],
  },
  {
    name: 'the old is removed, but for its last snapshot, and users do not notice',
    calls: [page('Removing the old'), sees(USERS, NEW)],
    check: async () => {
      const { DBInstances = [] } = await sdk.rds.describeDBInstances({});
      expect(DBInstances.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier)).toEqual(['prooflink-prod-db']);
      const last = { DBSnapshotIdentifier: 'prooflink-prod-db-old-last' };
      expect((await sdk.rds.describeDBSnapshots(last)).DBSnapshots).toHaveLength(1);
    },
  },
  {
    name: 'the way back of users’ record leads to the old load balancer, which need not be there',
    calls: [page('Once users have moved'), sees(USERS, { answer: 'nobody listens' })],
  },
];

live(life, steps);
