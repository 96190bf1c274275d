import { STAGES } from '../../../operate/rehearse/stages/all';
import { refusalByTime } from '../../../operate/rehearse/schedule-check';
import { devAwayFromOfficeHours } from '../../life-cycle/support/office-hours';
import { template as templateOf } from '../../../../test/support/assembly';
import { synthesizeOther } from '../../../../test/support/other-environment';

/** A moment of 2026-11-27 in Japan, a Friday. */
function inTokyo(time: string): Date {
  return new Date(`2026-11-27T${time}:00+09:00`);
}

const EXPECTED_MINUTES = 140;

// Dev's hours are 09:00 to 22:00; its tasks start at 09:15, once the database has had its time.
it.each([
  { title: 'in the afternoon nothing fires', time: '14:00', refusal: undefined },
  { title: 'in the night nothing fires either', time: '23:30', refusal: undefined },
  {
    title: 'an evening within the expected time is refused until it is over',
    time: '20:30',
    refusal: /fires at 2026-11-27 22:\d\d \(Tokyo\).* It may begin at 2026-11-27 22:\d\d \(Tokyo\)/,
  },
  {
    title: 'so is an evening within the hour after it',
    time: '18:50',
    refusal: /It may begin at 2026-11-27 22:\d\d \(Tokyo\)/,
  },
  {
    title: 'a morning is refused until the tasks have started, too',
    time: '08:00',
    refusal: /fires at 2026-11-27 09:15 \(Tokyo\).* It may begin at 2026-11-27 09:16 \(Tokyo\)/,
  },
])('$title', ({ time, refusal }) => {
  const found = refusalByTime(templateOf('dev'), EXPECTED_MINUTES, inTokyo(time));
  if (refusal) expect(found).toMatch(refusal);
  else expect(found).toBeUndefined();
});

it('schedules that leave no time are named, with what to do', () => {
  const found = refusalByTime(templateOf('dev'), 14 * 60, inTokyo('14:00'));
  expect(found).toContain('fire too often');
  expect(found).toContain('--until');
});

it('an environment without schedules may be rehearsed at any time', () => {
  expect(refusalByTime(templateOf('testlean'), EXPECTED_MINUTES, inTokyo('21:59'))).toBeUndefined();
});

it('a schedule of the user import counts as well', () => {
  const { Resources } = templateOf('testweekdays');
  const imports = Object.entries(Resources).filter(
    ([id, { Type }]) => Type === 'AWS::Scheduler::Schedule' && id.startsWith('UserImport'),
  );
  expect(imports).toHaveLength(1);
  expect(refusalByTime({ Resources: Object.fromEntries(imports) }, 10, inTokyo('10:00'))).toContain('10:30');
});

/** Each hour of a day. */
const HOURS = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);

it('the rehearsal of tools/test/life-cycle begins at any time of day: refused, it would be red for eight hours a day', () => {
  const expectedMinutes = STAGES.reduce((sum, { minutes }) => sum + minutes, 0);
  const refusals = HOURS.flatMap((time) => {
    const { template } = synthesizeOther(devAwayFromOfficeHours(inTokyo(time)));
    return refusalByTime(template, expectedMinutes, inTokyo(time)) ?? [];
  });
  expect(refusals).toEqual([]);
});
