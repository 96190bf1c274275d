import type { UpdateScheduleInput } from '@aws-sdk/client-scheduler';
import { Part, type StackPart } from '@infra/commands/app';
import { type Dev, names } from '@infra/local/test/support/running-dev';
import { changeService, doctor, idOf, textsOf } from './breaking';
import { rds, scheduler } from '../health/clients';
import { runFix } from '../health/run-fix';

export const NIGHT = { now: new Date('2026-11-25T15:00:00Z') };
export const DAY = { now: new Date('2026-11-25T03:00:00Z') };

/** A night after this one: an evening before the schedules were deployed is none of theirs. */
function nextNight() {
  const now = new Date();
  now.setUTCHours(24 + NIGHT.now.getUTCHours(), 0);
  return { now };
}

const SCHEDULES = [Part.startDatabase, Part.startTasks, Part.stopTasks, Part.stopDatabase];

/** Changes a schedule by hand. */
async function changeSchedule(part: StackPart, change: Partial<UpdateScheduleInput>): Promise<void> {
  const Name = await idOf(part);
  const { ScheduleExpression, ScheduleExpressionTimezone, FlexibleTimeWindow, Target, State } =
    await scheduler.getSchedule({ Name });
  await scheduler.updateSchedule({
    Name,
    ScheduleExpression,
    ScheduleExpressionTimezone,
    FlexibleTimeWindow,
    Target,
    State,
    ...change,
  });
}

async function disable(...parts: readonly StackPart[]): Promise<void> {
  for (const part of parts) await changeSchedule(part, { State: 'DISABLED' });
}

/** A way in which nothing starts the environment in the morning. */
interface BrokenMorning {
  readonly title: string;
  readonly breakIt: () => Promise<unknown>;
  readonly says: RegExp;
}

const BROKEN_MORNINGS: readonly BrokenMorning[] = [
  {
    title: 'all schedules are disabled',
    breakIt: () => disable(...SCHEDULES),
    says: /(prooflink-dev-(start|stop)-(database|web-tasks) changed by hand: State .*){4}/,
  },
  {
    title: 'the schedule of the web tasks runs at another time',
    breakIt: () => changeSchedule(Part.startTasks, { ScheduleExpression: 'rate(365 days)' }),
    says: /start-web-tasks changed by hand: ScheduleExpression .* `rate\(365 days\)`\.$/,
  },
  {
    title: 'the schedule of the web tasks starts none',
    breakIt: async () => {
      const { Target } = await scheduler.getSchedule({ Name: await idOf(Part.startTasks) });
      const Input = JSON.stringify({ Cluster: names.cluster, Service: names.service, DesiredCount: 0 });
      return changeSchedule(Part.startTasks, { Target: { Arn: '', RoleArn: '', ...Target, Input } });
    },
    says: /prooflink-dev-start-web-tasks changed by hand: Target\.Input /,
  },
  {
    title: 'the schedule of the web tasks was deleted',
    breakIt: async () => scheduler.deleteSchedule({ Name: await idOf(Part.startTasks) }),
    says: /prooflink-dev-start-web-tasks deleted by hand\.$/,
  },
];

/** The fault shows in the morning only: by night, no answer may be that the environment sleeps until then. */
export function scheduleCases(dev: Dev): void {
  describe('nothing starts the environment in the morning', () => {
    beforeAll(async () => {
      await changeService({ desiredCount: 0 });
      await rds.stopDBInstance({ DBInstanceIdentifier: names.dbInstance });
    });

    afterAll(async () => {
      await runFix(dev(), 'npm run prooflink -- start dev');
    }, 60_000);

    it.each(BROKEN_MORNINGS)(
      '$title: that is the cause by night and by day',
      async ({ breakIt, says }) => {
        await breakIt();
        const { cause } = await doctor(NIGHT);
        const { cause: causeByDay } = await doctor(DAY);
        expect(cause?.says).toMatch(says);
        expect(causeByDay).toMatchObject({
          says: cause?.says,
          fix: `${cause?.fix ?? ''}\nnpm run prooflink -- start dev`,
        });
        await runFix(dev(), cause?.fix ?? '');
        const healed = await doctor(NIGHT);
        expect(healed).toMatchObject({ exitCode: 0, cause: null });
        expect(textsOf(healed, 'asleep')).toContain('asleep until 2026-11-26 09:15 (Tokyo)');
      },
      60_000,
    );

    it('a database that runs at night is the cause, until the printed command has stopped it', async () => {
      await rds.startDBInstance({ DBInstanceIdentifier: names.dbInstance });
      const { exitCode, cause } = await doctor(nextNight());
      expect(exitCode).toBe(1);
      expect(cause?.says).toMatch(/ runs, and costs, outside its hours\.$/);
      const [stopCommand = '', whyNot] = cause?.fix?.split('\n') ?? [];
      expect(whyNot).toMatch(/: aws ssm describe-automation-executions .*Values=AWS-StopRdsInstance /);
      await runFix(dev(), stopCommand);
      const healed = await doctor(nextNight());
      expect(healed).toMatchObject({ exitCode: 0, cause: null });
    }, 60_000);
  });
}
