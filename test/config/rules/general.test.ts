import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Aws } from 'aws-cdk-lib/core';
import { dev } from '../../support/configs/dev';
import { brokenRules } from '../../../lib/config/validate';
import { withField, testAccepted, testRules } from '../../support/config';

const LONG = 'a'.repeat(40);
const LONGER = 'a'.repeat(60);

test('the longest name that AWS takes is taken', () => {
  expect(brokenRules('a'.repeat(18), dev)).toEqual([]);
});

describe('names: AWS refuses a name that is too long, and small letters are all that every service takes', () => {
  test.each([
    [LONG, `name: load balancer prooflink-${LONG}-alb has 54 characters; AWS allows 32, so shorten the environment's`],
    [LONG, `name: target group prooflink-${LONG}-tg has 53 characters; AWS allows 32, so shorten the environment's`],
    [LONG, `name: bucket prooflink-${LONG}-files-123456789012 has 69 characters; AWS allows 63`],
    [LONG, `name: role prooflink-${LONG}-ecs-task-execution-role has 74 characters; AWS allows 64`],
    [LONGER, `name: DB instance prooflink-${LONGER}-db has 73 characters; AWS allows 63`],
    [
      'a'.repeat(19),
      `name: load balancer prooflink-${'a'.repeat(19)}-alb has 33 characters; AWS allows 32, so shorten the environment's`,
    ],
    ['Prod', "name: Prod is not an environment's name; write lowercase letters and digits, a letter first"],
    ['delivery', 'name: delivery begins like the stacks that connect GitHub, delivery; choose another one'],
    ['deliverydev', 'name: deliverydev begins like the stacks that connect GitHub, delivery; choose another one'],
    [
      'a\nb',
      '"a\\nb": name: "a\\nb" is not an environment\'s name; write lowercase letters and digits, a letter first',
    ],
    [
      '\u202eved',
      '"\\u{202e}ved": name: "\\u{202e}ved" is not an environment\'s name; write lowercase letters and digits, a letter first',
    ],
    ['本番', 'name: "本番" is not an environment\'s name; write lowercase letters and digits, a letter first'],
  ])('%s', (name, message) => {
    expect(brokenRules(name, dev)).toContainEqual(expect.stringContaining(message));
  });
});

testRules('general: data is lost without a reason, logs cost for ever, or the deploy goes to another account', [
  ['account', '12345678901', '12345678901 is not a 12-digit account number; write one, or undefined'],
  ['account', '1234567890123', '1234567890123 is not a 12-digit account number; write one, or undefined'],
  ['region', 'ap-northest-1', 'ap-northest-1 is not a region of AWS; write one such as ap-northeast-1'],
  ['region', 'cn-north-1', 'cn-north-1 is not a region of AWS; write one such as ap-northeast-1, outside China'],
  ['cpuArchitecture', 'arm64', 'arm64 is not one of X86_64, ARM64'],
  ['terminationProtection', { off: Aws.REGION }, '{ off: ${Token[AWS.Region.'],
  ['terminationProtection', 'off', "off is not 'on' or { off: '<why this environment can do without>' }"],
  [
    'terminationProtection',
    { off: '' },
    "{ off: \"\" } gives no reason; write { off: '<why this environment can do without>' } or 'on'",
  ],
  ...['todo', 'TODO: write why this is off', 'n/a', 'tbd, ask the team later', '-', '- todo: a reason'].map(
    (off): [string, unknown, string] => ['terminationProtection', { off }, `{ off: ${off} } gives no reason; write`],
  ),
  [
    'keepData',
    { off: '\t' },
    '{ off: "\\t" } gives no reason; write { off: \'<why this environment can do without>\' } or RemovalPolicy.RETAIN or',
  ],
  ['terminationProtection', { off: ' cheap  ' }, '{ off: " cheap  " } gives no reason; write'],
  ['keepData', 'destroy', 'destroy is not RemovalPolicy.RETAIN or RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE or { off:'],
  ['logRetention', 4, '4 days is not a retention of CloudWatch Logs; write a RetentionDays'],
  ['logRetention', 'ONE_WEEK', 'ONE_WEEK days is not a retention of CloudWatch Logs; write a RetentionDays'],
  ['logRetention', RetentionDays.INFINITE, '9999 days is not a retention of CloudWatch Logs; write a RetentionDays'],
]);

testAccepted('general: what AWS and CloudWatch take', [
  ['terminationProtection', { off: 'rebuilt every night' }],
  ['terminationProtection', { off: 'テストデータのみ' }],
  ['terminationProtection', { off: '費用を抑える' }],
  ['terminationProtection', { off: 'it has no todo list' }],
  ['account', '123456789012'],
  ['region', 'us-east-1', withField(dev, 'network.availabilityZones', ['us-east-1a', 'us-east-1b'])],
  ['logRetention', RetentionDays.TEN_YEARS],
]);
