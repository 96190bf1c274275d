import type { EnvironmentConfig } from '../../../lib/config/environment';
import { isOn, whyOff } from '../../../lib/config/safeguard';
import { dataIsKept, everywhere } from '../../support/invariants';
import type { Json, Template } from '../../support/template';

/** CloudFormation's limit, in bytes. */
const LARGEST_TEMPLATE = 1_000_000;

/** Why CloudFormation would refuse the template, or a reviewer should; empty where it can be deployed. */
export function whyNotDeployable(template: Template, config: EnvironmentConfig): string[] {
  const keepsData = whyOff(config.keepData) === undefined && isOn(config.database.deletionProtection);
  const rules = [...Object.values(everywhere), ...(keepsData ? [dataIsKept] : [])];
  return [...rules.flatMap((rule) => rule(template)), ...misspelt(template)];
}

/** NaN and Infinity as JSON writes them, unresolved tokens, and references outside the design. */
function misspelt(template: Template): string[] {
  const text = JSON.stringify(template);
  const references = text.match(/\{\{resolve:[^}]*/g) ?? [];
  return [
    ...(text.includes('null') && hasNull(template as unknown as Json) ? ['a value is null'] : []),
    ...(/\bNaN\b|\bInfinity\b/.test(JSON.stringify(template.Resources)) ? ['a number is none'] : []),
    ...(text.includes('${Token[') ? ['a token is not resolved'] : []),
    ...(references.length === 2 ? [] : [`${references.length} dynamic references; the password has two`]),
    ...(Buffer.byteLength(text) > LARGEST_TEMPLATE ? ['the template is too large'] : []),
  ];
}

function hasNull(value: Json): boolean {
  return value === null || (typeof value === 'object' && Object.values(value).some(hasNull));
}
