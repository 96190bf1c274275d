import { textWidth } from '@infra/common/text-width';
import type { ReportedAnswer } from '../../src/health/answer';
import { renderReport } from '../../src/health/render';

/** A long answer. */
const LONG_ANSWER = {
  id: 'by-hand',
  statement: 'Nothing was changed by hand',
  result: 'look',
  says: 'Not compared: AWS::EC2::Subnet (the stack is being updated). '.repeat(20).trim(),
} as ReportedAnswer;

const SHORT_ANSWER = {
  id: 'hours',
  statement: 'It runs within its hours, which is a statement of two lines',
  result: 'wrong',
  says: 'It is stopped.',
  fix: 'npm run prooflink -- start dev',
} as ReportedAnswer;

const JAPANESE_ANSWER = {
  id: 'hours',
  statement: 'GitHubがロールを引き受け、コメントとissueが作られる',
  result: 'look',
  says: 'まだ引き受けられていないロール: prooflink-delivery-drift、prooflink-delivery-deploy-prod。',
} as ReportedAnswer;

/** A command with a value in JSON. */
const JSON_COMMAND =
  `aws ec2 authorize-security-group-ingress --region ap-northeast-1 --group-id sg-1 --ip-permissions ` +
  `'[{"IpProtocol":"tcp","FromPort":5432,"ToPort":5432,"UserIdGroupPairs":[{"GroupId":"sg-0fedcba9876543210"}]}]'`;
const LOG_COMMAND = 'aws logs tail /ecs/prooflink-dev-app --since 1h --region ap-northeast-1';

/** An answer with a command in a line of its own, and one at the end of a sentence. */
const ANSWER_WITH_COMMANDS = {
  id: 'network',
  statement: 'The web tasks reach the database',
  result: 'look',
  says: 'Port 5432 is closed.',
  fix: `${JSON_COMMAND}\nthe application, if it still does not reach it. Its log: ${LOG_COMMAND}`,
} as ReportedAnswer;

/** Renders what `doctor` prints in a terminal of so many columns; `undefined`: in a file. */
function renderInColumns(terminalWidth: number | undefined, ...answers: ReportedAnswer[]): string {
  return renderReport({ environmentName: 'dev', command: 'doctor', answers, terminalWidth });
}

/** Renders what `doctor` prints in a file. */
const render = (...answers: ReportedAnswer[]) => renderInColumns(undefined, ...answers);

/** An answer on what users feel. */
const NO_SERVICE = {
  id: 'arrive',
  statement: 'Users arrive',
  result: 'wrong',
  says: 'http://example.com/api/health answers 503.',
  usersAreServed: false,
} as ReportedAnswer;

test('the first lines are what users feel, the cause with its statement, and the command that fixes it', () => {
  expect(render(SHORT_ANSWER, NO_SERVICE, LONG_ANSWER).split('\n').slice(0, 9)).toEqual([
    'dev: users are without service.',
    '  http://example.com/api/health answers 503.',
    '',
    'First cause: “It runs within its hours, which is a statement of two lines” is',
    'not true.',
    '  It is stopped.',
    'What fixes it:',
    '  npm run prooflink -- start dev',
    '',
  ]);
});

test.each([
  { result: 'wrong', usersAreServed: true, says: 'dev is not well, though users are served.' },
  {
    result: 'underway',
    usersAreServed: false,
    says: 'dev: a deployment is underway, and until its end users are without service.',
  },
  { result: 'well', usersAreServed: true, says: 'dev is well.' },
] as const)('$result, and users are served: $usersAreServed, is “$says”', ({ says, ...answer }) => {
  expect(render({ ...NO_SERVICE, ...answer }).split('\n')[0]).toBe(says);
});

test.each([
  // Each letter was a line of its own.
  { title: 'a terminal without a size', terminalWidth: 0, widest: 40 },
  { title: 'a terminal of 60 columns', terminalWidth: 60, widest: 60 },
  { title: 'a wide terminal', terminalWidth: 300, widest: 120 },
  { title: 'a file', terminalWidth: undefined, widest: 80 },
])('in $title lines fill $widest columns, in which a Japanese letter takes two', (row) => {
  const lines = renderInColumns(row.terminalWidth, LONG_ANSWER, SHORT_ANSWER, JAPANESE_ANSWER).split('\n');
  const widest = Math.max(...lines.map(textWidth));
  expect(widest).toBeLessThanOrEqual(row.widest);
  // Lines end between words.
  expect(widest).toBeGreaterThan(row.widest - 5);
});

describe.each([60, undefined])('in a terminal of %s columns a command is pasted as one', (terminalWidth) => {
  it.each([
    { title: 'as an answer', result: 'look' },
    { title: 'as the first cause', result: 'wrong' },
  ] as const)('$title', ({ result }) => {
    const lines = renderInColumns(terminalWidth, { ...ANSWER_WITH_COMMANDS, result }).split('\n');
    const unindented = lines.map((line) => line.trim());
    expect(unindented.filter((line) => line === JSON_COMMAND)).toHaveLength(1);
    expect(unindented.filter((line) => line.endsWith(LOG_COMMAND))).toHaveLength(1);
  });
});

const AWS_ERROR =
  'AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/reader/taro is not authorized to perform: ' +
  'ecr:DescribeImages because no identity-based policy allows the ecr:DescribeImages action (DescribeImages)';

// Broken over four lines, no search found it.
test('an error of AWS stands on one line, once', () => {
  const answer = { ...LONG_ANSWER, result: 'unknown', says: `It is so. ${AWS_ERROR}` } as ReportedAnswer;
  const lines = render(answer, { ...answer, id: 'image-batch' }).split('\n');
  expect(lines.filter((line) => line.includes(AWS_ERROR))).toHaveLength(1);
});
