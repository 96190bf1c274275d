import type { Answers } from '../../support/answer-commands';
import { describeAnswers, environmentWith, schedule } from './aws-answers';

const DATABASE = 'prooflink-prod-db';
const RETRIES_SECONDS = 900;

/** A moment in Tokyo on the day of the tests, or on another day of November 2026. */
const inTokyo = (time: string, day = 26) => new Date(`2026-11-${day}T${time}:00+09:00`);

const withoutTasks = { desiredCount: 0, runningCount: 0 };
const devAt = (time: string, service: object = withoutTasks) =>
  environmentWith({ name: 'dev', now: inTokyo(time), service });
const devAtNight = devAt('23:30');
const devByDay = devAt('12:00', {});

/** EventBridge Scheduler, whose schedules of the database start an automation. */
const schedules = (LastModificationDate = inTokyo('12:00', 1)) => ({
  GetSchedule: ({ Name }: { readonly Name: string }) => {
    const ofTasks = schedule({ Name });
    if (!Name.endsWith('database')) return ofTasks;
    const DocumentName = Name.includes('start') ? 'AWS-StartRdsInstance' : 'AWS-StopRdsInstance';
    const Target = {
      Input: JSON.stringify({ DocumentName, Parameters: { InstanceId: [DATABASE] } }),
      RetryPolicy: { MaximumEventAgeInSeconds: RETRIES_SECONDS },
    };
    return { ...ofTasks, Target, LastModificationDate };
  },
});

const databaseIs = (DBInstanceStatus: string): Answers => ({
  ...schedules(),
  DescribeDBInstances: { DBInstances: [{ DBInstanceIdentifier: DATABASE, DBInstanceStatus }] },
});

/** Request to DescribeAutomationExecutions. */
interface ExecutionsRequest {
  readonly Filters: readonly { readonly Key: string; readonly Values: readonly string[] }[];
}

/** Systems Manager with one automation, which the last run of its schedule started. */
function automation(AutomationExecutionStatus: string, fields: object = {}): Answers {
  const execution = {
    AutomationExecutionId: 'execution-1',
    AutomationExecutionStatus,
    FailureMessage: 'Step fails.',
    Parameters: { InstanceId: [DATABASE] },
    ...fields,
  };
  return {
    DescribeAutomationExecutions: ({ Filters }: ExecutionsRequest) => {
      const filters = Object.fromEntries(Filters.map(({ Key, Values }) => [Key, Values[0]]));
      expect(filters).toEqual({
        DocumentNamePrefix: expect.stringMatching(/^AWS-(Start|Stop)RdsInstance$/) as string,
        StartTimeAfter: expect.stringMatching(/^2026-11-2[56]T(13:05|00:00):00Z$/) as string,
      });
      return { AutomationExecutionMetadataList: [{ AutomationExecutionId: 'execution-1' }] };
    },
    GetAutomationExecution: { AutomationExecution: execution },
  };
}

const noAutomation: Answers = { DescribeAutomationExecutions: {} };

const ASLEEP = 'asleep until 2026-11-27 09:15 (Tokyo)';
const RUNS = `The database ${DATABASE} runs, and costs, outside its hours.`;
const STOP = 'npm run prooflink -- stop dev';
const GET_EXECUTION = 'aws ssm get-automation-execution --region ap-northeast-1 --automation-execution-id execution-1';
const LOOK_UP =
  'aws cloudtrail lookup-events --region ap-northeast-1 --lookup-attributes ' +
  'AttributeKey=EventName,AttributeValue=StartAutomationExecution --start-time';

describeAnswers('hours', [
  {
    title: 'a database that is stopped at night sleeps',
    aws: databaseIs('stopped'),
    environment: devAtNight,
    result: 'asleep',
    says: ASLEEP,
  },
  {
    title: 'a database that runs at night since its automation failed is a fault, with the reason',
    aws: { ...databaseIs('available'), ...automation('Failed') },
    environment: devAtNight,
    result: 'wrong',
    says: `${RUNS} The automation that dev-stop-database started at 2026-11-26 22:05 (Tokyo) is Failed: Step fails.`,
    fix: `${STOP}\n${GET_EXECUTION}`,
  },
  {
    title: 'a database that runs at night since no automation was started is a fault: CloudTrail has the refusal',
    aws: { ...databaseIs('available'), ...noAutomation },
    environment: devAtNight,
    result: 'wrong',
    says: `${RUNS} dev-stop-database started no automation at 2026-11-26 22:05 (Tokyo): AWS refused the call, or was not reached.`,
    fix: `${STOP}\n${LOOK_UP} 2026-11-26T13:05:00Z`,
  },
  {
    title: 'an automation on another database of the account does not count',
    aws: { ...databaseIs('available'), ...automation('Success', { Parameters: { InstanceId: ['other'] } }) },
    environment: devAtNight,
    result: 'wrong',
    says: /started no automation/,
    fix: /^npm run prooflink -- stop dev\naws cloudtrail /,
  },
  {
    title: 'a database that was started again after its stop is a fault, too: nothing stops it before the next evening',
    aws: { ...databaseIs('available'), ...automation('Success') },
    environment: devAtNight,
    result: 'wrong',
    says: RUNS,
    fix: STOP,
  },
  {
    title: 'while the schedule may still retry, a database that runs is no fault',
    aws: { ...databaseIs('available'), ...noAutomation },
    environment: devAt('22:19'),
    result: 'asleep',
    says: ASLEEP,
  },
  {
    title: 'while the automation stops it, a database that runs is no fault',
    aws: { ...databaseIs('available'), ...automation('InProgress') },
    environment: devAtNight,
    result: 'asleep',
    says: ASLEEP,
  },
  {
    title: 'between the stop of the web tasks and that of the database, it runs as it should',
    aws: databaseIs('available'),
    environment: devAt('22:03'),
    result: 'asleep',
    says: ASLEEP,
  },
  {
    title: 'between the start of the database and that of the web tasks, it runs as it should',
    aws: databaseIs('available'),
    environment: devAt('09:10'),
    result: 'asleep',
    says: 'asleep until 2026-11-26 09:15 (Tokyo)',
  },
  {
    title: 'by day, a person looks why the last stop failed: people ask by day',
    aws: { ...databaseIs('available'), ...automation('TimedOut') },
    environment: devByDay,
    result: 'look',
    says:
      'awake until 2026-11-26 22:00 (Tokyo)\n' +
      'The automation that dev-stop-database started at 2026-11-25 22:05 (Tokyo) is TimedOut: Step fails.',
    fix: GET_EXECUTION,
  },
  {
    title: 'by day, a last stop that succeeded is well',
    aws: { ...databaseIs('available'), ...automation('Success') },
    environment: devByDay,
    result: 'well',
    says: 'awake until 2026-11-26 22:00 (Tokyo)',
  },
  {
    title: 'a schedule that was deployed after the last evening has not failed then',
    aws: { ...databaseIs('available'), ...noAutomation, ...schedules(inTokyo('10:00')) },
    environment: devByDay,
    result: 'well',
    says: 'awake until 2026-11-26 22:00 (Tokyo)',
  },
]);

describeAnswers('database', [
  {
    title: 'a database that its automation did not start says why',
    aws: { ...databaseIs('stopped'), ...automation('Failed') },
    environment: devByDay,
    result: 'wrong',
    says:
      'The database is stopped. ' +
      'The automation that dev-start-database started at 2026-11-26 09:00 (Tokyo) is Failed: Step fails.',
    fix: `${GET_EXECUTION}\nnpm run prooflink -- start dev`,
  },
]);
