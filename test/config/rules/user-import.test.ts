import { Duration, Size } from 'aws-cdk-lib/core';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { dev, prod } from '../../support/configs';
import { brokenWith, refuses, takes, withField, withFields } from '../../support/config';

const IMPORT = 'userImport.schedule';
const TIMEOUT = 'userImport.timeout';
const twoVcpus = withField(dev, 'userImport.size', { cpu: 2048, memory: Size.gibibytes(4) });
const weekdays = withField(dev, 'officeHours.days', 'weekdays');
/** Dev with another time-out of its import. */
const devWithTimeout = (timeout: Duration) => withField(dev, TIMEOUT, timeout);

/** With a maintenance window on Monday from 09:15 to 09:45 in Japan, and the backup before it. */
const earlyMaintenance = (config: EnvironmentConfig) =>
  withFields(config, {
    'officeHours.databaseStartup': Duration.minutes(45),
    'database.maintenanceWindow': 'Mon:00:15-Mon:00:45',
  });

const schedule = { time: '10:00', days: 'every-day', fileKey: 'imports/users.csv' };
const scheduleAt = (time: string) => ({ ...schedule, time });
const scheduleOf = (fileKey: string) => ({ ...schedule, fileKey });
const SLEEPS = 'is while the database sleeps or wakes; write 09:15 to';

refuses('the scheduled import never starts, reads no file, or meets a database that sleeps', dev, [
  { field: IMPORT, values: [scheduleAt('24:00')], says: '24:00 is not a time of day from 00:00 to 23:59' },
  { field: IMPORT, values: [{ ...schedule, days: 'never' }], says: 'never is not one of every-day, weekdays' },
  ...['imports/a b.csv', '/imports/users.csv', 'imports/'].map((key) => ({
    field: IMPORT,
    values: [scheduleOf(key)],
    says: `${key} is not a key below imports/`,
  })),
  {
    field: IMPORT,
    values: [scheduleAt('09:14')],
    says: `09:14 ${SLEEPS} 21:00, so that a job of 60 minutes ends before it stops`,
  },
  { field: IMPORT, values: [scheduleAt('21:01')], says: `21:01 ${SLEEPS}`, breaksMore: true },
]);
refuses('no hours, no time', withField(dev, IMPORT, schedule), [
  { field: 'officeHours.start', values: ['25:00'], says: 'is not a time of day' },
]);
refuses('the job ends after the database', devWithTimeout(Duration.seconds(3601)), [
  {
    field: IMPORT,
    values: [scheduleAt('21:00')],
    says: `21:00 ${SLEEPS} 20:59, so that a job of 61 minutes ends`,
    breaksMore: true,
  },
]);
refuses('the job lasts longer than the database runs', devWithTimeout(Duration.days(1)), [
  {
    field: IMPORT,
    values: [schedule],
    says: '10:00 has no room: the database runs from 09:15 to 22:00, less than a job of 1440 minutes; shorten userImport.timeout',
    breaksMore: true,
  },
]);
refuses('the database sleeps at the weekend', weekdays, [
  {
    field: IMPORT,
    values: [schedule],
    says: "every-day is not weekdays, the days on which the database runs; write 'weekdays'",
  },
]);

takes('as long as the database runs', earlyMaintenance(devWithTimeout(Duration.minutes(735))), [
  { field: IMPORT, values: [scheduleAt('09:45')] },
]);
takes('on the days on which the database runs', weekdays, [
  { field: IMPORT, values: [{ ...schedule, days: 'weekdays' }] },
]);
refuses('Batch refuses the job, or no job ever starts', dev, [
  { field: TIMEOUT, values: [Duration.seconds(59)], says: '59 seconds is not a whole number of seconds from 60' },
  { field: 'userImport.maxvCpus', values: [0.5], says: 'is not a whole number' },
  { field: 'userImport.size.cpu', values: [500], says: 'is not one of 256, 512' },
]);
refuses('no job ever starts', twoVcpus, [
  { field: 'userImport.maxvCpus', values: [1], says: "is less than one job's 2 vCPU; write that or more" },
]);

takes('what Batch takes', dev, [
  { field: 'userImport', values: [undefined] },
  { field: TIMEOUT, values: [Duration.seconds(60), Duration.days(14)] },
]);
takes('what Batch takes', twoVcpus, [{ field: 'userImport.maxvCpus', values: [2] }]);

const MAINTENANCE = 'database.maintenanceWindow';

/** The rule of prod whose import meets the maintenance window, which is written in UTC and in Japan's time. */
function meetsMaintenance(time: string, window: string, windowInJapan: string): string {
  return (
    `prod: userImport.schedule.time: a job of 120 minutes from ${time} on may meet ${MAINTENANCE}, ${window} ` +
    `(${windowInJapan} in Japan), when RDS may restart the database; write another time, or shorten userImport.timeout`
  );
}

test.each([
  { title: 'begins in the maintenance window', time: '03:10' },
  { title: 'may still run when the window begins', time: '01:30' },
])('an import that $title loses its connection, and fails', ({ time }) => {
  expect(brokenWith(prod, { [IMPORT]: scheduleAt(time) })).toEqual([
    meetsMaintenance(time, 'Sat:18:00-Sat:18:30', 'Sun 03:00 to Sun 03:30'),
  ]);
});

test('an import in the week’s last night may meet a window on Monday, the next one', () => {
  const monday = { [MAINTENANCE]: 'Sun:15:10-Sun:15:40', 'database.backups.window': '10:00-10:30' };
  expect(brokenWith(prod, { ...monday, [IMPORT]: scheduleAt('23:30') })).toEqual([
    meetsMaintenance('23:30', 'Sun:15:10-Sun:15:40', 'Mon 00:10 to Mon 00:40'),
  ]);
});

test('an import that ends before the window, begins after it, or runs on other days is allowed', () => {
  expect(brokenWith(prod, { [IMPORT]: scheduleAt('01:00') })).toEqual([]);
  expect(brokenWith(prod, { [IMPORT]: scheduleAt('03:30') })).toEqual([]);
  expect(brokenWith(prod, { [IMPORT]: { ...scheduleAt('03:10'), days: 'weekdays' } })).toEqual([]);
});

test('where a window is none, that alone is reported', () => {
  expect(brokenWith(prod, { [IMPORT]: scheduleAt('03:10'), [MAINTENANCE]: 'never' })).toEqual([
    expect.stringContaining(`prod: ${MAINTENANCE}: never is not a window`),
  ]);
});
