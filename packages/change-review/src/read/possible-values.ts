import { entriesOf, stableJson, valueAtPath } from '@infra/common/values';
import type { BeforeAndAfter } from '../model/entry';
import { covers } from '../rights/patterns';
import { valueIn } from './evaluation';
import { namesReferredToIn, type NormalizedValue, withoutMarks } from './normalized-text';
import { scenariosOf } from './scenarios';
import type { TemplateReader } from './template-reader';

/** A reference, or an expression. */
const REFERENCE = /\$\{([^}.]+)[^}]*\}/g;

/** Start of a value that another stack exports. */
const IMPORT = '{"Fn::ImportValue"';
const CUSTOM_RESOURCE = /^(Custom::|AWS::CloudFormation::CustomResource$)/;

/** True if two values are the same, or may be at the deployment. */
export function mayBeSame(
  { before, after }: BeforeAndAfter<NormalizedValue>,
  readers: BeforeAndAfter<TemplateReader>,
): boolean {
  const pairs = pairsByScenario({ before, after }, readers);
  return (
    pairs === undefined ||
    pairs.some((pair) => {
      const earlier = stableJson(pair.before);
      const text = stableJson(pair.after);
      return mayBe(earlier, text, readers.after) || mayBe(text, earlier, readers.before);
    })
  );
}

/** Values that both sides may have in one deployment; both as they are if those are too many. */
export function possiblePairs(
  values: BeforeAndAfter<NormalizedValue>,
  readers: BeforeAndAfter<TemplateReader>,
): BeforeAndAfter<NormalizedValue>[] {
  return pairsByScenario(values, readers) ?? [values];
}

function pairsByScenario(
  values: BeforeAndAfter<NormalizedValue>,
  readers: BeforeAndAfter<TemplateReader>,
): BeforeAndAfter<NormalizedValue>[] | undefined {
  const scenarios = scenariosOf(values, readers);
  const pairs = new Map<string, BeforeAndAfter<NormalizedValue>>();
  for (const scenario of scenarios ?? []) {
    const before = valueIn(scenario, values.before, readers.before);
    const after = valueIn(scenario, values.after, readers.after);
    pairs.set(stableJson([before, after]), { before, after });
  }
  return scenarios && [...pairs.values()];
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
    const mayBeAnything = name.startsWith('=') || isUnknown(name, reader) || isCustomResource(name, reader);
    return mayBeAnything && !value.includes(reference) ? '*' : reference;
  });
  return covers(pattern, withoutWildcards(value));
}

/** A text in which no sign stands for others. */
function withoutWildcards(text: string): string {
  return text.replaceAll('*', '(any)').replaceAll('?', '(one)');
}
