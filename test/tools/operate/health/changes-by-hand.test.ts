import { wrongAnswer } from '../../../../tools/operate/health/answer';
import { askQuestions } from '../../../../tools/operate/health/ask-questions';
import { CHANGES_BY_HAND } from '../../../../tools/operate/health/questions/changes-by-hand';
import { whileAwsAnswers } from '../../support/answer-commands';
import { askQuestion, environmentWith } from './aws-answers';

/** A stack with every part, in a state. */
const stackIn = (StackStatus: string) => environmentWith({ description: { StackStatus } });

const REFUSAL = Object.assign(new Error('no right to cloudformation:DetectStackResourceDrift'), {
  name: 'AccessDenied',
});

/** Lines of the answer on changes by hand, while CloudFormation refuses to compare and services refuse to be read. */
async function linesIn(stackStatus: string): Promise<string[]> {
  const answer = await askQuestion('by-hand', { DetectStackResourceDrift: REFUSAL }, stackIn(stackStatus));
  expect(answer).toMatchObject({ result: 'look', fix: undefined });
  return answer?.says.split('\n') ?? [];
}

// Forty resources were forty reasons, each with the name of its own resource: a text of 8,123 characters.
test('a caller who may not detect drift reads the reason once, with the number of resources', async () => {
  const lines = await linesIn('UPDATE_COMPLETE');
  const refusals = lines.filter((line) => line.includes('DetectStackResourceDrift'));
  expect(refusals).toEqual([
    expect.stringMatching(/^Not compared: \d\d resources \(AccessDenied: no right to \S+\)\.$/),
  ]);
});

test.each([
  { title: 'a deployment', stackStatus: 'UPDATE_IN_PROGRESS' },
  { title: 'a clean-up', stackStatus: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS' },
  { title: 'a deletion', stackStatus: 'DELETE_IN_PROGRESS' },
])('during $title nothing is asked, and one line says why', async ({ stackStatus }) => {
  expect(await linesIn(stackStatus)).toEqual([
    expect.stringMatching(
      new RegExp(`^Not compared: \\d+ resources \\(ProoflinkProd is ${stackStatus}: compare again after that\\)\\.$`),
    ),
  ]);
});

test('in a state in which CloudFormation refuses it is not asked; services still are', async () => {
  const lines = await linesIn('DELETE_FAILED');
  const reason = 'CloudFormation compares nothing while ProoflinkProd is DELETE_FAILED';
  expect(lines.filter((line) => line.includes(reason))).toHaveLength(1);
  expect(lines.join('\n')).not.toContain('DetectStackResourceDrift');
  expect(lines.length).toBeGreaterThan(1);
});

test('commands that undo changes by hand are printed once, though one of them deploys: a person would run the others twice', async () => {
  const { environment } = stackIn('UPDATE_COMPLETE')();
  const fix = `aws ec2 delete-route --route-table-id rtb-1\n${environment.redeployCommand}`;
  const says = 'a route was added by hand';
  const ask = jest.spyOn(CHANGES_BY_HAND, 'ask').mockResolvedValue(wrongAnswer({ says, fix }));
  const reported = await whileAwsAnswers({}, () => askQuestions(environment, 'doctor'));
  ask.mockRestore();
  expect(reported).toContainEqual(expect.objectContaining({ says, fix }));
});
