import { Intrinsics } from '@infra/common/intrinsics';
import type { Template } from '@infra/common/template';
import { within } from '@infra/common/values';

/**
 * A template as it is once the application is released: conditions are decided, with a text for each parameter that may be
 * empty. References stay as they are.
 */
export function decided(template: Template): Template {
  const refInCondition = (name: string): unknown => within(template.Parameters, name, 'Default') || `the ${name}`;
  const known = { refInCondition };
  return new Intrinsics(template, known).resolve(template) as Template;
}
