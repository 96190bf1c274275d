import Table from 'cli-table3';
import { wrap } from '@infra/common/wrap';

/** A title and rows of a name and a value. */
export interface Section {
  readonly title: string;
  readonly rows: readonly (readonly [name: string, value: string])[];
}

const NAME_WIDTH = 30;
const BORDERS = 3;

/** Draws a table under each title, all of the same widths, at most `width` columns wide and without colours. */
export function drawTables(sections: readonly Section[], width: number): string {
  const valueWidth = Math.max(width - NAME_WIDTH - BORDERS, 30);
  return sections
    .map(({ title, rows }) => {
      const fold = (text: string, cell: number) => wrap(text, cell - 2).join('\n');
      const table = new Table({
        colWidths: [NAME_WIDTH, valueWidth],
        style: { head: [], border: [], compact: true },
      });
      table.push(...rows.map(([name, value]) => [fold(name, NAME_WIDTH), fold(value, valueWidth)]));
      return `${title}\n${table.toString()}`;
    })
    .join('\n\n');
}
