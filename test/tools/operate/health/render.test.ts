import type { ReportedAnswer } from '../../../../tools/operate/health/answer';
import { renderReport } from '../../../../tools/operate/health/render';

/** An answer as long as the one that names each resource which was not compared during a deployment. */
const LONG_ANSWER: ReportedAnswer = {
  id: 'by-hand',
  statement: 'Nothing was changed by hand',
  result: 'look',
  says: 'Not compared: AWS::EC2::Subnet (the stack is being updated). '.repeat(200).trim(),
};

const SHORT_ANSWER: ReportedAnswer = {
  id: 'hours',
  statement: 'It runs within its hours, which is a statement of two lines',
  result: 'wrong',
  says: 'It is stopped.',
  fix: 'npm run prooflink -- start dev',
};

/** Renders what `doctor` prints in a file. */
function render(...answers: ReportedAnswer[]): string {
  return renderReport({ environmentName: 'dev', command: 'doctor', answers, terminalWidth: undefined });
}

// A single cell of this length keeps the table library busy for minutes, and the test with it.
test('an answer of 12 kB is printed whole and at once: doctor hung for minutes during a deployment', () => {
  const words = render(LONG_ANSWER).match(/updated\)/g);
  expect(words).toHaveLength(200);
});

test('a statement and its answer stand side by side, with the fix below the answer', () => {
  const [, ...lines] = render(SHORT_ANSWER).split('\n');
  expect(lines.slice(0, 5).join('\n')).toMatchInlineSnapshot(`
   "┌──────────────────────────────┬───────────────────────────────────────────────┐
   │ It runs within its hours,    │ It is stopped.                                │
   │ which is a statement of two  │ Fix: npm run prooflink -- start dev           │
   │ lines                        │                                               │
   └──────────────────────────────┴───────────────────────────────────────────────┘"
  `);
});
