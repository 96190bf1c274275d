import type { PropertyDifference, StackResourceDrift } from '@aws-sdk/client-cloudformation';
import type { SecretMask } from '@infra/common/secret-mask';
import { SECRET_LABEL } from '@infra/common/secret-patterns';
import { isRecord, parseJson } from '@infra/common/values';
import { textOf } from './differences';
import { childOf, isIndex } from './property-path';

/** Text by which CloudFormation says that a property is not set. */
const NOT_SET = 'null';

/** A difference between the template and the service, without secrets. */
export interface MaskedDifference {
  /** JSON pointer to the property, such as `/Tags/0/Value`. */
  readonly path: string;
  /** `undefined` if the template does not set the property. */
  readonly expected: string | undefined;
  /** `undefined` if the service does not have the property. */
  readonly actual: string | undefined;
}

/** A difference that CloudFormation found, with secrets masked. */
export function maskDifference(
  drift: StackResourceDrift,
  difference: PropertyDifference,
  mask: SecretMask,
): MaskedDifference {
  const path = difference.PropertyPath ?? '';
  const steps = stepsOf(path);
  return {
    path,
    expected: maskValue(difference.ExpectedValue, drift.ExpectedProperties, steps, mask),
    actual: maskValue(difference.ActualValue, drift.ActualProperties, steps, mask),
  };
}

/** Steps of a JSON pointer, which writes `~1` for a slash and `~0` for a tilde in a name. */
function stepsOf(path: string): readonly string[] {
  const escapedSteps = path.split('/').slice(1);
  return escapedSteps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/**
 * A value without secrets; `undefined` if the value is not set.
 * @param valueJson - JSON of the value, or a text as it is.
 * @param propertiesJson - JSON of all properties of the resource.
 */
function maskValue(
  valueJson: string | undefined,
  propertiesJson: string | undefined,
  steps: readonly string[],
  mask: SecretMask,
): string | undefined {
  if (valueJson === undefined || valueJson === NOT_SET) return undefined;
  const properties = parseJson(propertiesJson ?? '');
  const value = parseJson(valueJson) ?? valueJson;
  const maskedInContext = valueAt(mask.mask(properties), steps);
  return textOf(maskedInContext ?? maskMissingValue(value, properties, steps, mask));
}

/**
 * The value at a path in masked properties; `undefined` if there is none. If the mask has replaced an object on the path
 * by a label, the label is returned: everything in the object is secret.
 */
function valueAt(maskedProperties: unknown, steps: readonly string[]): unknown {
  let value = maskedProperties;
  for (const step of steps) {
    if (typeof value === 'string' && SECRET_LABEL.test(value)) return value;
    value = childOf(value, step);
  }
  return value;
}

/** Masks a value that is not at its path in the properties, by its parent in them and by the names in its path. */
function maskMissingValue(value: unknown, properties: unknown, steps: readonly string[], mask: SecretMask): unknown {
  const lastStep = steps.at(-1) ?? '';
  const stepsOfParent = steps.slice(0, -1);
  const parent = stepsOfParent.reduce(childOf, properties);
  const [parentName, grandparentName] = lastNames(stepsOfParent);
  if (isRecord(parent)) {
    // The parent may be an entry whose `Name` says that its `Value` is a secret.
    const parentWithValue = { ...parent, [lastStep]: value };
    return valueAt(mask.mask(parentWithValue, parentName, grandparentName), [lastStep]);
  }
  if (Array.isArray(parent)) {
    // The item before may be an option, such as `--password`, that says that the value is a secret.
    const items: readonly unknown[] = parent;
    const itemsUpToValue = [...items.slice(0, Number(lastStep)), value];
    const indexOfValue = String(itemsUpToValue.length - 1);
    return valueAt(mask.mask(itemsUpToValue, parentName, grandparentName), [indexOfValue]);
  }
  const isValueOfUnknownEntry = lastStep === 'Value' && isIndex(stepsOfParent.at(-1) ?? '');
  if (isValueOfUnknownEntry) return mask.hide(value);
  return mask.mask(value, ...lastNames(steps));
}

/** The last two names in a path, the last one first; indices of lists are no names. */
function lastNames(steps: readonly string[]): [name?: string, parentName?: string] {
  const names = steps.filter((step) => !isIndex(step));
  return [names.at(-1), names.at(-2)];
}
