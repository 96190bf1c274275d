import fc from 'fast-check';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Duration, Size, SizeRoundingBehavior } from 'aws-cdk-lib/core';

/** Unintended numbers: what arithmetic and copied JSON leave behind, and the edges of what a number can be. */
const oddNumber = fc.constantFrom(
  Number.NaN,
  Infinity,
  -Infinity,
  -1,
  -0.5,
  0,
  0.1,
  1.5,
  1e21,
  Number.MAX_SAFE_INTEGER,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
);

/** Text that breaks lines, quotes, templates, terminals or CloudFormation where it is not checked. */
export const oddText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    // It would add a line to the message of an error.
    '\n',
    'a\nprod: network.cidr: fine',
    // Characters of shells, of JavaScript, of HTML and of URLs.
    '"',
    "'",
    '\\',
    '`id`',
    '$(id)',
    '<script>',
    '../..',
    '%00',
    // CloudFormation and the CDK would put another value there.
    '${AWS::AccountId}',
    '${Token[AWS.AccountId.0]}',
    '${Token[TOKEN.1]}',
    '{{resolve:ssm:/a:1}}',
    '{{resolve:secretsmanager:a:SecretString:b::}}',
    // Letters beyond ASCII, and characters that a terminal obeys.
    '本番',
    '１２',
    '\u202Enigol',
    '\u0007\u001b[2J',
    '\u0000',
    // Names that every object has.
    '__proto__',
    'constructor',
    'null',
    '0',
    "'; DROP TABLE users; --",
    'a'.repeat(5000),
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

/** An odd value of the same type; `undefined` where a value has no type. */
export function oddLike(value: unknown): fc.Arbitrary<unknown> | undefined {
  // As a cast or a calculation may make it: the CDK's factories refuse the negative ones.
  if (value instanceof Duration) return oddNumber.map((amount) => Object.assign(Duration.seconds(1), { amount }));
  if (value instanceof Size) return oddNumber.map((amount) => Object.assign(Size.gibibytes(1), { amount }));
  if (value instanceof InstanceType) return oddText.map((text) => new InstanceType(text));
  if (value === 'on') return oddText.map((text) => ({ off: text }));
  if (typeof value === 'string') return oddText;
  if (typeof value === 'number') return oddNumber;
  if (typeof value === 'boolean') return fc.boolean();
  if (!Array.isArray(value)) return undefined;
  const items: unknown[] = value;
  const reversed = [...items].reverse();
  return fc.constantFrom([], items.slice(1), reversed, [...items, ...items]);
}

/** True for a value that no field may have: a number, size or duration that is negative or not finite. */
export function isBroken(value: unknown): boolean {
  const amount = amountOf(value);
  return typeof amount === 'number' && !(amount >= 0 && Number.isFinite(amount));
}

/** The number of a duration or a size; another value as it is. */
function amountOf(value: unknown): unknown {
  if (value instanceof Duration) return value.toSeconds({ integral: false });
  if (value instanceof Size) return value.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
  return value;
}
