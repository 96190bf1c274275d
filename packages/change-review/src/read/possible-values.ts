import { functionOf } from '@infra/common/template';
import { entriesOf } from '@infra/common/values';
import { nameReferredToBy, NO_VALUE, type NormalizedValue, withoutMarks } from './normalized-text';
import type { TemplateReader } from './template-reader';

const MOST_POSSIBLE_VALUES = 50;

/** Everything that a value may be at the deployment: each branch, each value of a mapping, each value of a parameter. */
export function possibleValues(value: NormalizedValue, reader: TemplateReader): readonly NormalizedValue[] {
  const values = valuesOfExpression(value, reader);
  const isUsable = values.length > 0 && values.length <= MOST_POSSIBLE_VALUES;
  return isUsable ? values : [value];
}

function valuesOfExpression(value: NormalizedValue, reader: TemplateReader): NormalizedValue[] {
  const [functionName, argument] = functionOf(value) ?? [];
  if (functionName === undefined) return valuesOfParameter(nameReferredToBy(value), reader);
  if (!Array.isArray(argument)) return [];
  const [name, ...branches] = argument as NormalizedValue[];
  if (functionName === 'Fn::If') return valuesOfBranches(branches, reader);
  if (functionName === 'Fn::FindInMap') return valuesOfMapping(String(name), branches.at(-1), reader);
  return [];
}

/** The values of both branches of `Fn::If`; one may set no value. */
function valuesOfBranches(branches: readonly NormalizedValue[], reader: TemplateReader): NormalizedValue[] {
  return branches.flatMap((branch) => {
    const value = branch === NO_VALUE ? undefined : branch;
    return possibleValues(value, reader);
  });
}

function valuesOfParameter(name: string | undefined, reader: TemplateReader): NormalizedValue[] {
  if (name === undefined) return [];
  const parameters = entriesOf(reader.template.Parameters);
  const parameter = entriesOf(parameters.get(name));
  const valueInManifest = reader.parameterValues.get(name);
  if (valueInManifest !== undefined) return normalizeAll([valueInManifest], reader);
  return normalizeAll([parameter.get('Default'), parameter.get('AllowedValues')], reader);
}

/** The values of a mapping under its second key, or all if that is known only at the deployment. */
function valuesOfMapping(name: string, secondKey: NormalizedValue, reader: TemplateReader): NormalizedValue[] {
  const mappings = entriesOf(reader.template.Mappings);
  const mapping = entriesOf(mappings.get(withoutMarks(name)));
  const values: unknown[] = [];
  for (const valuesByKey of mapping.values()) {
    const entries = entriesOf(valuesByKey);
    values.push(...(entries.has(String(secondKey)) ? [entries.get(String(secondKey))] : entries.values()));
  }
  return normalizeAll(values, reader);
}

/** Values that are set, lists as their items. */
function normalizeAll(values: readonly unknown[], reader: TemplateReader): NormalizedValue[] {
  const items = values.flat().filter((item) => item !== undefined);
  return items.map((item) => reader.normalize(item));
}
