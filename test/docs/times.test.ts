import { deployed } from '../support/deployed';
import { page } from './documents';

const WORDS: Readonly<Record<number, string>> = { 5: 'five', 7: 'seven', 10: 'ten', 15: 'fifteen', 20: 'twenty' };
const word = (number: number): string => WORDS[number] ?? String(number);

/** Clock times and lengths of time, without those of tables, in the order in which a page says them. */
function timesOf(text: string): string[] {
  const prose = text.replace(/^\|.*$/gm, '').replace(/\s+/g, ' ');
  const times =
    /(?!1時間)\d+(?:分|日間|時間)|(?<!:)\b\d\d:\d\d\b(?!:)|\b(?:\d+|one|two|three|[a-z]+teen|f\w+|seven|ten|twenty) (?:minute|hour|day)s?\b/g;
  return [...prose.matchAll(times)].map(([time]) => time);
}

/** Minute of the day at which a schedule of dev fires. */
function minuteOf(schedule: string): number {
  const { properties } = deployed('dev').one('AWS::Scheduler::Schedule', `OfficeHours/${schedule}`);
  const [, minute, hour] = /^cron\((\d+) (\d+) /.exec(properties['ScheduleExpression'] as string) ?? [];
  return Number(hour) * 60 + Number(minute);
}

const evening = minuteOf('StopDatabase') - minuteOf('StopTasks');

test('the runbook’s times are the templates’, or AWS’s own', () => {
  expect(timesOf(page('docs/runbook.md').text)).toEqual([
    `${word(evening)} minutes`,
    'seven days', // RDS starts a stopped database
    '72 hours', // ACM gives up
    '30 days', // Secrets Manager keeps a deleted secret
    '30 days', // GitHub keeps a run that waits for its approval
  ]);
});

test('the Japanese runbook’s are the same', () => {
  expect(timesOf(page('docs/runbook.ja.md').text)).toEqual([
    '1分', // after which a change of the database has begun
    `${evening}分`,
    '7日間', // RDS starts a stopped database
    '72時間', // ACM gives up
    '36時間', // and CloudFormation
    '30日間', // Secrets Manager keeps a deleted secret
    '30日間', // GitHub keeps a run that waits for its approval
  ]);
});
