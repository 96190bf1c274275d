import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Aws } from 'aws-cdk-lib/core';
import { brokenRules } from '../../../lib/config/validate';
import { dev } from '../../support/configs';
import { refuses, takes, withField } from '../../support/config';

const LONG = 'a'.repeat(40);
const LONGER = 'a'.repeat(60);
const OFF = "{ off: '<why this environment can do without>' }";

/** Texts in the place of a reason. */
const PLACEHOLDERS = [
  'TODO: write why this is off',
  'tbd, ask the team later',
  '- todo: a reason',
  '..........',
  '. . a . .',
];

test('the longest name that AWS takes is taken', () => {
  expect(brokenRules('a'.repeat(18), dev)).toEqual([]);
});

test.each([
  {
    name: LONG,
    says: `name: load balancer prooflink-${LONG}-alb has 54 characters; AWS allows 32, so shorten the environment's`,
  },
  { name: LONG, says: `name: bucket prooflink-${LONG}-files-123456789012 has 69 characters; AWS allows 63` },
  { name: LONG, says: `name: role prooflink-${LONG}-ecs-task-execution-role has 74 characters; AWS allows 64` },
  { name: LONGER, says: `name: DB instance prooflink-${LONGER}-db has 73 characters; AWS allows 63` },
  { name: 'Prod', says: "name: Prod is not an environment's name; write lowercase letters and digits, a letter first" },
  {
    name: 'deliverydev',
    says: 'name: deliverydev begins like the stacks that connect GitHub, delivery; choose another one',
  },
  { name: 'a\nb', says: '"a\\nb": name: "a\\nb" is not an environment\'s name' },
  { name: '\u202eved', says: '"\\u{202e}ved": name: "\\u{202e}ved" is not an environment\'s name' },
  { name: '本番', says: 'name: "本番" is not an environment\'s name' },
])(
  'AWS refuses a name that is too long, and small letters are all that every service takes: $says',
  ({ name, says }) => {
    expect(brokenRules(name, dev)).toContainEqual(expect.stringContaining(says));
  },
);

refuses('data is lost without a reason, logs cost for ever, or the deploy goes to another account', dev, [
  {
    field: 'account',
    values: ['12345678901', '1234567890123'],
    says: 'is not a 12-digit account number; write one, or undefined',
  },
  {
    breaksMore: true,
    field: 'region',
    values: ['ap-northest-1', 'cn-north-1'],
    says: 'is not a region of AWS; write one such as ap-northeast-1, outside China',
  },
  { field: 'cpuArchitecture', values: ['arm64'], says: 'is not one of X86_64, ARM64' },
  { field: 'terminationProtection', values: [{ off: Aws.REGION }], says: '{ off: ${Token[AWS.Region.' },
  { field: 'terminationProtection', values: ['off'], says: `is not 'on' or ${OFF}` },
  { field: 'terminationProtection', values: [{ off: '' }], says: `{ off: "" } gives no reason; write ${OFF} or 'on'` },
  {
    field: 'terminationProtection',
    values: [{ off: ' <why it is off> ' }],
    says: '{ off: " <why it is off> " } gives',
  },
  ...PLACEHOLDERS.map((off) => ({
    field: 'terminationProtection',
    values: [{ off }],
    says: `{ off: ${off} } gives no reason; write`,
  })),
  {
    field: 'keepData',
    values: [{ off: '\t' }],
    says: `{ off: "\\t" } gives no reason; write ${OFF} or RemovalPolicy.RETAIN or`,
  },
  {
    field: 'keepData',
    values: ['destroy'],
    says: 'is not RemovalPolicy.RETAIN or RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE or { off:',
  },
  {
    field: 'logRetention',
    values: [4, RetentionDays.INFINITE],
    says: 'days is not a retention of CloudWatch Logs; write a RetentionDays',
  },
]);

takes('what AWS and CloudWatch take', dev, [
  {
    field: 'terminationProtection',
    values: [
      { off: 'rebuilt every night' },
      { off: 'テストデータのみ' },
      { off: '費用を抑える' },
      { off: 'see <ticket 12> for why' },
    ],
  },
  { field: 'terminationProtection', values: [{ off: 'it has no todo list' }] },
  { field: 'account', values: ['123456789012'] },
  { field: 'logRetention', values: [RetentionDays.TEN_YEARS] },
]);
const virginia = withField(dev, 'network.availabilityZones', ['us-east-1a', 'us-east-1b']);
takes('another region, with its zones', virginia, [{ field: 'region', values: ['us-east-1'] }]);
