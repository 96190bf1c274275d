import type { Reading } from './reading';
import { identifierOf, modelOf } from './schemas';

/**
 * The names and ARNs that resources of either side have, as they may be written out, and the references that they are. How
 * AWS makes them the schemas say.
 */
export function knownNames(sides: readonly Reading[]): Map<string, string> {
  const found = new Map<string, Set<string>>();
  for (const [known, reference] of sides.flatMap(namesOf)) {
    // A word, or a number, means other things as well.
    if (/[-_/:]/.test(known)) found.set(known, (found.get(known) ?? new Set()).add(reference));
  }
  // A name that several resources have is ambiguous.
  return new Map([...found].flatMap(([known, [one = '', ...others]]) => (others.length > 0 ? [] : [[known, one]])));
}

function namesOf(side: Reading): (readonly [known: string, reference: string])[] {
  const text = (value: unknown) => side.text(value) ?? '';
  return Object.entries(side.template.Resources).flatMap(([id, { Type, Properties = {} }]) => {
    const [{ arnTemplate = '', attributes = {} } = {}, identifier = ''] = [modelOf(Type), identifierOf(Type)];
    const [, before = '', property = ''] = /^(arn:.*)\$\{(\w+?)(?:WithPath)?\}$/.exec(arnTemplate) ?? [];
    const [name, named, own] = [text(Properties[identifier]), text(Properties[property]), text({ Ref: id })];
    const attribute = ['Arn', identifier].find((each) => /Arn$/.test(each) && attributes[each]);
    if (name + named === '' || attribute === undefined || Properties['Path'] !== undefined) return [[name, own]];
    const pattern = before.replace(/(?=Partition|Region)/g, 'AWS::').replace('Account', 'AWS::AccountId');
    const arn = (end: string) => `${text({ 'Fn::Sub': pattern })}${end}${Type === 'AWS::Logs::LogGroup' ? ':*' : ''}`;
    const reference = text({ 'Fn::GetAtt': [id, attribute] });
    return [[name, own], ...[named, own].filter(Boolean).map((each) => [arn(each), reference] as const)];
  });
}

/** A text in which names and ARNs that are written out are the references that they are. */
export function withReferences(text: string, known: ReadonlyMap<string, string>): string {
  const whole = known.get(text);
  if (whole !== undefined || !text.includes('arn:')) return whole ?? text;
  return text.replace(/arn:[^"',\s]+/g, (arn) => {
    const ends = [...arn.matchAll(/[/:]|$/g)].map(({ index }) => index).reverse();
    const end = ends.find((each) => known.has(arn.slice(0, each)));
    return end === undefined ? arn : `${known.get(arn.slice(0, end))}${arn.slice(end)}`;
  });
}
