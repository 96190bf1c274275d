import { CONTAINER_NAME } from '@infra/commands/app';
import { answerCommands } from './support/answer-commands';
import { stackAnswers } from './support/parts';

/** The office hours, and an import with a schedule of its own. */
export const PARTS = {
  webService: 'arn:aws:ecs:ap-northeast-1:123456789012:service/prooflink-dev-cluster/prooflink-dev-service',
  targetGroup: 'targets',
  database: 'prooflink-dev-db',
  importSchedule: 'prooflink-dev-user-import',
  startDatabase: 'prooflink-dev-start-database',
  startTasks: 'prooflink-dev-start-web-tasks',
  stopTasks: 'prooflink-dev-stop-web-tasks',
  stopDatabase: 'prooflink-dev-stop-database',
};

/** Times of the schedules: the database starts before the web tasks, and stops after them. */
const TIMES: Readonly<Record<string, string>> = {
  [PARTS.startDatabase]: 'cron(0 9 ? * MON-FRI *)',
  [PARTS.startTasks]: 'cron(15 9 ? * MON-FRI *)',
  [PARTS.stopTasks]: 'cron(0 22 ? * MON-FRI *)',
  [PARTS.stopDatabase]: 'cron(5 22 ? * MON-FRI *)',
};

function getSchedule({ Name }: { readonly Name: string }) {
  const Input = JSON.stringify({ DesiredCount: Name === PARTS.startTasks ? 1 : 0 });
  return {
    Name,
    State: 'ENABLED',
    ScheduleExpression: TIMES[Name],
    ScheduleExpressionTimezone: 'Asia/Tokyo',
    Target: { Input },
  };
}

/** Lets AWS answer for a stack with these parts and the tag v1, and hides the progress; returns what AWS is asked. */
function answerWithStack(answers: Readonly<Record<string, unknown>>, parts: Partial<typeof PARTS> = PARTS) {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const Parameters = [{ ParameterKey: 'AppImageTag', ParameterValue: 'v1' }];
  return answerCommands({
    DescribeStacks: { Stacks: [{ StackName: 'ProoflinkDev', StackStatus: 'UPDATE_COMPLETE', Parameters }] },
    ...stackAnswers(parts),
    GetSchedule: getSchedule,
    UpdateService: {},
    ...answers,
  });
}

/** Lets AWS answer with a database that starts and stops at once, and a web service that stays as it is. */
export function answerWithService(service: object, parts: Partial<typeof PARTS> = PARTS) {
  let databaseStatus = 'available';
  const answers = {
    DescribeDBInstances: ({ DBInstanceIdentifier }: { readonly DBInstanceIdentifier: string }) => ({
      DBInstances: [{ DBInstanceIdentifier, DBInstanceStatus: databaseStatus }],
    }),
    StartDBInstance: () => (databaseStatus = 'available'),
    StopDBInstance: () => (databaseStatus = 'stopped'),
    DescribeServices: { services: [service] },
    ListTasks: {},
    DescribeTargetHealth: {},
  };
  return answerWithStack(answers, parts);
}

/** Answers of AWS, one question after the other; the last state stays. */
interface Course {
  readonly desiredCounts: readonly number[];
  readonly databaseStatuses: readonly (string | Error)[];
  readonly answers?: Readonly<Record<string, unknown>>;
}

/** Lets AWS answer with web tasks and a database that others change meanwhile; returns what AWS is asked. */
export function answerWithCourse({ desiredCounts, databaseStatuses, answers = {} }: Course) {
  const nextCount = eachInTurn(desiredCounts);
  const nextStatus = eachInTurn(databaseStatuses);
  const deployments = [{ status: 'PRIMARY', rolloutState: 'COMPLETED' }];
  return answerWithStack({
    DescribeDBInstances: ({ DBInstanceIdentifier }: { readonly DBInstanceIdentifier: string }) => {
      const DBInstanceStatus = nextStatus();
      if (DBInstanceStatus instanceof Error) throw DBInstanceStatus;
      return { DBInstances: [{ DBInstanceIdentifier, DBInstanceStatus }] };
    },
    DescribeServices: () => {
      const desiredCount = nextCount();
      return { services: [{ desiredCount, runningCount: desiredCount, deployments }] };
    },
    ListTasks: { taskArns: ['task'] },
    DescribeTasks: { tasks: [{ lastStatus: 'RUNNING', containers: [{ name: CONTAINER_NAME, image: 'app:v1' }] }] },
    DescribeTargetHealth: { TargetHealthDescriptions: [{ TargetHealth: { State: 'healthy' } }] },
    StartDBInstance: {},
    StopDBInstance: {},
    ...answers,
  });
}

/** A function that returns the next item at each call, and the last one for ever. */
function eachInTurn<Item>(items: readonly Item[]): () => Item | undefined {
  let calls = 0;
  return () => {
    const index = Math.min(calls, items.length - 1);
    calls += 1;
    return items[index];
  };
}
