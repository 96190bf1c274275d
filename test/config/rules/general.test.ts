import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Aws } from 'aws-cdk-lib/core';
import { brokenRules } from '../../../lib/config/validate';
import { dev } from '../../support/configs';
import { brokenWith, refuses, takes, withField } from '../../support/config';

const LONG = 'a'.repeat(40);
const LONGER = 'a'.repeat(60);
const OFF = "{ off: '<why this environment can do without>' }";

test('the longest name that AWS takes is taken', () => {
  expect(brokenRules('a'.repeat(18), dev)).toEqual([]);
});

test.each([
  [LONG, `name: load balancer prooflink-${LONG}-alb has 54 characters; AWS allows 32, so shorten the environment's`],
  [LONG, `name: target group prooflink-${LONG}-tg has 53 characters; AWS allows 32, so shorten the environment's`],
  [LONG, `name: bucket prooflink-${LONG}-files-123456789012 has 69 characters; AWS allows 63`],
  [LONG, `name: role prooflink-${LONG}-ecs-task-execution-role has 74 characters; AWS allows 64`],
  [LONGER, `name: DB instance prooflink-${LONGER}-db has 73 characters; AWS allows 63`],
  ['a'.repeat(19), `name: load balancer prooflink-${'a'.repeat(19)}-alb has 33 characters; AWS allows 32`],
  ['Prod', "name: Prod is not an environment's name; write lowercase letters and digits, a letter first"],
  ['delivery', 'name: delivery begins like the stacks that connect GitHub, delivery; choose another one'],
  ['deliverydev', 'name: deliverydev begins like the stacks that connect GitHub, delivery; choose another one'],
  ['a\nb', '"a\\nb": name: "a\\nb" is not an environment\'s name'],
  ['\u202eved', '"\\u{202e}ved": name: "\\u{202e}ved" is not an environment\'s name'],
  ['本番', 'name: "本番" is not an environment\'s name'],
])('AWS refuses a name that is too long, and small letters are all that every service takes: %s', (name, message) => {
  expect(brokenRules(name, dev)).toContainEqual(expect.stringContaining(message));
});

refuses('data is lost without a reason, logs cost for ever, or the deploy goes to another account', dev, [
  ['account', 'is not a 12-digit account number; write one, or undefined', '12345678901', '1234567890123'],
  ['region', 'is not a region of AWS; write one such as ap-northeast-1, outside China', 'ap-northest-1', 'cn-north-1'],
  ['region', 'is not a region of AWS', '__proto__', 'constructor'],
  ['cpuArchitecture', 'is not one of X86_64, ARM64', 'arm64'],
  ['terminationProtection', '{ off: ${Token[AWS.Region.', { off: Aws.REGION }],
  ['terminationProtection', `is not 'on' or ${OFF}`, 'off'],
  ['terminationProtection', `{ off: "" } gives no reason; write ${OFF} or 'on'`, { off: '' }],
  ['terminationProtection', '{ off: " cheap  " } gives no reason; write', { off: ' cheap  ' }],
  ...['todo', 'TODO: write why this is off', 'n/a', 'tbd, ask the team later', '-', '- todo: a reason'].map(
    (off) => ['terminationProtection', `{ off: ${off} } gives no reason; write`, { off }] as const,
  ),
  ['keepData', `{ off: "\\t" } gives no reason; write ${OFF} or RemovalPolicy.RETAIN or`, { off: '\t' }],
  ['keepData', 'is not RemovalPolicy.RETAIN or RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE or { off:', 'destroy'],
  ['logRetention', 'days is not a retention of CloudWatch Logs; write a RetentionDays', 4, 'ONE_WEEK'],
  ['logRetention', 'days is not a retention of CloudWatch Logs; write a RetentionDays', RetentionDays.INFINITE],
]);

test.each([
  { title: 'dots', off: '..........' },
  { title: 'dashes', off: '----------' },
  { title: 'question marks', off: '? ? ? ? ? ?' },
  { title: 'letters that do not make a word', off: '. . a . .' },
  { title: 'the example of an error', off: '<why this environment can do without>' },
])('a safeguard is off for $title, and no reviewer learns why', ({ off }) => {
  const safeguard = brokenWith(dev, { 'database.deletionProtection': { off } });
  expect(safeguard).toEqual([
    `dev: database.deletionProtection: { off: ${off} } gives no reason; write ${OFF} or 'on'`,
  ]);
});

takes('what AWS and CloudWatch take', dev, [
  ['terminationProtection', { off: 'rebuilt every night' }, { off: 'テストデータのみ' }, { off: '費用を抑える' }],
  ['terminationProtection', { off: 'it has no todo list' }],
  ['account', '123456789012'],
  ['logRetention', RetentionDays.TEN_YEARS],
]);
const virginia = withField(dev, 'network.availabilityZones', ['us-east-1a', 'us-east-1b']);
takes('another region, with its zones', virginia, [['region', 'us-east-1']]);
