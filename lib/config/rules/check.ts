import { type Duration, type Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib/core';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { DurationUnit } from '../words';
import type { Safeguard, SwitchedOff } from '../safeguard';
import type { FargateSizeConfig } from '../sections/web-service';
import { words } from '../words';

/** Takes one broken rule: the field as the config writes it, and its value with what is allowed and what to do. */
export type Report = (field: string, problem: string) => void;

/** Shows a config's value in a message: as it is where it is plain, escaped where it is blank or has odd characters. */
export function show(value: unknown): string {
  const text = String(value);
  if (/^[!-~]([ -~]*[!-~])?$/.test(text)) return text;
  // JSON leaves characters as they are that a terminal obeys, such as those that turn the direction of writing.
  return JSON.stringify(text).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (odd) => `\\u{${odd.codePointAt(0)?.toString(16)}}`);
}

export function checkAccount(report: Report, account: string | undefined): void {
  if (account !== undefined && !/^\d{12}$/.test(account)) {
    report('account', words.general.notAccount({ account: show(account) }));
  }
}

/** A region of AWS, outside China and other partitions. */
export function checkRegion(report: Report, region: string): void {
  if (!RegionInfo.regions.some(({ name, partition }) => name === region && partition === 'aws')) {
    report('region', words.general.notRegion({ region: show(region) }));
  }
}

export function checkInteger(report: Report, field: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    report(field, words.values.notInteger({ value: show(value), min, max }));
  }
}

/**
 * A percentage of CPU utilization that can be exceeded. Fargate's tasks and DB instances use 100 % at most: what they are
 * given, their utilization is a share of (docs.aws.amazon.com/AmazonECS/latest/developerguide/service_utilization.html).
 */
export function checkCpuPercent(report: Report, field: string, value: number, example: number): void {
  // 0.6 is a mistaken 60 %.
  if (!(value >= 1 && value <= 100)) report(field, words.values.notPercentage({ value: show(value) }));
  if (value === 100) report(field, words.values.neverExceeded({ example }));
}

const LOCAL_PART = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/;
const MAIL_DOMAIN = /^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;

/** True for a single address. More than one, or an address with words around it, is more than AWS takes. */
function isEmailAddress(text: string): boolean {
  const at = text.indexOf('@');
  return at >= 0 && LOCAL_PART.test(text.slice(0, at)) && MAIL_DOMAIN.test(text.slice(at + 1));
}

/** One address to which AWS sends mail. */
export function checkEmail(report: Report, field: string, email: string): void {
  if (!isEmailAddress(email)) {
    report(field, words.values.notEmail({ email: show(email) }));
  }
}

export function checkOneOf<T extends string | number>(
  report: Report,
  field: string,
  value: T,
  allowed: readonly T[],
): void {
  if (!allowed.includes(value)) report(field, words.values.notOneOf({ value: show(value), allowed }));
}

/** Nothing is listed twice; each repetition is reported at its own index. */
export function checkDistinct(report: Report, field: string, values: readonly unknown[]): void {
  for (const [index, value] of values.entries()) {
    if (values.indexOf(value) !== index) {
      report(`${field}[${index}]`, words.values.listedTwice({ value: show(value) }));
    }
  }
}

/** Seconds of each unit. */
const UNITS: Readonly<Record<DurationUnit, number>> = { seconds: 1, minutes: 60, days: 24 * 60 * 60 };

/** A duration of whole units within bounds. */
export function checkDuration(
  report: Report,
  field: string,
  value: Duration,
  unit: DurationUnit,
  min: number,
  max: number,
): void {
  const amount = value.toSeconds({ integral: false }) / UNITS[unit];
  if (!Number.isInteger(amount) || amount < min || amount > max) {
    report(field, words.values.notDuration({ amount, unit, min, max }));
  }
}

/** A size of whole GiB within bounds; returns the number of GiB. */
export function checkGibibytes(report: Report, field: string, value: Size, min: number, max: number): number {
  const amount = value.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
  if (!Number.isInteger(amount) || amount < min || amount > max) {
    report(field, words.values.notGibibytes({ amount, min, max }));
  }
  return amount;
}

/** A safeguard is on, or off for a reason. */
export function checkSafeguard(report: Report, field: string, value: Safeguard): void {
  if (typeof value === 'object') checkReason(report, field, value, ["'on'"]);
  else if ((value as unknown) !== 'on') report(field, words.values.notSafeguard({ value: show(value) }));
}

/** Fewer letters give no reason. */
const SHORTEST_REASON = 6;

/** True for a text that says why; a reminder, an example left as it is, and dots or dashes do not. */
export function givesReason(text: string): boolean {
  if (Token.isUnresolved(text)) return false;
  const isReminder = /^\W*(todo|tbd|fixme|xxx)\b/i.test(text);
  const isExample = /^\s*<.*>\s*$/.test(text);
  const letters = text.match(/[\p{L}\p{N}]/gu) ?? [];
  return !isReminder && !isExample && letters.length >= SHORTEST_REASON;
}

/** A safeguard that is off has a reason; `otherwise` has the notations for one that is on. */
export function checkReason(report: Report, field: string, { off }: SwitchedOff, otherwise: readonly string[]): void {
  if (!givesReason(off)) report(field, words.values.noReason({ reason: show(off), otherwise }));
}

/** A century: beyond any plan, and within the limits of S3 and ECR. */
export const LONGEST_EXPIRATION_DAYS = 36500;

/** Memory in GiB that Fargate takes with each CPU: from, to, in steps of. */
const FARGATE_MEMORY: Readonly<Record<number, readonly number[]>> = {
  256: [0.5, 1, 2],
  512: range(1, 4, 1),
  1024: range(2, 8, 1),
  2048: range(4, 16, 1),
  4096: range(8, 30, 1),
  8192: range(16, 60, 4),
  16384: range(32, 120, 8),
};

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);
}

/** CPU and memory that Fargate offers together. */
export function checkFargateSize(report: Report, field: string, { cpu, memory }: FargateSizeConfig): void {
  const allowed = FARGATE_MEMORY[cpu];
  const gibibytes = memory.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
  if (!allowed) {
    report(`${field}.cpu`, words.values.notOneOf({ value: show(cpu), allowed: Object.keys(FARGATE_MEMORY) }));
  } else if (!allowed.includes(gibibytes)) {
    report(`${field}.memory`, words.values.notFargateMemory({ gibibytes, cpu, allowed }));
  }
}
