import { visible } from '@infra/common/untrusted-text';
import { wrap } from '@infra/common/wrap';
import Table from 'cli-table3';
import type { Reported } from './health';

const TITLES = {
  wrong: 'Wrong',
  unknown: 'Could not be asked',
  look: 'A person must look',
  asleep: 'Asleep',
  well: 'Well',
} as const;
const RESULTS = Object.keys(TITLES) as (keyof typeof TITLES)[];
const WORDS_WIDTH = 30;
const BORDERS = 3;

/** For a person: a table per result, then the verdict with the first cause, from the outside in, and its fix. */
export function render(environmentName: string, command: string, answers: readonly Reported[], columns = 80): string {
  const width = Math.min(columns, 120);
  const of = (wanted: Reported['result']) => answers.filter(({ result }) => result === wanted);
  const tables = RESULTS.filter((result) => result !== 'well' || command !== 'doctor').flatMap((result) => {
    const reported = of(result).filter(({ says }) => says !== '');
    return reported.length > 0 ? `${TITLES[result]}\n${tableOf(reported, width)}` : [];
  });
  const given = RESULTS.filter((result) => of(result).length > 0);
  const counts = given.map((result) => `${TITLES[result].toLowerCase()}: ${of(result).length}`);
  const lines = (text = '', indent = '  ') => wrap(visible(text, '\n'), width - 2).map((line) => `${indent}${line}`);
  const [first] = of('wrong');
  const verdict = first
    ? 'is not well. The first cause, from the outside in:'
    : of('unknown').length > 0
      ? 'could not be asked for everything.'
      : `is well${of('asleep').length > 0 ? ', and sleeps' : ''}.`;
  return [
    tables.join('\n\n'),
    '',
    ...lines(`${environmentName}: ${counts.join(', ')}.`, ''),
    `${environmentName} ${verdict}`,
    ...(first ? lines(first.says) : []),
    ...(first?.fix ? ['What fixes it:', ...lines(first.fix)] : []),
    ...(first && command === 'status' ? [`All causes: npm run prooflink -- doctor ${environmentName}`] : []),
    '',
  ].join('\n');
}

/** Answers beside their questions, without colours, in cells of the same widths in every table. */
function tableOf(answers: readonly Reported[], width: number): string {
  const colWidths = [WORDS_WIDTH, Math.max(width - WORDS_WIDTH - BORDERS, 30)];
  const table = new Table({ colWidths, style: { head: [], border: [], compact: true } });
  for (const { words, says, fix } of answers) {
    const cells = [visible(words), visible(fix === undefined ? says : `${says}\nFix: ${fix}`, '\n')];
    table.push(cells.map((text, index) => wrap(text, (colWidths[index] ?? 0) - 2).join('\n')));
  }
  return table.toString();
}
