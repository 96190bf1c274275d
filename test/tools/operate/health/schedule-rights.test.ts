import { askQuestion, environmentWith } from './aws-answers';

const DATABASE_ROLE = 'arn:aws:iam::123456789012:role/schedules-of-database';
const TASKS_ROLE = 'arn:aws:iam::123456789012:role/schedules-of-tasks';
const AUTOMATION_ROLE = 'arn:aws:iam::123456789012:role/automation';

/** Request to SimulatePrincipalPolicy. */
interface Simulation {
  readonly PolicySourceArn: string;
  readonly ActionNames: readonly string[];
  readonly ResourceArns?: readonly string[];
  readonly ContextEntries?: readonly { readonly ContextKeyName: string; readonly ContextKeyValues: string[] }[];
}

/** The four schedules of the office hours, as EventBridge Scheduler answers them. */
function schedule({ Name }: { readonly Name: string }): object {
  const isOfDatabase = Name.endsWith('database');
  const input = isOfDatabase
    ? { DocumentName: 'x', Parameters: { AutomationAssumeRole: [AUTOMATION_ROLE] } }
    : { DesiredCount: 1 };
  const RoleArn = isOfDatabase ? DATABASE_ROLE : TASKS_ROLE;
  return { Name, State: 'ENABLED', Target: { RoleArn, Input: JSON.stringify(input) } };
}

/** IAM with all rights of the template but the refused action. It passes the automation's role to Systems Manager only. */
function simulate(refusedAction: string) {
  return ({ PolicySourceArn, ActionNames, ContextEntries = [] }: Simulation) => {
    const services = ContextEntries.flatMap((entry) =>
      entry.ContextKeyName === 'iam:PassedToService' ? entry.ContextKeyValues : [],
    );
    const isAllowed = (action: string) => {
      if (action === refusedAction) return false;
      return action !== 'iam:PassRole' || (PolicySourceArn === DATABASE_ROLE && services.includes('ssm.amazonaws.com'));
    };
    const decision = (action: string) => (isAllowed(action) ? 'allowed' : 'implicitDeny');
    return {
      EvaluationResults: ActionNames.map((action) => ({ EvalActionName: action, EvalDecision: decision(action) })),
    };
  };
}

const dev = environmentWith({ name: 'dev' });

it.each([
  { title: 'all rights', refusedAction: 'none', result: 'well', says: '' },
  {
    title: 'no right to set the number of tasks',
    refusedAction: 'ecs:UpdateService',
    result: 'wrong',
    says: 'The schedules may not ecs:UpdateService on service/prooflink-prod-cluster/prooflink-prod-service.',
  },
  {
    title: 'no right to pass the role with which the automation stops the database',
    refusedAction: 'iam:PassRole',
    result: 'wrong',
    says: 'The schedules may not iam:PassRole on role/automation.',
  },
  {
    title: 'no right of the automation to stop the database',
    refusedAction: 'rds:StopDBInstance',
    result: 'wrong',
    says: 'The schedules may not rds:StopDBInstance on db:prooflink-prod-db.',
  },
])('the schedules have $title', async ({ refusedAction, result, says }) => {
  const answers = { GetSchedule: schedule, SimulatePrincipalPolicy: simulate(refusedAction) };
  expect(await askQuestion('schedule-rights', answers, dev)).toMatchObject({ result, says });
});

/** Actions on resources about which IAM is asked for a role. */
async function simulatedActions(roleArn: string): Promise<Set<string>> {
  const simulated = new Set<string>();
  const SimulatePrincipalPolicy = ({ PolicySourceArn, ActionNames, ResourceArns = [] }: Simulation) => {
    for (const action of PolicySourceArn === roleArn ? ActionNames : [])
      for (const resource of ResourceArns) simulated.add(`${action} on ${resource}`);
    return { EvaluationResults: ActionNames.map((EvalActionName) => ({ EvalActionName, EvalDecision: 'allowed' })) };
  };
  await askQuestion('schedule-rights', { GetSchedule: schedule, SimulatePrincipalPolicy }, dev);
  return simulated;
}

it('the role of the database’s schedules needs both automations, and to pass the role of the automations', async () => {
  expect(await simulatedActions(DATABASE_ROLE)).toEqual(
    new Set([
      'ssm:StartAutomationExecution on arn:aws:ssm:ap-northeast-1::document/AWS-StartRdsInstance',
      'ssm:StartAutomationExecution on arn:aws:ssm:ap-northeast-1::document/AWS-StopRdsInstance',
      `iam:PassRole on ${AUTOMATION_ROLE}`,
    ]),
  );
});

it('the role of the automations needs to start, stop and describe the database', async () => {
  const databaseArn = 'arn:aws:rds:ap-northeast-1:123456789012:db:prooflink-prod-db';
  expect(await simulatedActions(AUTOMATION_ROLE)).toEqual(
    new Set([
      `rds:StartDBInstance on ${databaseArn}`,
      `rds:StopDBInstance on ${databaseArn}`,
      `rds:DescribeDBInstances on ${databaseArn}`,
    ]),
  );
});
