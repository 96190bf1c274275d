import { visible } from '@infra/common/untrusted-text';
import { groupBy } from '@infra/common/values';
import { count } from '@infra/common/words';
import { wrap } from '@infra/common/wrap';
import type { Answer } from './run';

/** For a program. */
export function renderJson(environment: string, answers: readonly Answer[], states: readonly string[]): string {
  const causes = answers.flatMap(({ question, found }) => (found ? [{ question, ...found }] : []));
  const unknown = answers.flatMap(({ question, unknown: says }) => (says === undefined ? [] : [{ question, says }]));
  const well = answers.flatMap(({ question, found, unknown: says }) => ((found ?? says) ? [] : [question]));
  return `${JSON.stringify({ environment, states, cause: causes[0] ?? null, causes, unknown, well }, null, 2)}\n`;
}

/** For a person: what is no fault, the first cause and what mends it, then the rest. */
export function render(
  environment: string,
  answers: readonly Answer[],
  states: readonly string[],
  width: number,
): string {
  const causes = answers.flatMap(({ found }) => found ?? []);
  const [first, ...more] = causes;
  const unknown = answers.filter((each) => each.unknown !== undefined);
  const told = (text: string, mark = '', indent = ' '.repeat(mark.length)) =>
    wrap(visible(text), width - mark.length).map((line, index) => `${index === 0 ? mark : indent}${line}`);
  const well = answers.length - causes.length - unknown.length;
  const verdict = first
    ? `${environment} is not well. The first cause, from the outside in:`
    : `${environment} ${unknown.length > 0 ? 'has no cause that could be seen, and not all could be' : 'is well'}.`;
  return [
    ...told(
      `${count(answers.length, 'question')} from the outside in: ${well} well, ${count(causes.length, 'cause')}, ${unknown.length} could not be asked.`,
    ),
    ...states.flatMap((state) => told(state)),
    '',
    verdict,
    ...(first ? [...told(first.says, '  '), 'What mends it:', ...told(first.mend, '  ')] : []),
    ...(more.length > 0 ? ['', `Further in (${more.length}):`] : []),
    ...more.flatMap(({ says, mend }) => [...told(says, '  - '), ...told(mend, '    mend: ')]),
    ...(unknown.length > 0 ? ['', 'Could not be asked:'] : []),
    ...[...groupBy(unknown, (each) => each.unknown ?? '')].flatMap(([says, which]) => [
      ...which.map(({ question }) => `  - ${question}`),
      ...told(says, '    '),
    ]),
    '',
  ].join('\n');
}
