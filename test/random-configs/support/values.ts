import fc from 'fast-check';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Duration, Size, SizeRoundingBehavior } from 'aws-cdk-lib/core';

/** Numbers that nobody means: what arithmetic and copied JSON leave behind, and the edges of what a number can be. */
export const oddNumber = fc.constantFrom(
  ...[Number.NaN, Infinity, -Infinity, -1, -0.5, 0.1, 1.5, 1e21, Number.MAX_SAFE_INTEGER, Number.MAX_VALUE],
  Number.MIN_VALUE,
);

/** Text that breaks lines, quotes, templates, terminals or CloudFormation where it is not checked. */
export const oddText = fc.oneof(
  fc.constantFrom(
    ...['', ' ', '\n', 'a\nprod: network.cidr: fine', '"', "'", '\\', '`id`', '$(id)', '<script>', '../..', '%00'],
    ...['${AWS::AccountId}', '${Token[AWS.AccountId.0]}', '${Token[TOKEN.1]}', '{{resolve:ssm:/a:1}}'],
    ...['{{resolve:secretsmanager:a:SecretString:b::}}', '本番', '\u202Enigol', '\u0007\u001b[2J', '\u0000', '１２'],
    ...['__proto__', 'constructor', 'null', 'NaN', '0', "'; DROP TABLE users; --", 'a'.repeat(5000)],
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

/** A duration as a cast or a calculation may make it: CDK's own factories refuse the negative ones. */
export const oddDuration: fc.Arbitrary<Duration> = oddNumber.map((amount) => resized(Duration.seconds(1), amount));

/** A size as a cast or a calculation may make it. */
export const oddSize: fc.Arbitrary<Size> = oddNumber.map((amount) => resized(Size.gibibytes(1), amount));

function resized<T extends Duration | Size>(one: T, amount: number): T {
  Object.assign(one, { amount });
  return one;
}

export function seconds(min: number, max: number): fc.Arbitrary<Duration> {
  return fc.integer({ min, max }).map((amount) => Duration.seconds(amount));
}

export function days(min: number, max: number): fc.Arbitrary<Duration> {
  return fc.integer({ min, max }).map((amount) => Duration.days(amount));
}

export function gibibytes(min: number, max: number): fc.Arbitrary<Size> {
  return fc.integer({ min, max }).map((amount) => Size.gibibytes(amount));
}

/** Two digits an item, joined: `time(9, 30)` is `09:30`. */
export function time(hour: number, minute: number): string {
  return [hour, minute].map((part) => String(part).padStart(2, '0')).join(':');
}

/** A value as a reader of a failure wants it: in its unit, and long text cut. */
export function readable(value: unknown): string {
  if (value instanceof Duration) return `${value.toSeconds({ integral: false })} seconds`;
  if (value instanceof Size) return `${value.toBytes({ rounding: SizeRoundingBehavior.NONE })} bytes`;
  if (value instanceof InstanceType) return readable(value.toString());
  if (Array.isArray(value)) return `[${value.map(readable).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${key}: ${readable(inner)}`)
      .join(', ')} }`;
  }
  const text = fc.stringify(value);
  return text.length > 120 ? `${text.slice(0, 100)}… (${text.length} characters)` : text;
}
