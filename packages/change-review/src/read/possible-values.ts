import { functionOf } from '@infra/common/template';
import { entriesOf, stableJson, valueAtPath } from '@infra/common/values';
import type { BeforeAndAfter } from '../model/entry';
import { covers } from '../rights/patterns';
import { namesReferredToIn, nameReferredToBy, NO_VALUE, type NormalizedValue, withoutMarks } from './normalized-text';
import type { TemplateReader } from './template-reader';

const MOST_POSSIBLE_VALUES = 50;

/** A reference, or an expression. */
const REFERENCE = /\$\{([^}.]+)[^}]*\}/g;

/** Start of a value that another stack exports. */
const IMPORT = '{"Fn::ImportValue"';
/** Start of a condition within a text: both of its values are known. */
const ENCODED_CONDITION = `=${encodeURIComponent('{"Fn::If"')}`;

const CUSTOM_RESOURCE = /^(Custom::|AWS::CloudFormation::CustomResource$)/;

interface ParameterComparison {
  readonly parameter: string;
  readonly value: NormalizedValue;
  /** True if the condition holds for the value, false if it holds for all others. */
  readonly isEqual: boolean;
}

/** True if two values are the same, or may be at the deployment. */
export function mayBeSame(
  { before, after }: BeforeAndAfter<NormalizedValue>,
  readers: BeforeAndAfter<TemplateReader>,
): boolean {
  const valuesBefore = possibleValues(before, readers.before).map(stableJson);
  return possibleValues(after, readers.after).some((value) => {
    const text = stableJson(value);
    return valuesBefore.some((earlier) => mayBe(earlier, text, readers.after) || mayBe(text, earlier, readers.before));
  });
}

/** True if a value has a parameter that only one side has, and whose value nobody knows. */
export function dependsOnOwnParameter(
  value: NormalizedValue,
  { before, after }: BeforeAndAfter<TemplateReader>,
): boolean {
  return namesReferredToIn(value).some((name) => isUnknown(name, before) !== isUnknown(name, after));
}

function isUnknown(name: string, { template, parameterValues }: TemplateReader): boolean {
  return entriesOf(template.Parameters).has(name) && !parameterValues.has(name);
}

/** Attributes of a custom resource are known only at the deployment. */
function isCustomResource(id: string, { template }: TemplateReader): boolean {
  const type = String(valueAtPath(template.Resources, id, 'Type'));
  return CUSTOM_RESOURCE.test(type);
}

/** True if a value is the same as another one, or may be by what only the other one has, and only AWS knows. */
function mayBe(value: string, other: string, reader: TemplateReader): boolean {
  if (other.startsWith(IMPORT)) return true;
  const pattern = withoutWildcards(other).replace(REFERENCE, (reference, markedName: string) => {
    const name = withoutMarks(markedName);
    const isExpression = name.startsWith('=') && !name.startsWith(ENCODED_CONDITION);
    const mayBeAnything = isExpression || isUnknown(name, reader) || isCustomResource(name, reader);
    return mayBeAnything && !value.includes(reference) ? '*' : reference;
  });
  return covers(pattern, withoutWildcards(value));
}

/** A text in which no sign stands for others. */
function withoutWildcards(text: string): string {
  return text.replaceAll('*', '(any)').replaceAll('?', '(one)');
}

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
  const [, secondKey] = branches;
  if (functionName === 'Fn::If') return valuesOfBranches(String(name), branches, reader);
  if (functionName === 'Fn::FindInMap') return valuesOfMapping(String(name), secondKey, reader);
  return [];
}

/**
 * The values of both branches of `Fn::If`; one may set no value. A condition that compares a parameter with a value decides
 * which one the parameter has: `""` is not the value of `If [HasCertificate, Ref Certificate, …]`.
 */
function valuesOfBranches(
  condition: string,
  branches: readonly NormalizedValue[],
  reader: TemplateReader,
): NormalizedValue[] {
  const comparison = comparisonBy(reader.section('Conditions').get(withoutMarks(condition)));
  return branches.flatMap((branch, index) => {
    const value = branch === NO_VALUE ? undefined : branch;
    const values = possibleValues(value, reader);
    if (comparison === undefined || nameReferredToBy(value) !== comparison.parameter) return values;
    const isEqual = comparison.isEqual === (index === 0);
    if (isEqual) return [comparison.value];
    const others = values.filter((other) => other !== comparison.value);
    return others.length > 0 ? others : [value];
  });
}

/** The parameter that a condition compares with a value, and whether the condition holds for that value. */
function comparisonBy(condition: NormalizedValue, isEqual = true): ParameterComparison | undefined {
  const [functionName, argument] = functionOf(condition) ?? [];
  if (!Array.isArray(argument)) return undefined;
  const [first, second] = argument as NormalizedValue[];
  if (functionName === 'Fn::Not') return comparisonBy(first, !isEqual);
  const isReversed = nameReferredToBy(first) === undefined;
  const parameter = nameReferredToBy(isReversed ? second : first);
  const value = isReversed ? first : second;
  const isComparison = functionName === 'Fn::Equals' && namesReferredToIn(value).length === 0;
  return isComparison && parameter !== undefined ? { parameter, value, isEqual } : undefined;
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
