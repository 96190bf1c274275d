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

/** A schedule of the office hours, as EventBridge Scheduler answers it. Those of the database start an automation. */
function getSchedule({ Name }: { readonly Name: string }): object {
  const isOfDatabase = Name.endsWith('database');
  const DocumentName = Name.includes('start') ? 'AWS-StartRdsInstance' : 'AWS-StopRdsInstance';
  const startAutomation = { DocumentName, Parameters: { AutomationAssumeRole: [AUTOMATION_ROLE] } };
  const updateService = { DesiredCount: 1 };
  const Target = {
    RoleArn: isOfDatabase ? DATABASE_ROLE : TASKS_ROLE,
    Input: JSON.stringify(isOfDatabase ? startAutomation : updateService),
  };
  return { Name, State: 'ENABLED', Target };
}

/** Services to which a request says that a role is passed. */
function passedServices({ ContextEntries = [] }: Simulation): string[] {
  const passed = ContextEntries.filter(({ ContextKeyName }) => ContextKeyName === 'iam:PassedToService');
  return passed.flatMap(({ ContextKeyValues }) => ContextKeyValues);
}

/** IAM with the template's rights: only the database's schedules may pass a role, to Systems Manager alone. */
function simulate(request: Simulation) {
  const mayPassRole =
    request.PolicySourceArn === DATABASE_ROLE && passedServices(request).includes('ssm.amazonaws.com');
  const EvaluationResults = request.ActionNames.map((action) => ({
    EvalActionName: action,
    EvalDecision: action !== 'iam:PassRole' || mayPassRole ? 'allowed' : 'implicitDeny',
  }));
  return { EvaluationResults };
}

/** Dev, which has office hours. The tests' one stack, whose resources are named after prod, stands for dev's, too. */
const dev = environmentWith({ name: 'dev' });

it('schedules with all rights of the template are well', async () => {
  const answers = { GetSchedule: getSchedule, SimulatePrincipalPolicy: simulate };
  expect(await askQuestion('schedule-rights', answers, dev)).toMatchObject({ result: 'well', says: '' });
});

/** Actions on resources about which IAM is asked for a role. What it refuses is reported (schedule-cases.ts). A right that is not asked for could be missing unseen. */
async function simulatedActions(roleArn: string): Promise<Set<string>> {
  const simulated = new Set<string>();
  const allowAll = ({ PolicySourceArn, ActionNames, ResourceArns = [] }: Simulation) => {
    if (PolicySourceArn === roleArn) {
      for (const action of ActionNames) for (const resource of ResourceArns) simulated.add(`${action} on ${resource}`);
    }
    return { EvaluationResults: ActionNames.map((EvalActionName) => ({ EvalActionName, EvalDecision: 'allowed' })) };
  };
  await askQuestion('schedule-rights', { GetSchedule: getSchedule, SimulatePrincipalPolicy: allowAll }, dev);
  return simulated;
}

it('IAM is asked whether the database’s schedules may start both automations as executions, and pass their role', async () => {
  expect(await simulatedActions(DATABASE_ROLE)).toEqual(
    new Set([
      'ssm:StartAutomationExecution on arn:aws:ssm:ap-northeast-1::document/AWS-StartRdsInstance',
      'ssm:StartAutomationExecution on arn:aws:ssm:ap-northeast-1::document/AWS-StopRdsInstance',
      'ssm:StartAutomationExecution on arn:aws:ssm:ap-northeast-1:123456789012:automation-execution/*',
      `iam:PassRole on ${AUTOMATION_ROLE}`,
    ]),
  );
});

it('IAM is asked whether the automations may start, stop and describe the database', async () => {
  const databaseArn = 'arn:aws:rds:ap-northeast-1:123456789012:db:prooflink-prod-db';
  expect(await simulatedActions(AUTOMATION_ROLE)).toEqual(
    new Set([
      `rds:StartDBInstance on ${databaseArn}`,
      `rds:StopDBInstance on ${databaseArn}`,
      `rds:DescribeDBInstances on ${databaseArn}`,
    ]),
  );
});
