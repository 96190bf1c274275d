import { askQuestion, environmentWith } from './aws-answers';

/** An environment whose stack has every part, and a status. */
function environmentIn(stackStatus: string) {
  return environmentWith({ description: { StackStatus: stackStatus } });
}

const REFUSAL = Object.assign(new Error('no right to cloudformation:DetectStackResourceDrift'), {
  name: 'AccessDenied',
});

/** CloudFormation's refusal to compare. Commands without an answer here, such as those that read services, fail too. */
const REFUSED_COMPARISON = { DetectStackResourceDrift: REFUSAL };

/** Lines of the answer about a stack in a status, while nothing can be compared, and its result. */
async function answerIn(stackStatus: string) {
  const answer = await askQuestion('by-hand', REFUSED_COMPARISON, environmentIn(stackStatus));
  return { lines: answer?.says.split('\n') ?? [], result: answer?.result };
}

// If each resource's reason had the resource's name, forty resources would be forty lines: a text of 8,123 characters.
test('a caller who may not detect drift reads the reason once, with the number of resources', async () => {
  const { lines, result } = await answerIn('UPDATE_COMPLETE');
  // "Well" would be said of an environment into which nobody looked.
  expect(result).toBe('unknown');
  const refusals = lines.filter((line) => line.includes('DetectStackResourceDrift'));
  expect(refusals).toEqual([
    expect.stringMatching(/^Not compared: \d+ resources \(AccessDenied: no right to \S+\)\.$/),
  ]);
});

test('during a deployment nothing is asked, and one line says why', async () => {
  const { lines, result } = await answerIn('UPDATE_IN_PROGRESS');
  expect(result).toBe('underway');
  expect(lines).toEqual([
    expect.stringMatching(
      /^Not compared: \d+ resources \(ProoflinkProd is UPDATE_IN_PROGRESS: compare again after that\)\.$/,
    ),
  ]);
});
