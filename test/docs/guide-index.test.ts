import { template } from '../support/assembly';
import { page } from './documents';

/** Every chapter of the guide that has something to do: its steps, its cost chapter and its troubleshooting. */
const steps = (step: number, last: number) => Array.from({ length: last }, (_, index) => `${step}-${index + 1}`);
const CHAPTERS = [
  ...[1, 3, 3, 3, 2, 2, 3, 2, 3, 1, 1].flatMap((last, index) => steps(index + 1, last)),
  ...steps(12, 4),
  '12-4-1',
  '12-4-2',
  ...steps(12, 10).slice(4),
  ...['5.1', '5.2', '5.3', '5.4', '5.5', '5.6'],
  ...['6.1', '6.2', '6.3', '6.4', '6.5', '6.6'],
];

/** The rows of an index: chapter, file, config, command. */
function rowsOf(text: string): string[][] {
  return [...text.matchAll(/^\| (\d+[-.]\d.*) \|$/gm)].map(([, row = '']) => row.split('|').map((cell) => cell.trim()));
}

const codes = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

/** Faults of an index. */
function faultsOf(text: string): string[] {
  const rows = rowsOf(text);
  const outputs = (['dev', 'prod'] as const).flatMap((name) => Object.keys(template(name).Outputs ?? {}));
  const chapters = rows.map(([chapter = '']) => chapter.split(' ')[0] ?? '');
  return [
    ...CHAPTERS.filter((chapter) => !chapters.includes(chapter)).map((chapter) => `${chapter} is missing`),
    ...chapters.filter((chapter, index) => chapters.indexOf(chapter) !== index).map((chapter) => `${chapter} twice`),
    ...chapters.filter((chapter) => !CHAPTERS.includes(chapter)).map((chapter) => `${chapter} is none of the guide's`),
    ...rows.flatMap(([chapter = '', file = '', config = '', command = '', ...more]) => [
      ...(/\]\([^)]+\)/.test(file) ? [] : [`${chapter}: no file`]),
      ...(config === '' || command === '' || more.length > 0 ? [`${chapter}: a cell is empty, or too many`] : []),
      ...codes(command)
        .filter((code) => !/^np[mx] /.test(code) && !outputs.includes(code))
        .map((code) => `${chapter}: no output ${code}`),
    ]),
  ];
}

const INDEXES = ['docs/guide-index.md', 'docs/guide-index.ja.md'];

test.each(INDEXES)('%s answers every chapter of the guide with what there is', (file) => {
  expect(faultsOf(page(file).text)).toEqual([]);
});
