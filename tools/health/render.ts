import { visible } from '@infra/common/untrusted-text';
import { wrap } from '@infra/common/wrap';
import { drawTables } from '../shared/table';
import type { Told } from './run';

const TITLES = {
  wrong: 'Wrong',
  unknown: 'Could not be asked',
  look: 'A person must look',
  asleep: 'Asleep',
  well: 'Well',
} as const;
const RESULTS = Object.keys(TITLES) as (keyof typeof TITLES)[];

/** For a person: a table per result, then the verdict with the first cause, from the outside in, and its fix. */
export function render(environment: string, command: string, answers: readonly Told[], columns = 80): string {
  const width = Math.min(columns, 120);
  const of = (result: Told['result']) => answers.filter((each) => each.result === result);
  const row = ({ words, says, fix }: Told) =>
    [visible(words), visible(fix === undefined ? says : `${says}\nFix: ${fix}`, '\n')] as const;
  const shown = RESULTS.filter((result) => result !== 'well' || command !== 'doctor');
  const rowsOf = (result: Told['result']) => of(result).flatMap((each) => (each.says === '' ? [] : [row(each)]));
  const sections = shown.map((result) => ({ title: TITLES[result], rows: rowsOf(result) }));
  const given = RESULTS.filter((result) => of(result).length > 0);
  const counts = given.map((result) => `${TITLES[result].toLowerCase()}: ${of(result).length}`);
  const told = (text = '', indent = '  ') => wrap(visible(text, '\n'), width - 2).map((line) => `${indent}${line}`);
  const [first] = of('wrong');
  const verdict = first
    ? 'is not well. The first cause, from the outside in:'
    : of('unknown').length > 0
      ? 'could not be asked for everything.'
      : `is well${of('asleep').length > 0 ? ', and sleeps' : ''}.`;
  const filled = sections.filter(({ rows }) => rows.length > 0);
  return [
    drawTables(filled, width),
    '',
    ...told(`${environment}: ${counts.join(', ')}.`, ''),
    `${environment} ${verdict}`,
    ...(first ? told(first.says) : []),
    ...(first?.fix ? ['What fixes it:', ...told(first.fix)] : []),
    ...(first && command === 'status' ? [`All causes: npm run prooflink -- doctor ${environment}`] : []),
    '',
  ].join('\n');
}
