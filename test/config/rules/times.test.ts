import { Duration } from 'aws-cdk-lib/core';
import { dev } from '../../../lib/config/dev';
import { prod } from '../../../lib/config/prod';
import { bent, testRules } from '../../support/config';

testRules('times: RDS refuses a window, or never reaches it because the database is stopped', [
  ['database.backups.window', '17:00', 'database.backups.window: 17:00 is no window'],
  ['database.backups.window', '11:00-11:29', 'database.backups.window: 29 minutes long'],
  ['database.maintenanceWindow', 'Xyz:12:00-Mon:12:30', 'database.maintenanceWindow: Xyz:12:00-Mon:12:30 is no window'],
  ['database.maintenanceWindow', 'Mon:12:00-Tue:12:30', 'database.maintenanceWindow: 1470 minutes long'],
  ['database.maintenanceWindow', 'Mon:11:15-Mon:12:00', 'overlaps database.backups.window, 11:00-11:30'],
  ['database.maintenanceWindow', 'Mon:10:45-Mon:11:15', 'overlaps database.backups.window, 11:00-11:30'],
  ['database.backups.window', '17:00-17:30', 'database.backups.window: lies outside the office hours, 09:00 to 22:00'],
  ['database.maintenanceWindow', 'Sat:18:00-Sat:18:30', 'database.maintenanceWindow: lies outside the office hours'],
  [
    'database.maintenanceWindow',
    'Sat:03:00-Sat:03:30',
    'database.maintenanceWindow: lies outside the office hours, weekdays',
    bent(dev, 'officeHours.days', 'weekdays'),
  ],
  ['officeHours.start', '24:00', 'officeHours.start: 24:00 is no time of day'],
  ['officeHours.stop', '9', 'officeHours.stop: 9 is no time of day'],
  ['officeHours.stop', '09:00', 'officeHours.stop: 09:00 is not after 09:00'],
  ['officeHours.stop', '23:58', 'officeHours.stop: 23:58 is too late'],
  ['officeHours.days', 'never', 'officeHours.days: never is none of every-day, weekdays'],
  [
    'officeHours.databaseStartup',
    Duration.seconds(90),
    'officeHours.databaseStartup: 1.5 minutes are not whole minutes',
  ],
  ['officeHours', dev.officeHours, "officeHours: go with tasks of mode 'fixed' only", prod],
]);
