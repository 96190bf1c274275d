import { prod } from '@infra/testing/configs';
import { useDatabase } from './support/database';
import { buildByTheGuide, type HandMade } from './support/guide';
import { Life } from './support/life';
import { live, type Step } from './support/live';
import { Mover, type Seen, visit } from './support/moving';
import { secretOf } from './support/runbook';
import { sdk } from './support/sdk';
import { until } from '@infra/common/test/support/until';

const { domain } = prod.loadBalancer;
/** Name by which users come, and the one under which the new environment is tried before they move. */
const USERS_NAME = domain?.domainName ?? '';
const TRIAL_NAME = `new.${USERS_NAME}`;

/** Answer of the application through a load balancer. */
const applicationThrough = (through: string): Seen => ({ through, answer: { status: 'ok', version: 'by hand' } });

/** The application that was built by the guide, and the one of the stack. */
const OLD_APPLICATION = applicationThrough('prooflink-alb');
const NEW_APPLICATION = applicationThrough('prooflink-prod-alb');
/** Answer of the old load balancer while its application is stopped. */
const CLOSED: Seen = { through: 'prooflink-alb', answer: 503 };

const life = new Life('prod');
let old: HandMade;
/** The person who follows docs/moving-in.md. */
const mover = new Mover(life, () => ({
  bucket: old.bucket,
  service: old.service,
  tag: 'latest',
  zone: domain?.hostedZoneId ?? '',
  domain: USERS_NAME,
}));

/** Writes the config of a stack that restores the snapshot and has a domain name. */
const writeConfig = (folder: string, domainName: string) => () => {
  mover.write(folder, {
    ...prod,
    database: { ...prod.database, fromSnapshot: 'prooflink-prod-moving-in-encrypted' },
    loadBalancer: { ...prod.loadBalancer, domain: domain && { ...domain, domainName } },
  });
};

/** Waits until a visitor of a name sees the answer: targets become healthy, and records spread. */
const waitUntilSeen = (name: string, answer: Seen) => () =>
  until(
    () => visit(life, name),
    (seen) => JSON.stringify(seen) === JSON.stringify(answer),
  );

/** Checks that a visitor of a name sees the answer at once. */
const expectSeen = (name: string, answer: Seen) => async () => {
  expect(await visit(life, name)).toEqual(answer);
};

/** Runs the commands of a chapter of the page. */
const follow = (chapter: string) => () => mover.follow(chapter);

/** Line that step 3 prints of the snapshot, as prod's config has it too: multi-AZ, storage in GB, major version. */
const SNAPSHOT_OF_PROD = /^True\t100\t15/m;

/** Rows of each table, as support/database.ts inserts them. */
const OLD_ROWS = ['audit.Log|2000', 'public.evidences|300', 'public.imports|0', 'public.users|1000'];

/** Summary of `aws s3 ls`: support/guide.ts uploads 26 files. */
const ALL_FILES = /^Total Objects: 26$/m;

const steps: Step[] = [
  {
    name: 'an environment that was built by the guide serves its users',
    calls: [
      () => life.startPrepared(),
      async () => (old = await buildByTheGuide(life)),
      waitUntilSeen(USERS_NAME, OLD_APPLICATION),
      () => useDatabase(old.databaseUrl, life.aws),
    ],
  },
  {
    name: 'steps 1 and 2 of the page: the database is as the config says, and the application stops',
    calls: [
      follow('1. The days before'),
      () => mover.follow('2. The window opens: no more writes', { OLD_URL: old.databaseUrl }),
    ],
    check: () => {
      expect(mover.read('old-rows.txt')).toBe(`${OLD_ROWS.join('\n')}\n`);
    },
  },
  {
    name: 'steps 3 and 4: the snapshot is encrypted, and no old resource has a name that the stack needs',
    calls: [follow('3. The snapshot'), follow('4. Out of the way')],
    prints: SNAPSHOT_OF_PROD,
  },
  { name: 'meanwhile users see an error, from the old load balancer', calls: [expectSeen(USERS_NAME, CLOSED)] },
  {
    name: 'step 5: the stack is created, and imports the old registries and log groups with their content',
    calls: [writeConfig('moving', TRIAL_NAME), follow('5. The deploy')],
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
    // The page's own diff compares the rows of step 2 with the new ones: a difference fails step 7.
    name: 'steps 6 and 7: each file and each row is there',
    calls: [
      follow('6. The files'),
      async () => mover.follow('7. Counted again', { NEW_URL: await secretOf(life, 'DATABASE_URL') }),
    ],
    check: () => {
      expect(mover.read('new-files.txt')).toMatch(ALL_FILES);
    },
  },
  {
    name: 'step 8: the application answers under the trial name, and users still see the error',
    calls: [follow('8. The release'), waitUntilSeen(TRIAL_NAME, NEW_APPLICATION), expectSeen(USERS_NAME, CLOSED)],
  },
  {
    name: 'the way back: the old application serves users again, from the renamed database',
    calls: [
      follow('The way back'),
      waitUntilSeen(USERS_NAME, OLD_APPLICATION),
      // Users then move after all: the old application stops again, as in step 2.
      () => sdk.ecs.updateService({ cluster: 'prooflink-prod-old', service: 'prooflink-prod-old', desiredCount: 0 }),
      waitUntilSeen(USERS_NAME, CLOSED),
    ],
  },
  {
    name: 'step 9: users come to the new application by their name, and the trial name is gone',
    calls: [
      writeConfig('moved', USERS_NAME),
      follow('9. Users move'),
      waitUntilSeen(USERS_NAME, NEW_APPLICATION),
      expectSeen(TRIAL_NAME, { answer: 'no such name' }),
    ],
  },
  {
    name: 'the old environment is removed, but for its last snapshot, and users do not notice',
    calls: [follow('Removing the old'), expectSeen(USERS_NAME, NEW_APPLICATION)],
    check: async () => {
      const { DBInstances = [] } = await sdk.rds.describeDBInstances({});
      expect(DBInstances.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier)).toEqual(['prooflink-prod-db']);
      const last = { DBSnapshotIdentifier: 'prooflink-prod-db-old-last' };
      expect((await sdk.rds.describeDBSnapshots(last)).DBSnapshots).toHaveLength(1);
    },
  },
  {
    // The chapter changes the record alone. "Removing the old" has deleted that load balancer by now, so that no one listens.
    name: 'the chapter "Once users have moved" points their name to the old load balancer again',
    calls: [follow('Once users have moved'), expectSeen(USERS_NAME, { answer: 'nobody listens' })],
  },
];

live(life, steps);
