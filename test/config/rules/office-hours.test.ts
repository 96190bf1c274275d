import { Duration } from 'aws-cdk-lib/core';
import { dev } from '../../../lib/config/dev';
import { prod } from '../../../lib/config/prod';
import { brokenRules } from '../../../lib/config/validate';
import { bent, testAccepted, testRules } from '../../support/config';

const weekdays = bent(dev, 'officeHours.days', 'weekdays');

/** Office hours from midnight: Japan's Monday and Saturday begin on UTC's Sunday and Friday. */
const fromMidnight = bent(weekdays, 'officeHours.start', '00:00');

const noWindow = (field: string, ...windows: string[]) =>
  windows.map((window): [string, string, string] => [field, window, `${field}: ${window} is no window; write UTC`]);

testRules('times: RDS refuses a window, or never reaches it because the database is stopped', [
  ...noWindow('database.backups.window', '17:00', '24:00-00:30', '011:00-11:30', '11:00-11:300', '11:00-11:30-12:00'),
  ...noWindow('database.maintenanceWindow', 'Mon:12:00', 'Xyz:12:00-Mon:12:30', 'Mon:12:00-Xyz:12:30'),
  ...noWindow('database.maintenanceWindow', 'Mon:24:00-Tue:00:30', 'Mon:23:30-Mon:24:00', 'Mon:12:00-Mon:12:300'),
  ...noWindow('database.maintenanceWindow', 'xMon:12:00-Mon:12:30', 'Mon 12:00-Mon:12:30', '12:00-12:30'),
  ['database.maintenanceWindow', 'Mon:12:00-Mon:12:00', 'database.maintenanceWindow: 0 minutes long'],
  ['database.backups.window', '11:00-11:29', 'database.backups.window: 29 minutes long'],
  ['database.maintenanceWindow', 'Mon:12:00-Tue:12:30', 'database.maintenanceWindow: 1470 minutes long; allowed are'],
  ['database.maintenanceWindow', 'Mon:11:15-Mon:12:00', 'overlaps database.backups.window, 11:00-11:30'],
  ['database.maintenanceWindow', 'Mon:10:45-Mon:11:15', 'overlaps database.backups.window, 11:00-11:30'],
  ['database.backups.window', '17:00-17:30', 'database.backups.window: lies outside the office hours, 09:00 to 22:00'],
  ['database.maintenanceWindow', 'Sat:18:00-Sat:18:30', 'database.maintenanceWindow: lies outside the office hours'],
  ...['Sat:03:00-Sat:03:30', 'Sun:03:00-Sun:03:30'].map((window): [string, string, string, typeof weekdays] => [
    'database.maintenanceWindow',
    window,
    'database.maintenanceWindow: lies outside the office hours, weekdays',
    weekdays,
  ]),
  [
    'database.maintenanceWindow',
    'Fri:15:00-Fri:15:30',
    'database.maintenanceWindow: lies outside the office hours, weekdays, 00:00 to 22:00 in Japan',
    fromMidnight,
  ],
  ['database.maintenanceWindow', 'Mon:12:45-Mon:13:15', 'database.maintenanceWindow: lies outside the office hours'],
  ['database.backups.window', '23:45-00:15', 'database.backups.window: lies outside the office hours'],
  ['officeHours.start', '24:00', 'officeHours.start: 24:00 is no time of day'],
  ['officeHours.stop', '9', 'officeHours.stop: 9 is no time of day'],
  [
    'officeHours.stop',
    '09:15',
    'officeHours.stop: 09:15 is not after 09:00 and the 15 minutes the database takes to start; hours lie within one day',
  ],
  ['officeHours.stop', '23:55', 'officeHours.stop: 23:55 is too late; 23:54 at the latest'],
  ['officeHours.days', 'never', 'officeHours.days: never is none of every-day, weekdays'],
  [
    'officeHours.databaseStartup',
    Duration.seconds(90),
    'officeHours.databaseStartup: 1.5 minutes are not whole minutes',
  ],
  ['officeHours', dev.officeHours, "officeHours: go with tasks of mode 'fixed' only", prod],
]);

testAccepted('times: windows that touch the hours or each other, on every day', [
  ['database.maintenanceWindow', 'Mon:11:30-Mon:12:00'],
  ['database.maintenanceWindow', 'Mon:10:30-Mon:11:00'],
  ['database.maintenanceWindow', 'Mon:12:30-Mon:13:00'],
  ['database.backups.window', '00:00-00:30'],
  ['database.backups.window', '12:30-13:00'],
  ...['Mon', 'Tue', 'Wed', 'Thu', 'Fri'].map((day): [string, string, typeof weekdays] => [
    'database.maintenanceWindow',
    `${day}:12:00-${day}:12:30`,
    weekdays,
  ]),
  ['database.maintenanceWindow', 'Sat:03:00-Sat:03:30'],
  ['database.maintenanceWindow', 'Sun:03:00-Sun:03:30'],
  ['database.maintenanceWindow', 'Sun:15:00-Sun:15:30', fromMidnight],
  ['database.maintenanceWindow', 'Sun:23:45-Mon:00:15', prod],
  ['database.backups.window', '23:45-00:15', prod],
  ['officeHours.stop', '23:54'],
]);

describe('one mistake is told in one line', () => {
  test.each([
    [
      '24 hours are not too long a window, but leave no room',
      'database.maintenanceWindow',
      'Mon:12:00-Tue:12:00',
      prod,
    ],
    ['hours without a beginning', 'officeHours.start', '24:00', dev],
    ['hours without an end', 'officeHours.stop', '24:00', dev],
  ])('%s', (_, field, value, config) => {
    expect(brokenRules('dev', bent(config, field, value))).toEqual([expect.stringContaining(`dev: ${field}: `)]);
  });
});
