import type { Template } from '../shared/template';
import { identifierOf, modelOf } from './schemas';

/**
 * The names and ARNs that a template's resources have, as they may be written out, and the references that they are. How
 * AWS makes them the schemas say.
 */
export function knownNames({ Resources }: Template, text: (value: unknown) => string | undefined): Map<string, string> {
  const found = new Map<string, Set<string>>();
  const add = (known: string, reference = '') => {
    // A word, or a number, means other things as well.
    if (/[-_/:]/.test(known)) found.set(known, (found.get(known) ?? new Set()).add(reference));
  };
  for (const [id, { Type, Properties = {} }] of Object.entries(Resources)) {
    const [model, identifier = ''] = [modelOf(Type), identifierOf(Type)];
    const own = text({ Ref: id });
    add(text(Properties[identifier]) ?? '', own);
    const [, before, property = ''] = /^(arn:.*)\$\{(\w+?)(?:WithPath)?\}$/.exec(model?.arnTemplate ?? '') ?? [];
    const attribute = ['Arn', identifier].find((each) => /Arn$/.test(each) && model?.attributes[each]);
    if (before === undefined || attribute === undefined || Properties['Path'] !== undefined) continue;
    const pattern = before.replace(/(?=Partition|Region)/g, 'AWS::').replace('Account', 'AWS::AccountId');
    const end = Type === 'AWS::Logs::LogGroup' ? ':*' : '';
    for (const name of [text(Properties[property]), own]) {
      if (name !== undefined)
        add(`${text({ 'Fn::Sub': pattern })}${name}${end}`, text({ 'Fn::GetAtt': [id, attribute] }));
    }
  }
  // What several are called nobody can tell apart.
  return new Map(
    [...found].flatMap(([known, [reference = '', ...others]]) => (others.length ? [] : [[known, reference]])),
  );
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
