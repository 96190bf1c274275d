import { visible } from '../shared/untrusted-text';
import { groupBy } from '../shared/values';
import { count } from '../shared/words';
import { wrap } from '../shared/wrap';
import type { Answer } from './run';

/** For a program. */
export function renderJson(environment: string, answers: readonly Answer[], states: readonly string[]): string {
  const causes = answers.flatMap(({ question, cause }) => (cause ? [{ question, ...cause }] : []));
  const unknown = answers.flatMap(({ question, unknown: says }) => (says === undefined ? [] : [{ question, says }]));
  const [cause = null] = causes;
  const well = answers.filter((each) => !each.cause && each.unknown === undefined).map(({ question }) => question);
  return `${JSON.stringify({ environment, states, cause, causes, unknown, well }, null, 2)}\n`;
}

/** For a person: every question with its answer, and at the end, where the eye is, the first cause. */
export function render(
  environment: string,
  answers: readonly Answer[],
  states: readonly string[],
  width: number,
): string {
  const marks = answers.map(
    ({ question, cause, unknown }) => `${cause ? 'NO' : unknown === undefined ? 'ok' : '?'}`.padEnd(4) + question,
  );
  const [first, ...more] = answers.flatMap(({ cause }) => cause ?? []);
  const unknown = [...groupBy(answers, (each) => each.unknown ?? '')].filter(([says]) => says !== '');
  const told = (text: string, indent: string, mark = indent) =>
    wrap(visible(text), width - indent.length).map((line, index) => `${index === 0 ? mark : indent}${line}`);
  const lines = [
    ...marks,
    '',
    ...states.flatMap((state) => told(state, '')),
    ...(first
      ? [
          `${environment} is not well. The first cause, from the outside in:`,
          ...told(first.says, '  '),
          'What mends it:',
          ...told(first.mend, '  '),
          ...(more.length > 0 ? [`Further in, ${count(more.length, 'more cause')}:`] : []),
          ...more.flatMap(({ says, mend }) => [...told(says, '    ', '  - '), ...told(mend, '      ', '    → ')]),
        ]
      : unknown.length === 0
        ? [`${environment} is well, as far as can be asked.`]
        : [`${environment}: no cause was found, and not everything could be asked.`]),
    ...(unknown.length > 0 ? ['Could not be asked:'] : []),
    ...unknown.flatMap(([says, which]) => [...which.map(({ question }) => `  - ${question}`), ...told(says, '    ')]),
  ];
  return `${lines.join('\n')}\n`;
}
