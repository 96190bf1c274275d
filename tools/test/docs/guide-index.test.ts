import { template } from '../../../test/support/assembly';
import { codesIn, groupsOf, page } from './documents';

/** Chapters `5-1`, `5-2` … of a step with so many. */
function chaptersOf(step: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${step}-${index + 1}`);
}

/** Every chapter of the guide that has something to do: its steps, its cost chapter and its troubleshooting. */
const CHAPTERS: readonly string[] = [
  ...chaptersOf(1, 1),
  ...chaptersOf(2, 3),
  ...chaptersOf(3, 3),
  ...chaptersOf(4, 3),
  ...chaptersOf(5, 2),
  ...chaptersOf(6, 2),
  ...chaptersOf(7, 3),
  ...chaptersOf(8, 2),
  ...chaptersOf(9, 3),
  ...chaptersOf(10, 1),
  ...chaptersOf(11, 1),
  ...chaptersOf(12, 10),
  '12-4-1',
  '12-4-2',
  '5.1',
  '5.2',
  '5.3',
  '5.4',
  '5.5',
  '5.6',
  '6.1',
  '6.2',
  '6.3',
  '6.4',
  '6.5',
  '6.6',
];

/** A row of an index. */
interface IndexRow {
  readonly chapter: string;
  readonly file: string;
  readonly config: string;
  readonly command: string;
  readonly furtherCells: readonly string[];
}

function rowsOf(text: string): IndexRow[] {
  return groupsOf(text, /^\| (\d+[-.]\d.*) \|$/gm).map((row) => {
    const [title = '', file = '', config = '', command = '', ...furtherCells] = row
      .split('|')
      .map((cell) => cell.trim());
    return { chapter: title.split(' ')[0] ?? '', file, config, command, furtherCells };
  });
}

/** Faults of a row, in words. */
function faultsOfRow({ chapter, file, config, command, furtherCells }: IndexRow): string[] {
  const outputs = (['dev', 'prod'] as const).flatMap((name) => Object.keys(template(name).Outputs ?? {}));
  const faults: string[] = [];
  if (!/\]\([^)]+\)/.test(file)) faults.push('no file');
  if (config === '' || command === '' || furtherCells.length > 0) faults.push('a cell is empty, or too many');
  for (const code of codesIn(command)) {
    if (!/^np[mx] /.test(code) && !outputs.includes(code)) faults.push(`no output ${code}`);
  }
  return faults.map((fault) => `${chapter}: ${fault}`);
}

/** Faults of an index, in words. */
function faultsOf(text: string): string[] {
  const rows = rowsOf(text);
  const chapters = rows.map(({ chapter }) => chapter);
  const missing = CHAPTERS.filter((chapter) => !chapters.includes(chapter));
  const repeated = chapters.filter((chapter, index) => chapters.indexOf(chapter) !== index);
  const unknown = chapters.filter((chapter) => !CHAPTERS.includes(chapter));
  return [
    ...missing.map((chapter) => `${chapter} is missing`),
    ...repeated.map((chapter) => `${chapter} twice`),
    ...unknown.map((chapter) => `${chapter} is none of the guide's`),
    ...rows.flatMap(faultsOfRow),
  ];
}

const INDEXES = ['docs/guide-index.md', 'docs/guide-index.ja.md'];

test.each(INDEXES)('%s answers every chapter of the guide with what there is', (file) => {
  expect(faultsOf(page(file).text)).toEqual([]);
});

const { text: INDEX } = page('docs/guide-index.md');
const ROW_OF_VPC = /^\| 1-1 .*\n/m;
const [rowOfVpc = ''] = ROW_OF_VPC.exec(INDEX) ?? [];

test.each([
  { title: 'a missing chapter', text: INDEX.replace(ROW_OF_VPC, ''), fault: '1-1 is missing' },
  { title: 'a chapter that is there twice', text: INDEX + rowOfVpc, fault: '1-1 twice' },
  {
    title: 'a chapter that the guide lacks',
    text: INDEX.replace('| 1-1 ', '| 1-9 '),
    fault: "1-9 is none of the guide's",
  },
  { title: 'a row without a file', text: '| 1-1 VPC | lib | `network` | `ApplicationUrl` |', fault: '1-1: no file' },
  {
    title: 'an output that no stack has',
    text: '| 1-1 VPC | [a](a.ts) | `network` | `Telnet` |',
    fault: '1-1: no output Telnet',
  },
  {
    title: 'an empty cell',
    text: '| 1-1 VPC | [a](a.ts) | `network` | |',
    fault: '1-1: a cell is empty, or too many',
  },
])('of an index is said: $title', ({ text, fault }) => {
  expect(faultsOf(text)).toContain(fault);
});
