import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Duration, Size } from 'aws-cdk-lib/core';
import type { Json } from '../../support/template';

const ON = ['true', 'on', 'enabled', 'Enabled', 'IMMUTABLE'];
const OFF = ['false', 'off', '0', 'disabled', 'MUTABLE'];

/** Forms of a config's value in templates, in any unit; `undefined` for one that has none. */
export function writtenAs(value: unknown): readonly string[] | undefined {
  if (value === 'on' || value === true) return ON;
  if (value === false || isOff(value)) return OFF;
  if (value instanceof Duration) return [1, 60, 3600, 86400].map((unit) => String(value.toSeconds() / unit));
  if (value instanceof Size) return [1, 1024, 1 / 1048576].map((unit) => String(value.toMebibytes() / unit));
  if (value instanceof InstanceType) return [`db.${value.toString()}`];
  return ['string', 'number'].includes(typeof value) ? [String(value)] : undefined;
}

const isOff = (value: unknown) => typeof value === 'object' && value !== null && 'off' in value;

/** True if what a template says holds a value as a word of its own; what is not there holds any. */
export function tells(said: Json | undefined, written: readonly string[] | undefined): boolean {
  if (said === undefined || written === undefined) return true;
  const text = typeof said === 'string' ? said : JSON.stringify(said);
  return written.some((each) => new RegExp(`(?<![\\w.])${escaped(each)}(?![\\w.]*\\w)`).test(text));
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** A time of day as EventBridge's schedules write it, so many minutes later. */
export const clock =
  (...later: number[]) =>
  (value: unknown) =>
    later.map((minutes) => {
      const [hour = 0, minute = 0] = String(value).split(':').map(Number);
      const time = hour * 60 + minute + minutes;
      return `${time % 60} ${Math.floor(time / 60)}`;
    });

/** Days as EventBridge's schedules write them. */
export const days = (value: unknown) => [value === 'weekdays' ? '? * MON-FRI' : '* * ?'];

/** A value that decides what else is there, and is not written itself. */
export const choice = () => undefined;
