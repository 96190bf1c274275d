import { functionOf } from '@infra/common/template';
import { entriesOf, isRecord, stableJson } from '@infra/common/values';
import type { BeforeAndAfter } from '../model/entry';
import {
  expressionsIn,
  nameReferredToBy,
  namesReferredToIn,
  type NormalizedValue,
  withoutMarks,
} from './normalized-text';
import type { TemplateReader } from './template-reader';

/**
 * One deployment, which is the same on both sides: a value of each parameter that decides other values, and the outcome of
 * each comparison that only AWS can evaluate. `undefined` is any value that no condition compares.
 */
export type Scenario = ReadonlyMap<string, NormalizedValue>;

const MOST_SCENARIOS = 200;

/** Values that a parameter, or the outcome of a comparison, may have. */
interface Choice {
  readonly values: Map<string, NormalizedValue>;
  /** True if a condition compares it: it may be something else, too. */
  isCompared: boolean;
}

type Choices = Map<string, Choice>;

/** All scenarios that decide two values; `undefined` if they are too many. */
export function scenariosOf(
  values: BeforeAndAfter<NormalizedValue>,
  readers: BeforeAndAfter<TemplateReader>,
): Scenario[] | undefined {
  const choices: Choices = new Map();
  addChoices(values.before, readers.before, choices);
  addChoices(values.after, readers.after, choices);
  return combinationsOf(choices, readers);
}

/** All scenarios that decide a condition of each side; `undefined` if they are too many. */
export function scenariosOfConditions(
  conditions: BeforeAndAfter<NormalizedValue>,
  readers: BeforeAndAfter<TemplateReader>,
): Scenario[] | undefined {
  const choices: Choices = new Map();
  addChoicesOfCondition(conditions.before, readers.before, choices);
  addChoicesOfCondition(conditions.after, readers.after, choices);
  return combinationsOf(choices, readers);
}

/** The name of the condition that another one refers to. */
export function nameOfCondition(condition: NormalizedValue): string | undefined {
  const name = isRecord(condition) ? condition['Condition'] : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** A comparison as one text: one of something that changes may have another outcome on the other side. */
export function nameOfComparison(condition: NormalizedValue): string {
  return stableJson(condition);
}

function addChoices(value: NormalizedValue, reader: TemplateReader, choices: Choices): void {
  const [functionName, argument] = functionOf(value) ?? [];
  if (functionName === 'Fn::If' && Array.isArray(argument)) {
    const [condition, ...branches] = argument as NormalizedValue[];
    addChoicesOfCondition(reader.condition(String(condition)), reader, choices);
    for (const branch of branches) addChoices(branch, reader, choices);
  } else if (functionName === 'Fn::FindInMap' && Array.isArray(argument)) {
    addKeys(argument as NormalizedValue[], reader, choices);
  } else if (isRecord(value) || Array.isArray(value)) {
    for (const item of Object.values(value)) addChoices(item as NormalizedValue, reader, choices);
  } else if (typeof value === 'string') {
    addValuesOfParameter(nameReferredToBy(value), reader, choices);
    for (const expression of expressionsIn(value)) addChoices(expression, reader, choices);
  }
}

/** The default of a parameter, and the values that it allows. */
function addValuesOfParameter(name: string | undefined, reader: TemplateReader, choices: Choices): void {
  const parameter = entriesOf(entriesOf(reader.template.Parameters).get(name ?? ''));
  const values = [parameter.get('Default'), parameter.get('AllowedValues')].flat();
  const known = values.filter((value) => value !== undefined);
  if (name !== undefined && known.length > 0)
    addValues(
      name,
      known.map((value) => reader.normalize(value)),
      choices,
    );
}

/** The keys of a mapping, of which a parameter is one. */
function addKeys([mapping, ...keys]: readonly NormalizedValue[], reader: TemplateReader, choices: Choices): void {
  let values = [entriesOf(reader.template.Mappings).get(withoutMarks(String(mapping)))];
  for (const key of keys) {
    const name = nameReferredToBy(key);
    const rows = values.map((value) => entriesOf(value));
    if (name !== undefined) {
      const names = rows.flatMap((row) => [...row.keys()]);
      addValues(name, names, choices);
    } else if (typeof key === 'string') {
      values = rows.map((row) => row.get(key));
      continue;
    }
    // A key may be found in a mapping itself.
    addChoices(key, reader, choices);
    values = rows.flatMap((row) => [...row.values()]);
  }
}

function addChoicesOfCondition(condition: NormalizedValue, reader: TemplateReader, choices: Choices): void {
  const named = nameOfCondition(condition);
  if (named !== undefined) {
    addChoicesOfCondition(reader.condition(named), reader, choices);
    return;
  }
  const [functionName, argument] = functionOf(condition) ?? [];
  const parts = Array.isArray(argument) ? (argument as NormalizedValue[]) : [];
  if (functionName !== 'Fn::Equals') {
    for (const part of parts) addChoicesOfCondition(part, reader, choices);
    return;
  }
  const literals = parts.filter((part) => namesReferredToIn(part).length === 0);
  const others = parts.filter((part) => namesReferredToIn(part).length > 0);
  const names = others.map(nameReferredToBy);
  const [name] = names;
  if (others.length === 1 && name !== undefined) {
    addValues(name, literals, choices).isCompared = true;
  } else if (others.length === 1 && functionOf(others[0])?.[0] === 'Fn::FindInMap') {
    addChoices(others[0], reader, choices);
  } else if (others.length > 0) {
    addValues(nameOfComparison(condition), [true, false], choices);
  }
}

function addValues(name: string, values: readonly NormalizedValue[], choices: Choices): Choice {
  const choice = choices.get(name) ?? { values: new Map<string, NormalizedValue>(), isCompared: false };
  for (const value of values) choice.values.set(String(value), value);
  choices.set(name, choice);
  return choice;
}

function combinationsOf(choices: Choices, readers: BeforeAndAfter<TemplateReader>): Scenario[] | undefined {
  let scenarios: Scenario[] = [new Map()];
  for (const [name, choice] of choices) {
    const values = allowedValues(name, choice, readers);
    if (values.length === 0) continue;
    if (scenarios.length * values.length > MOST_SCENARIOS) return undefined;
    scenarios = scenarios.flatMap((scenario) => values.map((value) => new Map([...scenario, [name, value]])));
  }
  return scenarios;
}

/** The values of a choice that both sides accept: a deployed stack has one of them, and keeps it. */
function allowedValues(name: string, { values, isCompared }: Choice, readers: BeforeAndAfter<TemplateReader>) {
  const lists = [readers.before, readers.after].map(({ template }) => {
    const allowed = entriesOf(entriesOf(template.Parameters).get(name)).get('AllowedValues');
    return Array.isArray(allowed) ? new Set(allowed.map(String)) : undefined;
  });
  const isAllowed = (value: string) => lists.every((list) => list?.has(value) ?? true);
  const allowed = [...values].filter(([text]) => isAllowed(text)).map(([, value]) => value);
  const hasOthers = lists.every(
    (list) => list === undefined || [...list].some((value) => !values.has(value) && isAllowed(value)),
  );
  return isCompared && hasOthers ? [...allowed, undefined] : allowed;
}
