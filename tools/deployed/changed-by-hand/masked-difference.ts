import type { PropertyDifference, StackResourceDrift } from '@aws-sdk/client-cloudformation';
import type { SecretMask } from '@infra/common/secret-mask';
import { SECRET_LABEL } from '@infra/common/secret-patterns';
import { isRecord, parseJson } from '@infra/common/values';
import { textOf } from './differences';
import { childOf, isIndex } from './property-path';

/** JSON of the value that CloudFormation reports for a property that is not set. */
const NULL_JSON = 'null';

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
 * The reported value as it is shown, without secrets: a text as it is, anything else as JSON; `undefined` if it is not set.
 * Secrets are recognized by the names around them: all properties are masked, and the value is then taken from them.
 * @param valueJson - JSON of the value, or a text as it is.
 * @param propertiesJson - JSON of all properties of the resource.
 */
function maskValue(
  valueJson: string | undefined,
  propertiesJson: string | undefined,
  steps: readonly string[],
  mask: SecretMask,
): string | undefined {
  if (valueJson === undefined || valueJson === NULL_JSON) return undefined;
  const properties = parseJson(propertiesJson ?? '');
  const maskedProperties = mask.mask(properties);
  const maskedValue = valueAt(maskedProperties, steps);
  // `parseJson` reads objects and lists only; any other value stays a text.
  const value = parseJson(valueJson) ?? valueJson;
  return textOf(maskedValue ?? maskValueNotInProperties(value, properties, steps, mask));
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

/**
 * Masks a value that the reported properties do not have at its path, such as an item that has another index there. It is
 * masked together with what stands around that path.
 */
function maskValueNotInProperties(
  value: unknown,
  properties: unknown,
  steps: readonly string[],
  mask: SecretMask,
): unknown {
  const lastStep = steps.at(-1) ?? '';
  const stepsToParent = steps.slice(0, -1);
  const parent = stepsToParent.reduce(childOf, properties);
  const maskParent: MaskFunction = (parentWithValue) => mask.mask(parentWithValue, ...lastNames(stepsToParent));
  if (isRecord(parent)) return maskInRecord(value, parent, lastStep, maskParent);
  if (Array.isArray(parent)) return maskInList(value, parent, Number(lastStep), maskParent);
  return maskAlone(value, steps, mask);
}

/** Replaces the secrets of a value by labels. */
type MaskFunction = (value: unknown) => unknown;

/** Masks a value with the others of its object: the object may have a `Name` that says that its `Value` is a secret. */
function maskInRecord(
  value: unknown,
  record: Readonly<Record<string, unknown>>,
  key: string,
  maskRecord: MaskFunction,
): unknown {
  const recordWithValue = { ...record, [key]: value };
  return valueAt(maskRecord(recordWithValue), [key]);
}

/** Masks a value with the items before it: an option, such as `--password`, may say that the next item is a secret. */
function maskInList(value: unknown, list: readonly unknown[], index: number, maskList: MaskFunction): unknown {
  const itemsBeforeValue = list.slice(0, index);
  // If the list ends before the index, the value follows its last item.
  const indexOfValue = String(itemsBeforeValue.length);
  return valueAt(maskList([...itemsBeforeValue, value]), [indexOfValue]);
}

/** Masks a value around which the properties have nothing: only the names in its path may say that it is a secret. */
function maskAlone(value: unknown, steps: readonly string[], mask: SecretMask): unknown {
  const isValueOfEntry = steps.at(-1) === 'Value' && isIndex(steps.at(-2) ?? '');
  // A path such as /Tags/0/Value: the name beside the value is unknown, so that the value is hidden in any case.
  if (isValueOfEntry) return mask.hide(value);
  return mask.mask(value, ...lastNames(steps));
}

/** The last two names in a path, the last one first: the arguments `key` and `parentKey` of `SecretMask.mask`. */
function lastNames(steps: readonly string[]): [name?: string, parentName?: string] {
  // The index of an item in a list is no name.
  const names = steps.filter((step) => !isIndex(step));
  return [names.at(-1), names.at(-2)];
}
