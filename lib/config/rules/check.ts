import { type Duration, type Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib/core';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { Safeguard } from '../safeguard';

/** Takes one broken rule: the field as it is written in the config, and what is wrong with its value and allowed. */
export type Report = (field: string, problem: string) => void;

/** Shows a config's value in a message: as it is where it is plain, escaped where it is blank or has odd characters. */
export function show(value: unknown): string {
  const text = String(value);
  if (/^[!-~]([ -~]*[!-~])?$/.test(text)) return text;
  // JSON leaves characters as they are that a terminal obeys, such as those that turn the direction of writing.
  return JSON.stringify(text).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (odd) => `\\u{${odd.codePointAt(0)?.toString(16)}}`);
}

/** An account's number, where one is given. */
export function checkAccount(report: Report, account: string | undefined): void {
  if (account !== undefined && !/^\d{12}$/.test(account)) {
    report('account', `${show(account)} is no account number of 12 digits`);
  }
}

/** A region of AWS, outside China and other partitions. */
export function checkRegion(report: Report, region: string): void {
  if (!RegionInfo.regions.some(({ name, partition }) => name === region && partition === 'aws')) {
    report('region', `${show(region)} is no region of AWS such as ap-northeast-1`);
  }
}

/** A whole number within bounds. */
export function checkInteger(report: Report, field: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    report(field, `${show(value)} is not a whole number from ${min} to ${max}`);
  }
}

/** A percentage above 0, up to 100. */
export function checkPercent(report: Report, field: string, value: number): void {
  if (!(value > 0 && value <= 100)) report(field, `${show(value)} is not a percentage above 0 and up to 100`);
}

/** One of some values. */
export function checkOneOf<T>(report: Report, field: string, value: T, allowed: readonly T[]): void {
  if (!allowed.includes(value)) report(field, `${show(value)} is none of ${allowed.join(', ')}`);
}

const UNITS = { seconds: 1, minutes: 60, days: 24 * 60 * 60 } as const;

/** A duration of whole units within bounds. */
export function checkDuration(
  report: Report,
  field: string,
  value: Duration,
  unit: keyof typeof UNITS,
  min: number,
  max: number,
): void {
  const amount = value.toSeconds({ integral: false }) / UNITS[unit];
  if (!Number.isInteger(amount) || amount < min || amount > max) {
    report(field, `${amount} ${unit} are not whole ${unit} from ${min} to ${max}`);
  }
}

/** A size of whole GiB within bounds; answers the number of GiB. */
export function checkGibibytes(report: Report, field: string, value: Size, min: number, max: number): number {
  const amount = value.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
  if (!Number.isInteger(amount) || amount < min || amount > max) {
    report(field, `${amount} GiB are not whole GiB from ${min} to ${max}`);
  }
  return amount;
}

/** A safeguard that is off has a reason that a reviewer can read. */
export function checkSafeguard(report: Report, field: string, value: Safeguard): void {
  if (typeof value !== 'object') checkOneOf(report, field, value, ['on']);
  else if (value.off.trim() === '' || Token.isUnresolved(value.off)) {
    report(field, `off without a reason; write { off: '<why this environment can do without>' } or 'on'`);
  }
}
