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

/** Name under which users reach the application. */
const USERS_DOMAIN = domain?.domainName ?? '';

/** Name under which the new application is tried before users move. */
const TRIAL_DOMAIN = `new.${USERS_DOMAIN}`;

const applicationThrough = (loadBalancer: string): Seen => ({
  through: loadBalancer,
  answer: { status: 'ok', version: 'by hand' },
});

/** Answers to a visitor: the application that was built by hand, that of the stack, or the old load balancer without tasks. */
const OLD_APPLICATION = applicationThrough('prooflink-alb');
const NEW_APPLICATION = applicationThrough('prooflink-prod-alb');
const CLOSED: Seen = { through: 'prooflink-alb', answer: 503 };

const life = new Life('prod');
let builtByHand: HandMade;
const mover = new Mover(life, () => ({
  bucket: builtByHand.bucket,
  service: builtByHand.service,
  tag: 'latest',
  zone: domain?.hostedZoneId ?? '',
  domain: USERS_DOMAIN,
}));

/** Writes the config with which the stack answers to a name. */
const movingTo = (folder: string, domainName: string) => () => {
  mover.write(folder, {
    ...prod,
    database: { ...prod.database, fromSnapshot: 'prooflink-prod-moving-in-encrypted' },
    loadBalancer: { ...prod.loadBalancer, domain: domain && { ...domain, domainName } },
  });
};

/** Waits until a visitor of a domain sees this. */
const waitUntilVisitorSees = (domainName: string, expected: Seen) => () =>
  until(
    () => visit(life, domainName),
    (seen) => JSON.stringify(seen) === JSON.stringify(expected),
  );

/** A visitor of a domain sees this at once. */
const visitorSees = (domainName: string, expected: Seen) => async () => {
  expect(await visit(life, domainName)).toEqual(expected);
};

/** Runs the commands of a chapter of docs/moving-in.md. */
const page = (chapter: string) => () => mover.follow(chapter);

const steps: Step[] = [
  {
    name: 'an environment that was built by the guide serves its users',
    calls: [
      () => life.startPrepared(),
      async () => (builtByHand = await buildByTheGuide(life)),
      waitUntilVisitorSees(USERS_DOMAIN, OLD_APPLICATION),
      () => useDatabase(builtByHand.databaseUrl, life.aws),
    ],
  },
  {
    name: 'steps 1 and 2 of the page: the database is as the config says, and the application stops',
    calls: [
      page('1. The days before'),
      () => mover.follow('2. The window opens: no more writes', { OLD_URL: builtByHand.databaseUrl }),
    ],
    check: () => {
      const rows = ['audit.Log|2000', 'public.evidences|300', 'public.imports|0', 'public.users|1000'];
      expect(mover.read('old-rows.txt')).toBe(`${rows.join('\n')}\n`);
    },
  },
  {
    name: 'steps 3 and 4: an encrypted snapshot; no name of the stack is taken any more',
    calls: [page('3. The snapshot'), page('4. Out of the way')],
    prints: /^True\t100\t15/m,
  },
  {
    name: 'meanwhile users see an error of the old load balancer, and nothing is written',
    calls: [visitorSees(USERS_DOMAIN, CLOSED)],
  },
  {
    name: 'step 5: the stack is deployed, and has the old registries and log groups',
    calls: [movingTo('moving', TRIAL_DOMAIN), page('5. The deploy')],
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
    name: 'step 8: the application answers under the trial domain, and users still see the error',
    calls: [
      page('8. The release'),
      waitUntilVisitorSees(TRIAL_DOMAIN, NEW_APPLICATION),
      visitorSees(USERS_DOMAIN, CLOSED),
    ],
  },
  {
    name: 'the way back: the old application serves users from the renamed database, with all that was in it',
    calls: [
      page('The way back'),
      waitUntilVisitorSees(USERS_DOMAIN, OLD_APPLICATION),
      () => sdk.ecs.updateService({ cluster: 'prooflink-prod-old', service: 'prooflink-prod-old', desiredCount: 0 }),
      waitUntilVisitorSees(USERS_DOMAIN, CLOSED),
    ],
  },
  {
    name: 'step 9: users come to the new one, by their name',
    calls: [
      movingTo('moved', USERS_DOMAIN),
      page('9. Users move'),
      waitUntilVisitorSees(USERS_DOMAIN, NEW_APPLICATION),
      visitorSees(TRIAL_DOMAIN, { answer: 'no such name' }),
    ],
  },
  {
    name: 'the resources that were built by hand are removed, but for the last snapshot, and users do not notice',
    calls: [page('Removing the old'), visitorSees(USERS_DOMAIN, NEW_APPLICATION)],
    check: async () => {
      const { DBInstances = [] } = await sdk.rds.describeDBInstances({});
      expect(DBInstances.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier)).toEqual(['prooflink-prod-db']);
      const last = { DBSnapshotIdentifier: 'prooflink-prod-db-old-last' };
      expect((await sdk.rds.describeDBSnapshots(last)).DBSnapshots).toHaveLength(1);
    },
  },
  {
    name: 'the way back of the users’ record leads to the old load balancer, even if it was removed',
    calls: [page('Once users have moved'), visitorSees(USERS_DOMAIN, { answer: 'nobody listens' })],
  },
];

live(life, steps);
