import type { PropertyDifference, StackResourceDrift } from '@aws-sdk/client-cloudformation';
import type { SecretMask } from '@infra/common/secret-mask';
import { parseJson } from '@infra/common/values';
import { textOf } from './differences';
import { childOf } from './property-name';

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
 * Secrets are recognized by the names around them: all properties are masked, and the value is then taken from them. A value
 * that the properties do not have is hidden.
 * @param value - JSON of the value, or a text as it is.
 * @param propertiesJson - JSON of all properties of the resource.
 */
function maskValue(
  value: string | undefined,
  propertiesJson: string | undefined,
  steps: readonly string[],
  mask: SecretMask,
): string | undefined {
  if (value === undefined || value === NULL_JSON) return undefined;
  const maskedProperties = mask.mask(parseJson(propertiesJson ?? ''));
  return textOf(steps.reduce(childOf, maskedProperties) ?? mask.hide(value));
}
