import { CONTAINER_NAME } from '../../../lib/contract';
import { answerCommands } from '../support/answer-commands';
import { stackAnswers } from '../support/parts';

const SERVICE = 'arn:aws:ecs:ap-northeast-1:123456789012:service/prooflink-dev-cluster/prooflink-dev-service';

/** The office hours, and an import with a schedule of its own. */
export const PARTS = {
  webService: SERVICE,
  targetGroup: 'targets',
  database: 'prooflink-dev-db',
  importSchedule: 'prooflink-dev-user-import',
  startDatabase: 'prooflink-dev-start-database',
  startTasks: 'prooflink-dev-start-web-tasks',
  stopTasks: 'prooflink-dev-stop-web-tasks',
  stopDatabase: 'prooflink-dev-stop-database',
};

/** Time of each schedule: database and web tasks start and stop in an order that matters. */
const TIMES: Readonly<Record<string, string>> = {
  [PARTS.startDatabase]: 'cron(0 9 ? * MON-FRI *)',
  [PARTS.startTasks]: 'cron(15 9 ? * MON-FRI *)',
  [PARTS.stopTasks]: 'cron(0 22 ? * MON-FRI *)',
  [PARTS.stopDatabase]: 'cron(5 22 ? * MON-FRI *)',
};

/** Lets AWS answer so, and with the parts of a stack; returns what AWS is asked. */
function answersOf(answers: Readonly<Record<string, unknown>>, parts: Partial<typeof PARTS> = PARTS) {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const Parameters = [{ ParameterKey: 'AppImageTag', ParameterValue: 'v1' }];
  return answerCommands({
    DescribeStacks: { Stacks: [{ StackName: 'ProoflinkDev', StackStatus: 'UPDATE_COMPLETE', Parameters }] },
    ...stackAnswers(parts),
    GetSchedule: ({ Name }: { Name: string }) => ({
      Name,
      State: 'ENABLED',
      ScheduleExpression: TIMES[Name],
      ScheduleExpressionTimezone: 'Asia/Tokyo',
      Target: { Input: JSON.stringify({ DesiredCount: Name.includes('start-web') ? 1 : 0 }) },
    }),
    UpdateService: {},
    ...answers,
  });
}

/** Lets AWS answer with a web service that never changes, and with the parts of a stack; returns what AWS is asked. */
export function serviceStays(service: object, parts: Partial<typeof PARTS> = PARTS) {
  let databaseStatus = 'available';
  const answers = {
    DescribeDBInstances: ({ DBInstanceIdentifier }: { DBInstanceIdentifier: string }) => ({
      DBInstances: [{ DBInstanceIdentifier, DBInstanceStatus: databaseStatus }],
    }),
    StartDBInstance: () => (databaseStatus = 'available'),
    StopDBInstance: () => (databaseStatus = 'stopped'),
    DescribeServices: { services: [service] },
    ListTasks: {},
    DescribeTargetHealth: {},
  };
  return answersOf(answers, parts);
}

/** Answers of AWS for a database whose status each question and each request changes. */
interface DatabaseScript {
  /** Statuses one after the other; the last one stays. */
  readonly statuses: readonly string[];
  readonly answers?: Readonly<Record<string, unknown>>;
}

/** Web tasks as they are to be, one after the other; the last number stays. */
export function scriptedAws(desiredCounts: readonly number[], { statuses, answers = {} }: DatabaseScript) {
  const counts = [...desiredCounts];
  const rest = [...statuses];
  const next = <Item>(items: Item[]) => (items.length > 1 ? items.shift() : items[0]);
  const completed = [{ status: 'PRIMARY', rolloutState: 'COMPLETED' }];
  return answersOf({
    DescribeDBInstances: ({ DBInstanceIdentifier }: { DBInstanceIdentifier: string }) => ({
      DBInstances: [{ DBInstanceIdentifier, DBInstanceStatus: next(rest) }],
    }),
    DescribeServices: () => {
      const desiredCount = next(counts);
      return { services: [{ desiredCount, runningCount: desiredCount, deployments: completed }] };
    },
    ListTasks: { taskArns: ['task'] },
    DescribeTasks: { tasks: [{ lastStatus: 'RUNNING', containers: [{ name: CONTAINER_NAME, image: 'app:v1' }] }] },
    DescribeTargetHealth: { TargetHealthDescriptions: [{ TargetHealth: { State: 'healthy' } }] },
    StartDBInstance: {},
    StopDBInstance: {},
    ...answers,
  });
}
