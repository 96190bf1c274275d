import { prod } from '../../lib/config';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { prepare } from '../../tools/deploy-local/prooflink';
import { useDatabase } from './support/by-hand/data';
import { buildByTheGuide, type HandMade } from './support/by-hand/guide';
import { Life } from './support/life';
import { Mover, visit } from './support/moving';
import { secretOf } from './support/runbook';
import { until } from './support/serving';

const { domain } = prod.loadBalancer;
const USERS = domain?.domainName ?? '';
const ON_TRIAL = `new.${USERS}`;
const SERVES = { status: 'ok', version: 'by hand' };

const life = new Life('prod');
let old: HandMade;
const mover = new Mover(life, () => ({
  bucket: old.bucket,
  service: old.service,
  tag: 'latest',
  zone: domain?.hostedZoneId ?? '',
  domain: USERS,
}));
afterAll(() => life.end());
afterEach(() => {
  expect(life.errors()).toBe('');
});

function movingTo(domainName: string): EnvironmentConfig {
  return {
    ...prod,
    database: { ...prod.database, fromSnapshot: 'prooflink-prod-moving-in' },
    loadBalancer: { ...prod.loadBalancer, domain: domain && { ...domain, domainName } },
  };
}

const comes = (name: string, wanted: unknown) =>
  until(
    () => visit(life, name),
    (seen) => JSON.stringify(seen) === JSON.stringify(wanted),
  );

test('an environment that was built by the guide serves its users', async () => {
  await life.start();
  await prepare(life.aws);
  old = await buildByTheGuide(life);
  await comes(USERS, SERVES);
  await useDatabase(old.databaseUrl, life.aws);
});

test('the page, steps 1 and 2: the database is as the config says, and the application stops', async () => {
  await mover.follow('1. The days before');
  await mover.follow('2. The window opens: nobody writes any more', { OLD_URL: old.databaseUrl });
});

test('the page, steps 3 and 4: an encrypted snapshot; what would be in the way is not', async () => {
  expect(await mover.follow('3. The snapshot')).toMatch(/^True\t100\t15/m);
  await mover.follow('4. Out of the way');
});

test('what users see meanwhile is an error, from the old load balancer', async () => {
  expect(await visit(life, USERS)).toBe(503);
});

test('the page, step 5: the stack stands, and registries and logs are its own', async () => {
  mover.write('moving', movingTo(ON_TRIAL));
  await mover.follow('5. The deploy');
  expect((await life.describe())?.StackStatus).toBe('CREATE_COMPLETE');
});

test('the page, steps 6 and 7: each file and each row is there', async () => {
  await mover.follow('6. The files');
  await mover.follow('7. Counted again', { NEW_URL: await secretOf(life, 'DATABASE_URL') });
});

test('the page, step 8: who moves sees the application under the new name, and users still see nothing', async () => {
  await mover.follow('8. The release');
  await comes(ON_TRIAL, SERVES);
  expect(await visit(life, USERS)).toBe(503);
});
