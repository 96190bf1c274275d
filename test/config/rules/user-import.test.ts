import { Duration, Size } from 'aws-cdk-lib/core';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { dev, prod } from '../../support/configs';
import { brokenWith, refuses, takes, withField, withFields } from '../../support/config';

const [IMPORT, TIMEOUT] = ['userImport.schedule', 'userImport.timeout'] as const;
const twoVcpus = withField(dev, 'userImport.size', { cpu: 2048, memory: Size.gibibytes(4) });
const weekdays = withField(dev, 'officeHours.days', 'weekdays');
const within = (timeout: Duration) => withField(dev, TIMEOUT, timeout);

/** With a maintenance window on Monday from 09:15 to 09:45 in Japan, and the backup before it. */
const earlyMaintenance = (config: EnvironmentConfig) =>
  withFields(config, {
    'officeHours.databaseStartup': Duration.minutes(45),
    'database.maintenanceWindow': 'Mon:00:15-Mon:00:45',
  });

const schedule = { time: '10:00', days: 'every-day', fileKey: 'imports/users.csv' };
const at = (time: string) => ({ ...schedule, time });
const of = (fileKey: string) => ({ ...schedule, fileKey });
const SLEEPS = 'is while the database sleeps or wakes; write 09:15 to';

refuses('the scheduled import never starts, reads no file, or meets a database that sleeps', dev, [
  [IMPORT, '24:00 is not a time of day from 00:00 to 23:59', at('24:00')],
  [IMPORT, 'never is not one of every-day, weekdays', { ...schedule, days: 'never' }],
  ...['imports/a b.csv', 'users.csv', '/imports/users.csv', 'imports/', 'imports/${AWS::Region}'].map(
    (key) => [IMPORT, `${key} is not a key below imports/`, of(key)] as const,
  ),
  [IMPORT, '"" is not a key below imports/; write one of letters,', of('')],
  [IMPORT, `09:14 ${SLEEPS} 21:00, so that a job of 60 minutes ends before it stops`, at('09:14')],
  [IMPORT, `21:01 ${SLEEPS}`, at('21:01')],
]);
refuses('no hours, no time', withField(dev, IMPORT, schedule), [
  ['officeHours.start', 'is not a time of day', '25:00'],
]);
refuses('the job ends after the database', within(Duration.seconds(3601)), [
  [IMPORT, `21:00 ${SLEEPS} 20:59, so that a job of 61 minutes ends`, at('21:00')],
]);
refuses('the job lasts longer than the database runs', within(Duration.days(1)), [
  [
    IMPORT,
    '10:00 has no room: the database runs from 09:15 to 22:00, less than a job of 1440 minutes; shorten userImport.timeout',
    schedule,
  ],
]);
refuses('the database sleeps at the weekend', weekdays, [
  [IMPORT, "every-day is not weekdays, the days on which the database runs; write 'weekdays'", schedule],
]);

takes('while the database runs', earlyMaintenance(dev), [[IMPORT, at('10:00'), at('21:00')]]);
takes('as long as the database runs', earlyMaintenance(within(Duration.minutes(735))), [[IMPORT, at('09:45')]]);
takes('on the days on which the database runs', weekdays, [[IMPORT, { ...schedule, days: 'weekdays' }]]);
takes('at any time, where the database always runs', prod, [[IMPORT, at('04:00')]]);

refuses('Batch refuses the job, or no job ever starts', dev, [
  [TIMEOUT, '59 seconds is not a whole number of seconds from 60', Duration.seconds(59)],
  ['userImport.maxvCpus', 'is not a whole number', 0.5],
  ['userImport.size.memory', '16 GiB does not go with 512 CPU units', Size.gibibytes(16)],
]);
refuses('no job ever starts', twoVcpus, [
  ['userImport.maxvCpus', "is less than one job's 2 vCPU; write that or more", 1],
]);

takes('what Batch takes', dev, [
  ['userImport', undefined],
  [TIMEOUT, Duration.seconds(60), Duration.days(14)],
]);
takes('what Batch takes', twoVcpus, [['userImport.maxvCpus', 2]]);

const MAINTENANCE = 'database.maintenanceWindow';
const meets = (name: string, time: string, minutes: number, window: string, inJapan: string) =>
  `${name}: userImport.schedule.time: a job of ${minutes} minutes from ${time} on may meet ${MAINTENANCE}, ${window} ` +
  `(${inJapan} in Japan), when RDS may restart the database; write another time, or shorten userImport.timeout`;

test.each([
  { title: 'begins in the maintenance window', time: '03:10' },
  { title: 'begins as the window does', time: '03:00' },
  { title: 'may still run when the window begins', time: '01:30' },
])('an import that $title loses its connection, and fails', ({ time }) => {
  expect(brokenWith(prod, { [IMPORT]: at(time) })).toEqual([
    meets('prod', time, 120, 'Sat:18:00-Sat:18:30', 'Sun 03:00 to Sun 03:30'),
  ]);
});

test('an import in the week’s last night may meet a window on Monday, the next one', () => {
  const monday = { [MAINTENANCE]: 'Sun:15:10-Sun:15:40', 'database.backups.window': '10:00-10:30' };
  expect(brokenWith(prod, { ...monday, [IMPORT]: at('23:30') })).toEqual([
    meets('prod', '23:30', 120, 'Sun:15:10-Sun:15:40', 'Mon 00:10 to Mon 00:40'),
  ]);
});

test('an import that ends before the window, begins after it, or runs on other days is allowed', () => {
  expect(brokenWith(prod, { [IMPORT]: at('01:00') })).toEqual([]);
  expect(brokenWith(prod, { [IMPORT]: at('03:30') })).toEqual([]);
  expect(brokenWith(prod, { [IMPORT]: { ...at('03:10'), days: 'weekdays' } })).toEqual([]);
});

test('where a window is none, that alone is reported', () => {
  expect(brokenWith(prod, { [IMPORT]: at('03:10'), [MAINTENANCE]: 'never' })).toEqual([
    expect.stringContaining(`prod: ${MAINTENANCE}: never is not a window`),
  ]);
});
