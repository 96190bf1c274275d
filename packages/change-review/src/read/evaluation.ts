import { functionOf } from '@infra/common/template';
import { entriesOf, isRecord, stableJson } from '@infra/common/values';
import type { BeforeAndAfter } from '../model/entry';
import {
  nameReferredToBy,
  namesReferredToIn,
  NO_VALUE,
  type NormalizedValue,
  withoutMarks,
  withValues,
} from './normalized-text';
import { nameOfComparison, nameOfCondition, type Scenario, scenariosOfConditions } from './scenarios';
import type { TemplateReader } from './template-reader';

/** The condition of a resource that has none. */
const ALWAYS: NormalizedValue = { 'Fn::Equals': ['', ''] };

/** True if a condition of the head holds in each deployment in which one of the base does. */
export function isImplied(names: BeforeAndAfter<string | undefined>, readers: BeforeAndAfter<TemplateReader>): boolean {
  const before = names.before === undefined ? ALWAYS : readers.before.condition(names.before);
  const after = names.after === undefined ? ALWAYS : readers.after.condition(names.after);
  const scenarios = scenariosOfConditions({ before, after }, readers);
  const mayHoldAlone = (scenario: Scenario) =>
    truthOf(before, readers.before, scenario) !== false && truthOf(after, readers.after, scenario) !== true;
  return scenarios !== undefined && !scenarios.some(mayHoldAlone);
}

/** A value as it is in a scenario; what the scenario does not decide is unchanged. */
export function valueIn(scenario: Scenario, value: NormalizedValue, reader: TemplateReader): NormalizedValue {
  const [functionName, argument] = functionOf(value) ?? [];
  if (functionName === 'Fn::If' && Array.isArray(argument)) {
    const [condition, whenTrue, whenFalse] = argument as NormalizedValue[];
    const truth = truthOf(reader.condition(String(condition)), reader, scenario);
    if (truth === undefined) return value;
    return valueIn(scenario, truth ? whenTrue : whenFalse, reader);
  }
  if (functionName === 'Fn::FindInMap' && Array.isArray(argument)) {
    return valueInMapping(argument as NormalizedValue[], scenario, reader) ?? value;
  }
  if (value === NO_VALUE) return undefined;
  if (Array.isArray(value)) {
    return value.map((item) => valueIn(scenario, item, reader)).filter((item) => item !== undefined);
  }
  if (isRecord(value)) {
    const entries = Object.entries(value).map(([key, item]) => [key, valueIn(scenario, item, reader)] as const);
    return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
  }
  if (typeof value !== 'string') return value;
  const name = nameReferredToBy(value);
  const found = name === undefined ? undefined : valueOf(name, scenario, reader);
  return found ?? withValues(value, (expression) => valueIn(scenario, expression, reader));
}

/** Value of a parameter: the manifest may give it. */
function valueOf(name: string, scenario: Scenario, reader: TemplateReader): NormalizedValue {
  const valueInManifest = reader.parameterValues.get(name);
  return valueInManifest === undefined ? scenario.get(name) : reader.normalize(valueInManifest);
}

function valueInMapping(
  [mapping, ...keys]: readonly NormalizedValue[],
  scenario: Scenario,
  reader: TemplateReader,
): NormalizedValue {
  let value = entriesOf(reader.template.Mappings).get(withoutMarks(String(mapping)));
  for (const key of keys) value = entriesOf(value).get(String(valueIn(scenario, key, reader)));
  return reader.normalize(value);
}

/** True if a condition holds; `undefined` if the scenario does not decide it. */
function truthOf(condition: NormalizedValue, reader: TemplateReader, scenario: Scenario): boolean | undefined {
  const atom = scenario.get(nameOfComparison(condition));
  if (typeof atom === 'boolean') return atom;
  const named = nameOfCondition(condition);
  if (named !== undefined) return truthOf(reader.condition(named), reader, scenario);
  const [functionName, argument] = functionOf(condition) ?? [];
  const parts = Array.isArray(argument) ? (argument as NormalizedValue[]) : [];
  if (functionName === 'Fn::Equals') return isEqualIn(scenario, parts, reader);
  const truths = parts.map((part) => truthOf(part, reader, scenario));
  const [first] = truths;
  if (functionName === 'Fn::Not') return first === undefined ? undefined : !first;
  // One part that is false decides an And, one that is true an Or.
  const decisive = functionName === 'Fn::Or';
  if (truths.includes(decisive)) return decisive;
  return truths.length === 0 || truths.includes(undefined) ? undefined : !decisive;
}

function isEqualIn(
  scenario: Scenario,
  [first, second]: readonly NormalizedValue[],
  reader: TemplateReader,
): boolean | undefined {
  const one = valueIn(scenario, first, reader);
  const other = valueIn(scenario, second, reader);
  const isSame = stableJson(one) === stableJson(other);
  const names = namesReferredToIn([one, other]);
  const areDecided = names.every((name) => scenario.has(name));
  return isSame || areDecided ? isSame : undefined;
}
