import { dev } from '../../lib/config';
import { prepare } from '../../tools/deploy-local/prooflink';
import { useDatabase } from './support/by-hand/data';
import { buildByTheGuide, type HandMade } from './support/by-hand/guide';
import { Life } from './support/life';
import { Mover } from './support/moving';
import { secretOf } from './support/runbook';
import { until } from './support/serving';
import { push } from './support/steps';

const life = new Life('dev');
let old: HandMade;
const mover = new Mover(life, () => ({ bucket: old.bucket, service: old.service, tag: 'v1' }));
afterAll(() => life.end());
afterEach(() => {
  expect(life.errors()).toBe('');
});

/** Answer of the application through a load balancer. */
async function health(name: string): Promise<unknown> {
  const { url = '' } = life.aws.listeners().find(({ loadBalancer }) => loadBalancer === name) ?? {};
  // A load balancer that was just made does not listen at once.
  const response = await fetch(`${url}/api/health`).catch(() => undefined);
  return response?.ok ? await response.json() : response?.status;
}

test('a dev that was built by the guide serves', async () => {
  await life.start();
  await prepare(life.aws);
  old = await buildByTheGuide(life);
  await until(
    () => health('prooflink-alb'),
    (seen) => typeof seen === 'object',
  );
  await useDatabase(old.databaseUrl, life.aws);
});

test('steps 1 to 4 of the page: a snapshot in clear text, as dev’s database is, and nothing is in the way', async () => {
  await mover.follow('1. The days before');
  await mover.follow('2. The window opens: no more writes', { OLD_URL: old.databaseUrl });
  expect(await mover.follow('3. The snapshot')).toMatch(/^False\t20\t15/m);
  await mover.follow('4. Out of the way');
  await mover.follow('Dev only');
});

test('steps 5 to 7: the stack stands, with each file and each row', async () => {
  mover.write('moving-dev', { ...dev, database: { ...dev.database, fromSnapshot: 'prooflink-dev-moving-in' } });
  await mover.follow('5. The deploy');
  await mover.follow('6. The files');
  await mover.follow('7. Counted again', { NEW_URL: await secretOf(life, 'DATABASE_URL') });
  expect(mover.read('new-rows.txt')).toContain('public.users|1000');
});

test('step 8: with its images pushed again, the application serves', async () => {
  life.outputs = await life.readOutputs();
  await push(life, 'v1');
  await mover.follow('8. The release');
  expect(await health('prooflink-dev-alb')).toEqual({ status: 'ok', version: 'v1' });
});

test('the old is removed', () => mover.follow('Removing the old'));
