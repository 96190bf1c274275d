import type { EnvironmentConfig } from '../../../lib/config/environment';
import { isOn, whyOff } from '../../../lib/config/safeguard';
import { dataIsKept, everywhere } from '../../support/invariants';
import type { Json, Template } from '../../support/template';

/** CloudFormation's limit, in bytes. */
const LARGEST_TEMPLATE = 1_000_000;

/** Why CloudFormation would refuse the template, or a reviewer should; empty where it can be deployed. */
export function whyNotDeployable(template: Template, config: EnvironmentConfig): string[] {
  const keepsData = whyOff(config.keepData) === undefined && isOn(config.database.deletionProtection);
  const rules = keepsData ? [...Object.values(everywhere), dataIsKept] : Object.values(everywhere);
  return [...rules.flatMap((rule) => rule(template)), ...faultsOfText(template)];
}

/** NaN and Infinity as JSON writes them, unresolved tokens, and references outside the design. */
function faultsOfText(template: Template): string[] {
  const text = JSON.stringify(template);
  const references = text.match(/\{\{resolve:[^}]*/g) ?? [];
  const faults: string[] = [];
  if (text.includes('null') && hasNull(template as unknown as Json)) faults.push('a value is null');
  if (/\bNaN\b|\bInfinity\b/.test(JSON.stringify(template.Resources))) faults.push('a number is none');
  if (text.includes('${Token[')) faults.push('a token is not resolved');
  if (references.length !== 2) faults.push(`${references.length} dynamic references; the password has two`);
  if (Buffer.byteLength(text) > LARGEST_TEMPLATE) faults.push('the template is too large');
  return faults;
}

function hasNull(value: Json): boolean {
  return value === null || (typeof value === 'object' && Object.values(value).some(hasNull));
}
