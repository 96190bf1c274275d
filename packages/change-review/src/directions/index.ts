import { atLevel, type Effect } from '../model';
import { type MessageId, places, wordsOf } from '../messages';
import { DATA } from './data';
import { COMES, GOES } from './presence';
import { RUNNING } from './running';
import { BY_NAME, STACK } from './stack';
import { type Direction, messageOf, type Rules } from './rules';

export { HARMLESS_GONE, HARMLESS_NEW } from './presence';

const OWN = [...DATA, ...RUNNING, ...STACK];
const of = (rules: readonly Rules[], type: string): readonly Direction[] =>
  rules.flatMap((each) => (each.type.test(type) ? each.directions : []));

/** A value that changes, down to a single one. */
export type Case = readonly [path: string, before: unknown, after: unknown];

/** True if each value changes in a way that is harmless in something of a type. */
export function isHarmless(type: string, cases: readonly Case[]): boolean {
  const known = of(OWN, type);
  return cases.every(([at, old, now]) => known.some(({ path, harmless }) => path.test(at) && harmless?.(old, now)));
}

/** Effects of a changed value: by the rules of the type, or else by the property's name. */
export function meaningOf(type: string, name: string, cases: readonly Case[], after: string): Effect[] {
  for (const rules of [OWN, BY_NAME]) {
    const effects = cases.flatMap(([at, old, now]) => {
      const known = of(rules, type).filter(({ path }) => path.test(at));
      const isFine = isHarmless(type, [[at, old, now]]);
      const said = known.find(
        ({ when, ...reported }) =>
          messageOf(reported) && (when && rules === OWN ? when(old, now) : !isFine && (when?.(old, now) ?? true)),
      );
      const reported = messageOf(said);
      return reported
        ? [{ level: reported.level, says: wordsOf(reported.message, isAbout(reported.message, { name, now: after })) }]
        : [];
    });
    if (effects.length > 0) {
      const level = atLevel(effects.map((each) => each.level));
      return effects.filter((each) => each.level === level);
    }
  }
  return [];
}

/** The values that a message names: the same statement on several values is made once. */
function isAbout(message: MessageId, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => places(message).includes(name)));
}

/** Effects of an entry that is added or removed. */
export function presenceOf(type: string, only: 'new' | 'gone', value: (name: string) => string): Effect[] {
  const known = (only === 'new' ? COMES : GOES).find((each) => each.type.test(type));
  const reported = messageOf(known);
  if (!reported) return [];
  const isHttps = reported.message === 'gone.listener' && value('Protocol') === 'HTTPS';
  const schedule = { target: value('Target.Arn'), when: value('ScheduleExpression'), input: value('Target.Input') };
  return [
    {
      level: reported.level,
      says: wordsOf(isHttps ? 'gone.https' : reported.message, { now: value(known?.names ?? ''), ...schedule }),
    },
  ];
}
