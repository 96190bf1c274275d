import type { PropertyDifference, StackResourceDrift } from '@aws-sdk/client-cloudformation';
import type { SecretMask } from '@infra/common/secret-mask';
import { isRecord, json } from '@infra/common/values';
import { textOf } from './differences';

/** A property that is not as the template says; undefined is what is not set. */
export interface MaskedDifference {
  readonly path: string;
  readonly expected: string | undefined;
  readonly actual: string | undefined;
}

/** A difference that CloudFormation found, with secrets masked. */
export function maskDifference(
  drift: StackResourceDrift,
  difference: PropertyDifference,
  mask: SecretMask,
): MaskedDifference {
  const path = difference.PropertyPath ?? '';
  return {
    path,
    expected: maskValue(difference.ExpectedValue, drift.ExpectedProperties, path, mask),
    actual: maskValue(difference.ActualValue, drift.ActualProperties, path, mask),
  };
}

/**
 * The value as it is in the masked properties: the properties around it may say that it is a secret. If it is not in
 * them, its own name says so.
 */
function maskValue(
  text: string | undefined,
  properties: string | undefined,
  path: string,
  mask: SecretMask,
): string | undefined {
  if (text === undefined || text === 'null') return undefined;
  const names = path.split('/').slice(1);
  const maskedProperties = mask.mask(json(properties ?? ''));
  const masked = valueAt(maskedProperties, names) ?? mask.mask(json(text) ?? text, names.at(-1), names.at(-2));
  return textOf(masked);
}

function valueAt(value: unknown, names: readonly string[]): unknown {
  let inner = value;
  for (const name of names) {
    if (isRecord(inner)) inner = inner[name];
    else if (Array.isArray(inner)) inner = inner[Number(name)];
    else return undefined;
  }
  return inner;
}
