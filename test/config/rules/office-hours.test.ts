import { Duration } from 'aws-cdk-lib/core';
import { dev } from '../../support/configs/dev';
import { prod } from '../../support/configs/prod';
import { brokenRules } from '../../../lib/config/validate';
import { withField, testAccepted, testRules } from '../../support/config';

testRules('office hours: the environment is never started, or never stopped', [
  ['officeHours.start', '24:00', '24:00 is not a time of day from 00:00 to 23:59'],
  ['officeHours.stop', '9', '9 is not a time of day from 00:00 to 23:59'],
  [
    'officeHours.stop',
    '09:15',
    '09:15 is not after 09:00 and the 15 minutes that the database takes to start; write a later time',
  ],
  [
    'officeHours.stop',
    '09:01',
    '09:01 is not after 09:00 and the 1.5 minutes that the database takes to start',
    withField(dev, 'officeHours.databaseStartup', Duration.seconds(90)),
  ],
  ['officeHours.stop', '23:55', '23:55 is too late; write 23:54 or earlier'],
  ['officeHours.days', 'never', 'never is not one of every-day, weekdays'],
  ['officeHours.databaseStartup', Duration.seconds(90), '1.5 minutes is not a whole number of minutes'],
  ['officeHours', dev.officeHours, "09:00 to 22:00 goes with tasks of mode 'fixed' only; write undefined", prod],
]);

testAccepted('office hours: up to the last minute of the day that leaves the tasks time to end', [
  ['officeHours.stop', '23:54'],
  ['officeHours', undefined],
]);

describe('one mistake is told in one line', () => {
  test.each([
    ['hours without a beginning', 'officeHours.start', '24:00'],
    ['hours without an end', 'officeHours.stop', '24:00'],
    ['hours that end before the database is up: its windows are not judged by them', 'officeHours.stop', '09:15'],
  ])('%s', (_, field, value) => {
    expect(brokenRules('dev', withField(dev, field, value))).toEqual([expect.stringContaining(`dev: ${field}: `)]);
  });
});
