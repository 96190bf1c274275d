import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Duration, Size } from 'aws-cdk-lib/core';

/** Another value of the same kind, which most fields may hold; `undefined` where there is no such. */
export function otherValue(value: unknown): unknown {
  if (value === 'on') return { off: 'for another good reason' };
  if (value instanceof Duration) return Duration.seconds(value.toSeconds() * 2);
  if (value instanceof Size) return Size.mebibytes(value.toMebibytes() * 2);
  if (value instanceof InstanceType) return new InstanceType('m7g.large');
  switch (typeof value) {
    case 'boolean':
      return !value;
    case 'number':
      return value + 1;
    case 'string':
      return otherText(value);
    case 'object':
      return 'on';
    default:
      return undefined;
  }
}

/** Half of an IPv4 range, every time of day half an hour later, or a letter more. */
function otherText(text: string): string {
  if (/^[\d.]+\/\d+$/.test(text)) return text.replace(/\d+$/, (length) => String(Number(length) + 1));
  if (!/\d\d:\d\d/.test(text)) return `x${text}`;
  return text.replace(/(\d\d):(\d\d)/g, (_, hour: string, minute: string) => {
    const later = Number(hour) * 60 + Number(minute) + 30;
    return [Math.floor(later / 60), later % 60].map((part) => String(part).padStart(2, '0')).join(':');
  });
}
