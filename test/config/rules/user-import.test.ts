import { Duration, Size } from 'aws-cdk-lib/core';
import { dev, prod } from '../../support/configs';
import { refuses, takes, withField } from '../../support/config';

const [IMPORT, TIMEOUT] = ['userImport.schedule', 'userImport.timeout'] as const;
const twoVcpus = withField(dev, 'userImport.size', { cpu: 2048, memory: Size.gibibytes(4) });
const weekdays = withField(dev, 'officeHours.days', 'weekdays');
const within = (timeout: Duration) => withField(dev, TIMEOUT, timeout);

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

takes('while the database runs', dev, [[IMPORT, at('09:15'), at('21:00')]]);
takes('as long as the database runs', within(Duration.minutes(765)), [[IMPORT, at('09:15')]]);
takes('on the days on which the database runs', weekdays, [[IMPORT, { ...schedule, days: 'weekdays' }]]);
takes('at any time, where the database always runs', prod, [[IMPORT, at('03:00')]]);

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
