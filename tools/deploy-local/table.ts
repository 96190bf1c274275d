import Table = require('cli-table3');

/** One part of what was built: a title and rows of a name and a value. */
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
      const table = new Table({
        colWidths: [NAME_WIDTH, valueWidth],
        wordWrap: true,
        style: { head: [], border: [], compact: true },
      });
      table.push(...rows.map(([name, value]) => [fold(name, NAME_WIDTH - 2), fold(value, valueWidth - 2)]));
      return `${title}\n${table.toString()}`;
    })
    .join('\n\n');
}

/** Breaks what has no space to break at, such as an ARN, after a separator if there is one, so that nothing is cut. */
export function fold(text: string, width: number): string {
  return text
    .split(/(\s+)/)
    .map((word) => {
      const lines: string[] = [];
      let rest = word;
      while (rest.length > width) {
        const head = rest.slice(0, width);
        const end = Math.max(...['/', ':', '.', '-', ',', '@', '?'].map((mark) => head.lastIndexOf(mark))) + 1;
        const cut = end > width / 2 ? end : width;
        lines.push(rest.slice(0, cut));
        rest = rest.slice(cut);
      }
      return [...lines, rest].join('\n');
    })
    .join('');
}

/** A connection string that may be shown: everything but the password. */
export function maskPassword(url: string): string {
  return url.replace(/^([^:]+:\/\/[^:@/]*):[^@]*@/, '$1:****@');
}
