import { Duration, Size } from 'aws-cdk-lib/core';
import { dev } from '../../support/configs/dev';
import { prod } from '../../support/configs/prod';
import { withField, testAccepted, testRules } from '../../support/config';

const twoVcpus = withField(dev, 'userImport.size', { cpu: 2048, memory: Size.gibibytes(4) });

const schedule = { time: '10:00', days: 'every-day', fileKey: 'imports/users.csv' };
const weekdays = withField(dev, 'officeHours.days', 'weekdays');

testRules('scheduled import: it never starts, reads no file, or meets a database that sleeps', [
  ['userImport.schedule', { ...schedule, time: '24:00' }, '24:00 is not a time of day from 00:00 to 23:59'],
  ['userImport.schedule', { ...schedule, days: 'never' }, 'never is not one of every-day, weekdays'],
  ['userImport.schedule', { ...schedule, fileKey: 'imports/a b.csv' }, 'imports/a b.csv is not a key below imports/'],
  ['officeHours.start', '25:00', '25:00 is not a time of day', withField(dev, 'userImport.schedule', schedule)],
  [
    'userImport.schedule',
    { ...schedule, time: '21:00' },
    '21:00 is while the database sleeps or wakes; write 09:15 to 20:59, so that a job of 61 minutes ends',
    withField(dev, 'userImport.timeout', Duration.seconds(3601)),
  ],
  ['userImport.schedule', { ...schedule, fileKey: '' }, '"" is not a key below imports/; write one of letters,'],
  ['userImport.schedule', { ...schedule, fileKey: 'users.csv' }, 'users.csv is not a key below imports/'],
  ['userImport.schedule', { ...schedule, fileKey: '/imports/users.csv' }, '/imports/users.csv is not a key below'],
  ['userImport.schedule', { ...schedule, fileKey: 'imports/' }, 'imports/ is not a key below'],
  ['userImport.schedule', { ...schedule, fileKey: 'imports/${AWS::Region}' }, 'imports/${AWS::Region} is not a key'],
  [
    'userImport.schedule',
    { ...schedule, time: '09:14' },
    '09:14 is while the database sleeps or wakes; write 09:15 to 21:00, so that a job of 60 minutes ends before it stops',
  ],
  [
    'userImport.schedule',
    { ...schedule, time: '21:01' },
    '21:01 is while the database sleeps or wakes; write 09:15 to',
  ],
  [
    'userImport.schedule',
    schedule,
    '10:00 has no room: the database runs from 09:15 to 22:00, less than a job of 1440 minutes; shorten userImport.timeout',
    withField(dev, 'userImport.timeout', Duration.days(1)),
  ],
  [
    'userImport.schedule',
    schedule,
    "every-day is not weekdays, the days on which the database runs; write 'weekdays'",
    weekdays,
  ],
]);

testAccepted('scheduled import: while the database runs', [
  ['userImport.schedule', { ...schedule, time: '09:15' }],
  ['userImport.schedule', { ...schedule, time: '21:00' }],
  ['userImport.schedule', { ...schedule, time: '09:15' }, withField(dev, 'userImport.timeout', Duration.minutes(765))],
  ['userImport.schedule', { ...schedule, days: 'weekdays' }, weekdays],
  ['userImport.schedule', { ...schedule, time: '03:00' }, prod],
]);

testRules('user import: Batch refuses the job, or no job ever starts', [
  ['userImport.timeout', Duration.seconds(59), '59 seconds is not a whole number of seconds from 60'],
  ['userImport.maxvCpus', 0.5, '0.5 is not a whole number'],
  ['userImport.maxvCpus', 1, "1 is less than one job's 2 vCPU; write that or more", twoVcpus],
  ['userImport.size.memory', Size.gibibytes(16), '16 GiB does not go with 512 CPU units'],
]);

testAccepted('user import: what Batch takes', [
  ['userImport', undefined],
  ['userImport.timeout', Duration.seconds(60)],
  ['userImport.timeout', Duration.days(14)],
  ['userImport.maxvCpus', 2, twoVcpus],
]);
