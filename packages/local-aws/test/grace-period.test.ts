import { Account } from './support/account';
import { SERVICE, startWebService } from './support/web-service';

/** Start time in milliseconds, longer than the checks that make a target unhealthy. */
const SLOW = '7500';

const account = Account.shared({ run: true, usedBefore: true });
let web: Awaited<ReturnType<typeof startWebService>>;

beforeAll(async () => {
  web = await startWebService(account, 3);
}, 60_000);

async function start(version: string, healthCheckGracePeriodSeconds: number) {
  const taskDefinition = await web.define(version, { SLOW });
  await web.ecs.updateService({ ...SERVICE, taskDefinition, healthCheckGracePeriodSeconds });
  return (await web.settled()).deployments?.[0]?.rolloutState;
}

test('a slow program fails without a grace period, and completes within one', async () => {
  expect(await start('v2', 0)).toBe('FAILED');
  expect(await start('v3', 30)).toBe('COMPLETED');
  expect(await web.ask()).toMatchObject({ VERSION: 'v3' });
}, 60_000);

test('a failed first deployment is not retried, and the next one completes', async () => {
  const scale = (desiredCount: number) => web.ecs.updateService({ ...SERVICE, desiredCount });
  await scale(0);
  await web.settled();
  await web.release('v4', {}, ['no-such-file.js']);
  await scale(1);
  const { deployments, events = [] } = await web.settled();
  expect(deployments?.[0]).toMatchObject({ rolloutState: 'FAILED', runningCount: 0 });
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect((await web.describeService()).events).toHaveLength(events.length);
  await web.release('v5');
  expect((await web.settled()).deployments?.[0]).toMatchObject({ rolloutState: 'COMPLETED', runningCount: 1 });
}, 60_000);
