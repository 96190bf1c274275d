import type { Answers } from '@infra/deployed/test/support/answer-commands';
import { askQuestion, describeAnswers, environmentWith, schedule } from './aws-answers';

const DATABASE = 'prooflink-prod-db';
const DATABASE_ROLE = 'arn:aws:iam::123456789012:role/schedules-of-database';
const TASKS_ROLE = 'arn:aws:iam::123456789012:role/schedules-of-tasks';
const AUTOMATION_ROLE = 'arn:aws:iam::123456789012:role/automation';

/** dev on the day of the tests, without web tasks unless fields of its service change that. */
const devAt = (time: string, service: object = { desiredCount: 0, runningCount: 0 }) =>
  environmentWith({ name: 'dev', now: new Date(`2026-11-26T${time}:00+09:00`), service });
const devByDay = devAt('12:00', {});

const databaseIs = (DBInstanceStatus: string): Answers => ({
  DescribeDBInstances: { DBInstances: [{ DBInstanceIdentifier: DATABASE, DBInstanceStatus }] },
});

const ASLEEP = 'asleep until 2026-11-27 09:15 (Tokyo)';
const AWAKE = 'awake until 2026-11-26 22:00 (Tokyo)';

describeAnswers('hours', [
  {
    title: 'while the schedule may still stop it, a database that runs is no fault',
    aws: databaseIs('available'),
    environment: devAt('22:19'),
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
]);

/** Request to SimulatePrincipalPolicy. */
interface Simulation {
  readonly PolicySourceArn: string;
  readonly ActionNames: readonly string[];
  readonly ResourceArns: readonly string[];
  readonly ContextEntries?: readonly { readonly ContextKeyName: string; readonly ContextKeyValues: string[] }[];
}

/** EventBridge Scheduler, whose schedules of the database start an automation. */
function getSchedule({ Name }: { readonly Name: string }): object {
  const ofTasks = schedule({ Name });
  if (!Name.endsWith('database')) return { ...ofTasks, Target: { ...ofTasks.Target, RoleArn: TASKS_ROLE } };
  const DocumentName = Name.includes('start') ? 'AWS-StartRdsInstance' : 'AWS-StopRdsInstance';
  const Input = JSON.stringify({ DocumentName, Parameters: { AutomationAssumeRole: [AUTOMATION_ROLE] } });
  return { ...ofTasks, Target: { RoleArn: DATABASE_ROLE, Input } };
}

// A right that is not asked for could be missing unseen. What IAM refuses is reported: schedule-cases.ts.
test('question hours: IAM is asked for each right of the schedules, and of the automations that they start', async () => {
  const simulated = new Set<string>();
  const simulate = ({ PolicySourceArn, ActionNames, ResourceArns, ContextEntries = [] }: Simulation) => {
    const context = ContextEntries.map(
      ({ ContextKeyName, ContextKeyValues }) => `${ContextKeyName} ${ContextKeyValues.join()}`,
    );
    for (const action of ActionNames) {
      simulated.add([PolicySourceArn.split('/')[1], action, ...ResourceArns, ...context].join(' '));
    }
    return { EvaluationResults: ActionNames.map((EvalActionName) => ({ EvalActionName, EvalDecision: 'allowed' })) };
  };
  const aws = { GetSchedule: getSchedule, SimulatePrincipalPolicy: simulate };
  expect(await askQuestion('hours', aws, devByDay)).toMatchObject({ result: 'well', says: AWAKE });
  const automation = 'ssm:StartAutomationExecution arn:aws:ssm:ap-northeast-1:';
  const database = `arn:aws:rds:ap-northeast-1:123456789012:db:${DATABASE}`;
  const service = 'arn:aws:ecs:ap-northeast-1:123456789012:service/prooflink-prod-cluster/prooflink-prod-service';
  expect([...simulated].sort()).toEqual([
    `automation rds:DescribeDBInstances ${database}`,
    `automation rds:StartDBInstance ${database}`,
    `automation rds:StopDBInstance ${database}`,
    `schedules-of-database iam:PassRole ${AUTOMATION_ROLE} iam:PassedToService ssm.amazonaws.com`,
    `schedules-of-database ${automation}123456789012:automation-execution/*`,
    `schedules-of-database ${automation}:document/AWS-StartRdsInstance`,
    `schedules-of-database ${automation}:document/AWS-StopRdsInstance`,
    `schedules-of-tasks ecs:UpdateService ${service}`,
  ]);
});
