import fc from 'fast-check';
import { Duration, Size } from 'aws-cdk-lib/core';
import { days, gibibytes, oddDuration, oddNumber, oddSize, oddText, time } from './values';

/** Values that a field may have by itself, and values that no environment may have. */
export interface Field {
  readonly fine?: fc.Arbitrary<unknown>;
  readonly broken?: fc.Arbitrary<unknown>;
}

export const anyOf = (...values: unknown[]): fc.Arbitrary<unknown> => fc.constantFrom(...values);
export const noWord = oddText.filter((text) => !/^[a-z0-9_.-]+$/.test(text));
const reason = fc.oneof(oddText, fc.string({ unit: 'grapheme' })).map((text) => `nobody reads this twice: ${text}`);
export const off = reason.map((text) => ({ off: text }));
export const noReason = fc.constantFrom('', ' ', '\t\n', '\u3000', 'todo', 'n/a').map((text) => ({ off: text }));

export const safeguard: Field = { fine: fc.oneof(fc.constant('on'), off), broken: noReason };
export const yesNo: Field = { fine: fc.boolean() };
export const percent: Field = {
  fine: fc.double({ min: 1, max: 100, noNaN: true }),
  broken: oddNumber.filter((number) => !(number >= 1 && number <= 100)),
};
const odd = oddNumber.filter((number) => !Number.isSafeInteger(number) || number < 1);
export const count = (max: number): Field => ({
  fine: fc.integer({ min: 1, max }),
  broken: fc.oneof(odd, fc.integer({ min: max + 1 }), fc.integer({ max: 0 })),
});
export const wholeDays: Field = {
  fine: fc.oneof(days(1, 3650), fc.constant(Duration.hours(48))),
  broken: fc.oneof(days(36501, 1e6), oddDuration, fc.constant(Duration.hours(36)), fc.constant(Duration.days(0))),
};
export const cidr = fc
  .tuple(fc.constantFrom(10, 172, 192), fc.nat(255), fc.nat(255), fc.integer({ min: 16, max: 28 }))
  .map(([a, b, c, length]) => `${a}.${b}.${c}.0/${length}`);
export const noCidr = fc.oneof(
  oddText,
  anyOf('10.0.0.0', '10.0.0.1/16', '10.0.0.0/33', '256.0.0.0/16', '::/0', '0.0.0.0/0', '10.0.0.0/8'),
);
export const subnets: Field = {
  fine: anyOf([], [{ cidr: '10.0.3.0/24' }], [{ cidr: '10.0.3.0/24' }, { cidr: '10.0.4.0/28' }]),
};
/** Some are too small for a public one, and fine for a private one. */
export const subnet: Field = { fine: cidr, broken: noCidr };
const memory = {
  fine: fc.oneof(gibibytes(1, 4), fc.constant(Size.mebibytes(2048))),
  broken: fc.oneof(oddSize, gibibytes(121, 1e6), fc.constant(Size.mebibytes(1025)), fc.constant(Size.gibibytes(0))),
};
const cpu = { fine: anyOf(256, 512, 1024, 2048, 4096), broken: fc.oneof(oddNumber, anyOf(0, 1, 500, 32768)) };
export const fargateSize: Field = {
  fine: fc.record({ cpu: cpu.fine, memory: memory.fine }),
  broken: fc.oneof(
    fc.record({ cpu: cpu.broken, memory: memory.fine }),
    fc.record({ cpu: cpu.fine, memory: memory.broken }),
  ),
};
export const hostname: Field = {
  fine: anyOf('example.com', 'app.example.com', 'a.b.example.com', 'xn--bcher-kva.example.com'),
  broken: fc.oneof(oddText, anyOf('Ex.com', 'bücher.example.com', '-a.example.com', 'localhost', '*.example.com')),
};
export const clock = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => time(hour, minute));
export const noClock = fc.oneof(oddText, anyOf('24:00', '9:00', '09:60', '09:00:00', '９:00'));
const importAt = (time: string, fileKey = 'imports/a.csv') => ({ time, days: 'weekdays', fileKey });
export const importSchedule: Field = {
  fine: fc.oneof(
    fc.constant(undefined),
    clock.map((time) => importAt(time)),
  ),
  broken: fc.oneof(
    noClock.map((time) => importAt(String(time))),
    oddText.map((key) => importAt('12:00', key)),
  ),
};
const told = (name: string, value = 'x') => ({ variables: { [name]: value }, secrets: [] });
const hidden = (...secrets: string[]) => ({ variables: {}, secrets });
export const settings: Field = {
  fine: anyOf(undefined, told('SMTP_HOST'), hidden('SMTP_PASSWORD', 'OAUTH_SECRET')),
  broken: fc.oneof(
    anyOf(
      told('SMTP_PASSWORD'),
      told('AWS_PROFILE'),
      told('A', ''),
      hidden('A', 'A'),
      hidden('DATABASE_URL'),
      hidden('A-B'),
    ),
    // NaN is the name of a variable as good as any.
    oddText.filter((name) => !/^[A-Za-z_]\w*$/.test(name)).map((name) => hidden(name)),
  ),
};
export const weekday = fc.constantFrom('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun');

export function isWhole(bytes: number): boolean {
  return Number.isSafeInteger(bytes) && bytes > 0;
}

export const environmentName: Field = {
  fine: fc.stringMatching(/^[a-z][a-z0-9]{0,16}$/),
  broken: fc.oneof(noWord, anyOf('Dev', 'a-b', 'a'.repeat(19))),
};
