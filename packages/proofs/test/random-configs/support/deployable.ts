import { type EnvironmentConfig, isOn, whyOff } from '@infra/commands/app';
import { dataIsKept, everywhere, type Invariant } from '@infra/testing/invariants';
import type { Json, Template } from '@infra/testing/template';

/** CloudFormation's limit, in bytes. */
const LARGEST_TEMPLATE = 1_000_000;

/** Dynamic references of every template: the database's password, on the instance and in the DATABASE_URL. */
const DYNAMIC_REFERENCES = 2;

/** Reasons for which CloudFormation would refuse the template, or a reviewer should; empty if it can be deployed. */
export function whyNotDeployable(template: Template, config: EnvironmentConfig): string[] {
  const faultsOfInvariants = invariantsOf(config).flatMap((invariant) => invariant(template));
  return [...faultsOfInvariants, ...faultsOfValues(template), ...faultsOfText(template)];
}

/** The rules of every template, and that data is kept if the config says so. */
function invariantsOf({ keepData, database }: EnvironmentConfig): Invariant[] {
  const keepsData = whyOff(keepData) === undefined && isOn(database.deletionProtection);
  return keepsData ? [...Object.values(everywhere), dataIsKept] : Object.values(everywhere);
}

/** Values that a wrong calculation or a wrong cast leaves behind. */
function faultsOfValues(template: Template): string[] {
  const faults: string[] = [];
  if (containsNull(template as unknown as Json)) faults.push('a value is null');
  if (/\bNaN\b|\bInfinity\b/.test(JSON.stringify(template.Resources))) faults.push('a number is NaN or Infinity');
  return faults;
}

function containsNull(value: Json): boolean {
  if (value === null) return true;
  return typeof value === 'object' && Object.values(value).some(containsNull);
}

/** Faults of the template as CloudFormation gets it. */
function faultsOfText(template: Template): string[] {
  const text = JSON.stringify(template);
  const references = text.match(/\{\{resolve:[^}]*/g) ?? [];
  const faults: string[] = [];
  if (text.includes('${Token[')) faults.push('a token is not resolved');
  if (references.length !== DYNAMIC_REFERENCES) {
    faults.push(`${references.length} dynamic references, and not ${DYNAMIC_REFERENCES}: a text of the config has one`);
  }
  if (Buffer.byteLength(text) > LARGEST_TEMPLATE) faults.push('the template is too large');
  return faults;
}
