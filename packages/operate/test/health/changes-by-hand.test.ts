import type { PartName } from '@infra/commands/app';
import { revertDriftCommand } from '@infra/deployed/printed-commands';
import { askQuestions } from '../../src/health/ask-questions';
import { whileAwsAnswers } from '@infra/deployed/test/support/answer-commands';
import { askQuestion, environmentWith, schedule } from './aws-answers';

/** An environment whose stack has every part, and a status. */
function environmentIn(stackStatus: string) {
  return environmentWith({ description: { StackStatus: stackStatus } });
}

const REFUSAL = Object.assign(new Error('no right to cloudformation:DetectStackResourceDrift'), {
  name: 'AccessDenied',
});

/** CloudFormation's refusal to compare. Commands without an answer here, such as those that read services, fail too. */
const REFUSED_COMPARISON = { DetectStackResourceDrift: REFUSAL };

/** Lines of the answer about a stack in a status, while nothing can be compared. */
async function answerLines(stackStatus: string): Promise<string[]> {
  const answer = await askQuestion('by-hand', REFUSED_COMPARISON, environmentIn(stackStatus));
  expect(answer).toMatchObject({ result: 'look', fix: undefined });
  return answer?.says.split('\n') ?? [];
}

// If each resource's reason had the resource's name, forty resources would be forty lines: a text of 8,123 characters.
test('a caller who may not detect drift reads the reason once, with the number of resources', async () => {
  const lines = await answerLines('UPDATE_COMPLETE');
  const refusals = lines.filter((line) => line.includes('DetectStackResourceDrift'));
  expect(refusals).toEqual([
    expect.stringMatching(/^Not compared: \d\d resources \(AccessDenied: no right to \S+\)\.$/),
  ]);
});

test('during a deployment nothing is asked, and one line says why', async () => {
  expect(await answerLines('UPDATE_IN_PROGRESS')).toEqual([
    expect.stringMatching(
      /^Not compared: \d\d resources \(ProoflinkProd is UPDATE_IN_PROGRESS: compare again after that\)\.$/,
    ),
  ]);
});

/** CloudFormation on the only resource that was changed by hand, one of the stack's parts, and its property. */
const driftOf = (part: PartName, property: string) => ({
  DetectStackResourceDrift: ({ LogicalResourceId }: { readonly LogicalResourceId: string }) => ({
    StackResourceDrift:
      LogicalResourceId === part
        ? {
            StackResourceDriftStatus: 'MODIFIED',
            PropertyDifferences: [{ PropertyPath: `/${property}`, ExpectedValue: '7', ActualValue: '1' }],
          }
        : { StackResourceDriftStatus: 'IN_SYNC' },
  }),
});

// A retention that was edited by hand was named as the first cause while every target answered 503.
test.each([
  { part: 'targetGroup', property: 'HealthCheckPath', id: 'by-hand-service' },
  { part: 'targetGroup', property: 'TargetGroupAttributes', id: 'by-hand' },
  { part: 'database', property: 'BackupRetentionPeriod', id: 'by-hand-data' },
  { part: 'webLogGroup', property: 'RetentionInDays', id: 'by-hand' },
] as const)('$property of $part is reported by the question $id alone', async ({ part, property, id }) => {
  const { environment } = environmentIn('UPDATE_COMPLETE')();
  const reports = await whileAwsAnswers(driftOf(part, property), () => askQuestions(environment, 'doctor'));
  const wrongIds = reports.filter((report) => report.result === 'wrong').map((report) => report.id);
  expect(wrongIds.filter((wrongId) => wrongId.startsWith('by-hand'))).toEqual([id]);
});

test('commands that undo changes by hand are printed once, though one of them reverts drift: a person would run the others twice', async () => {
  const changedSchedule = ({ Name }: { readonly Name: string }) => ({ ...schedule({ Name }), ScheduleExpression: 'x' });
  const answers = { ...driftOf('webLogGroup', 'RetentionInDays'), GetSchedule: changedSchedule };
  const { environment } = environmentIn('UPDATE_COMPLETE')();
  const reports = await whileAwsAnswers(answers, () => askQuestions(environment, 'doctor'));
  const commands = reports.find(({ id }) => id === 'by-hand')?.fix?.split('\n') ?? [];
  expect(commands[0]).toBe(revertDriftCommand(environment));
  expect(commands.length).toBeGreaterThan(1);
  expect(new Set(commands).size).toBe(commands.length);
});
