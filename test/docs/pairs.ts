import { basename, dirname, join } from 'node:path';
import { FENCE, FILES, type Page } from './documents';

/** Parts of code blocks, lists and tables that a translation may not change. */
type Part = (page: Page) => readonly string[];

const englishOf = (file: string): string => file.replace(/\.ja\.md$/, '.md');

/** Every page that is there in Japanese, too, with its Japanese one. */
export const PAIRS = FILES.filter((file) => englishOf(file) !== file).map((file) => [englishOf(file), file] as const);

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
const PROGRAMS = /^(?:\.ci\/run|aws|curl|dig|docker|eval|gh|git|npm|npx|sed)\b/;

/** Without the words for what a person fills in. */
const filledIn = (code: string): string => code.replace(/<[^>]+>/g, '<>');
const codes = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => filledIn(code));
const prose = ({ text }: Page): string => text.replace(FENCE, '');
const cells = (row: string): string[] => row.split('|').slice(1, -1);

/** The tables, each as rows of cells, without the line below their headings. */
function tablesOf(page: Page): string[][][] {
  return (prose(page).match(/(?:^\|.*\|$\n?)+/gm) ?? []).map((table) =>
    table
      .trim()
      .split('\n')
      .filter((_, index) => index !== 1)
      .map((row) => cells(row).map((cell) => cell.trim())),
  );
}

const headings: Part = (page) =>
  [...prose(page).matchAll(/^(#+) (.*)$/gm)].map(([, level = '', heading = '']) =>
    [level, ...codes(heading), ...(heading.match(/\d[\d.-]*/g) ?? [])].join(' '),
  );

/** Row by row: how many cells, and the codes in each. */
const tables: Part = (page) =>
  tablesOf(page).flatMap((rows, table) =>
    rows.map((row) => [`table ${table + 1}`, ...row.map((cell) => codes(cell).sort().join(' '))].join(' | ')),
  );

const commands: Part = ({ text }) =>
  [...text.matchAll(FENCE)]
    .filter(([, language]) => language !== 'mermaid')
    .flatMap(([, , block = '']) => block.split('\n'))
    .map(filledIn);

/** Commands within sentences and tables, whose order a translation may change. */
const commandsInProse: Part = (page) => [
  ...new Set(
    codes(prose(page))
      .filter((code) => PROGRAMS.test(code))
      .sort(),
  ),
];

/** Pages and files that are linked, in the text or at its end, in English or in Japanese. */
const links: Part = (page) => [
  ...new Set(
    [...prose(page).matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)|^\[[^\]]+\]: +(\S+)$/gm)]
      .map(([, inline, atEnd = '']) => englishOf(inline ?? atEnd))
      .sort(),
  ),
];

const PARTS = { headings, tables, commands, 'commands in prose': commandsInProse, links } satisfies Record<
  string,
  Part
>;

/** First columns that say the same in any language, such as fields, commands and AWS's own names. */
function firstColumns(english: Page, japanese: Page): string[] {
  const [left, right] = [tablesOf(english), tablesOf(japanese)];
  return right.flatMap((rows, table) => {
    const [, ...first] = rows.map(([cell = '']) => cell);
    const [, ...expected] = (left[table] ?? []).map(([cell = '']) => cell);
    if (first.some((cell) => JAPANESE.test(cell))) return [];
    return first.flatMap((cell, row) =>
      cell === expected[row] ? [] : [`table ${table + 1}: ${cell} is ${expected[row] ?? 'nothing'} in English`],
    );
  });
}

/** Links to an English page that exists in Japanese: a reader of Japanese is lost there. */
function englishLinks({ file, text }: Page): string[] {
  return [...prose({ file, text }).matchAll(/(?<!\[English)\]\(([^)\s#:]+)(?:#[^)]*)?\)/g)]
    .map(([, target = '']) => join(dirname(file), target))
    .filter((target) => PAIRS.some(([english]) => english === target))
    .map((target) => `${target} is linked, which is there in Japanese`);
}

/** Differences between a page and its Japanese one. */
export function differencesOf(english: Page, japanese: Page): string[] {
  return [
    ...Object.entries<Part>(PARTS).flatMap(([name, part]) => unequal(name, part(english), part(japanese))),
    ...firstColumns(english, japanese),
    ...(english.text.includes(`[日本語](${basename(japanese.file)})`) ? [] : ['no link to the Japanese page']),
    ...(japanese.text.includes(`[English](${basename(english.file)})`) ? [] : ['no link to the English page']),
    ...englishLinks(japanese),
  ];
}

/** The first place where two lists part. */
function unequal(name: string, english: readonly string[], japanese: readonly string[]): string[] {
  const at = Array.from({ length: Math.max(english.length, japanese.length) }, (_, index) => index).find(
    (index) => english[index] !== japanese[index],
  );
  const said = (list: readonly string[]) => (at === undefined ? '' : (list[at] ?? 'nothing'));
  return at === undefined ? [] : [`${name}: “${said(english)}” in English, “${said(japanese)}” in Japanese`];
}
