import { dev } from '@infra/testing/configs';
import { useDatabase } from './support/database';
import { buildByTheGuide, type HandMade } from './support/guide';
import { Life } from './support/life';
import { live } from './support/live';
import { Mover, seenThrough } from './support/moving';
import { secretOf } from './support/runbook';
import { push } from './support/steps';
import { until } from '@infra/common/test/support/until';

const life = new Life('dev');
let builtByHand: HandMade;
const mover = new Mover(life, () => ({ bucket: builtByHand.bucket, service: builtByHand.service, tag: 'v1' }));

live(life, [
  {
    name: 'a dev that was built by the guide serves',
    calls: [
      () => life.startPrepared(),
      async () => (builtByHand = await buildByTheGuide(life)),
      () =>
        until(
          () => seenThrough(life, 'prooflink-alb'),
          ({ answer }) => typeof answer === 'object',
        ),
      () => useDatabase(builtByHand.databaseUrl, life.aws),
    ],
  },
  {
    name: 'steps 1 to 4 of the page: a snapshot without encryption, as dev’s database is; no name of the stack is taken any more',
    calls: [
      () => mover.follow('1. The days before'),
      () => mover.follow('2. The window opens: no more writes', { OLD_URL: builtByHand.databaseUrl }),
      () => mover.follow('3. The snapshot'),
      () => mover.follow('4. Out of the way'),
      () => mover.follow('Dev only'),
    ],
    prints: /^False\t20\t15/m,
  },
  {
    name: 'steps 5 to 7: the stack is deployed, with each file and each row',
    calls: [
      () => {
        const database = { ...dev.database, fromSnapshot: 'prooflink-dev-moving-in' };
        mover.write('moving-dev', { ...dev, database });
      },
      () => mover.follow('5. The deploy'),
      () => mover.follow('6. The files'),
      async () => mover.follow('7. Counted again', { NEW_URL: await secretOf(life, 'DATABASE_URL') }),
    ],
    check: () => {
      expect(mover.read('new-rows.txt')).toContain('public.users|1000');
    },
  },
  {
    name: 'step 8: with its images pushed again, the application serves',
    calls: [push(life, 'v1'), () => mover.follow('8. The release')],
    check: async () => {
      expect((await seenThrough(life, 'prooflink-dev-alb')).answer).toEqual({ status: 'ok', version: 'v1' });
    },
  },
  { name: 'the resources that were built by hand are removed', calls: [() => mover.follow('Removing the old')] },
]);
