import type { PropertyDifference, StackResourceDrift } from '@aws-sdk/client-cloudformation';
import type { SecretMask } from '@infra/common/secret-mask';
import { isRecord, json } from '@infra/common/values';

/** A property that is not as the template says. */
export interface Difference {
  readonly path: string;
  readonly expected: string | undefined;
  readonly actual: string | undefined;
}

/** A difference that CloudFormation found, with secrets masked; `undefined` is what is not set. */
export function differenceOf(drift: StackResourceDrift, difference: PropertyDifference, mask: SecretMask): Difference {
  const path = difference.PropertyPath ?? '';
  const value = (properties: string | undefined, text: string | undefined) =>
    text === undefined || text === 'null' ? undefined : masked(properties, path, text, mask);
  return {
    path,
    expected: value(drift.ExpectedProperties, difference.ExpectedValue),
    actual: value(drift.ActualProperties, difference.ActualValue),
  };
}

/**
 * The value as it is in the masked properties: whether it is a secret may depend on what is around it. If it is not in
 * them, it is masked by its own name.
 */
function masked(properties: string | undefined, path: string, text: string, mask: SecretMask): string {
  const names = path.split('/').slice(1);
  const around = mask.mask(json(properties ?? ''));
  const found = names.reduce<unknown>(
    (inner, name) => (isRecord(inner) ? inner[name] : Array.isArray(inner) ? inner[Number(name)] : undefined),
    around,
  );
  const value = found ?? mask.mask(json(text) ?? text, names.at(-1) ?? '', names.at(-2) ?? '');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
