import { Duration } from 'aws-cdk-lib/core';
import { brokenRules } from '../../../lib/config/validate';
import { dev, prod } from '../../support/configs';
import { brokenWith, refuses, takes, withField } from '../../support/config';

const [START, STOP, STARTUP] = ['officeHours.start', 'officeHours.stop', 'officeHours.databaseStartup'] as const;

refuses('the environment is never started, or never stopped', dev, [
  [START, 'is not a time of day from 00:00 to 23:59', '24:00'],
  [STOP, 'is not a time of day from 00:00 to 23:59', '9'],
  [STOP, 'is not after 09:00 and the 15 minutes that the database takes to start; write a later time', '09:15'],
  [STOP, 'is too late; write 23:54 or earlier', '23:55'],
  ['officeHours.days', 'is not one of every-day, weekdays', 'never'],
  [STARTUP, '5.5 minutes is not a whole number of minutes from 5 to 120', Duration.seconds(330)],
]);
refuses('the database is up later', withField(dev, STARTUP, Duration.seconds(90)), [
  [STOP, 'is not after 09:00 and the 1.5 minutes that the database takes to start', '09:01'],
]);
refuses('scaled tasks come back by themselves', prod, [
  ['officeHours', "09:00 to 22:00 goes with tasks of mode 'fixed' only; write undefined", dev.officeHours],
]);

test('web tasks that start a minute after the database find none, and are replaced again and again', () => {
  expect(brokenWith(dev, { [STARTUP]: Duration.minutes(1) })).toEqual([
    `dev: ${STARTUP}: 1 minute is too short: RDS takes minutes to hours to start; write 5 or more, as in 15`,
  ]);
  expect(brokenWith(dev, { [STARTUP]: Duration.minutes(4) })).toEqual([
    expect.stringContaining('4 minutes is too short'),
  ]);
  expect(brokenWith(dev, { [STARTUP]: Duration.minutes(5) })).toEqual([]);
});

takes('up to the last minute of the day that leaves the tasks time to end', dev, [
  [STOP, '23:54'],
  ['officeHours', undefined],
]);

test.each([
  ['hours without a beginning', START, '24:00'],
  ['hours without an end', STOP, '24:00'],
  ['hours that end before the database is up: its windows are not judged by them', STOP, '09:15'],
])('one mistake is reported in one line: %s', (_, field, value) => {
  expect(brokenRules('dev', withField(dev, field, value))).toEqual([expect.stringContaining(`dev: ${field}: `)]);
});
