import { Duration } from 'aws-cdk-lib/core';
import { brokenRules } from '../../../lib/config/validate';
import { dev, prod } from '../../support/configs';
import { brokenWith, refuses, takes, withField } from '../../support/config';

const START = 'officeHours.start';
const STOP = 'officeHours.stop';
const STARTUP = 'officeHours.databaseStartup';

refuses('the environment is never started, or never stopped', dev, [
  { field: START, values: ['24:00'], says: 'is not a time of day from 00:00 to 23:59' },
  { field: STOP, values: ['9'], says: 'is not a time of day from 00:00 to 23:59' },
  {
    field: STOP,
    values: ['09:15'],
    says: 'is not after 09:00 and the 15 minutes that the database takes to start; write a later time',
  },
  { field: STOP, values: ['23:55'], says: 'is too late; write 23:54 or earlier' },
  { field: 'officeHours.days', values: ['never'], says: 'is not one of every-day, weekdays' },
  {
    field: STARTUP,
    values: [Duration.seconds(330)],
    says: '5.5 minutes is not a whole number of minutes from 5 to 120',
  },
]);
refuses('scaled tasks come back by themselves', prod, [
  {
    field: 'officeHours',
    values: [dev.officeHours],
    says: "09:00 to 22:00 goes with tasks of mode 'fixed' only; write undefined",
    breaksMore: true,
  },
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
  { field: STOP, values: ['23:54'] },
  { field: 'officeHours', values: [undefined] },
]);

test.each([
  { title: 'hours without a beginning', field: START, value: '24:00' },
  { title: 'hours without an end', field: STOP, value: '24:00' },
  {
    title: 'hours that end before the database is up: its windows are not judged by them',
    field: STOP,
    value: '09:15',
  },
])('one mistake is reported in one line: $title', ({ field, value }) => {
  expect(brokenRules('dev', withField(dev, field, value))).toEqual([expect.stringContaining(`dev: ${field}: `)]);
});
