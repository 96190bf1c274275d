import { basename, dirname, join } from 'node:path';
import { codesIn, FENCE, FILES, groupsOf, type Page } from './documents';

function englishOf(file: string): string {
  return file.replace(/\.ja\.md$/, '.md');
}

/** A page in both languages, by its files. */
export interface Pair {
  readonly english: string;
  readonly japanese: string;
}

/** Every page that is there in Japanese, too. */
export const PAIRS: readonly Pair[] = FILES.filter((file) => file.endsWith('.ja.md')).map((japanese) => ({
  english: englishOf(japanese),
  japanese,
}));

const PROGRAMS = /^(?:\.ci\/run|aws|curl|dig|docker|eval|gh|git|npm|npx|sed)\b/;

/** Code without the words for what a person fills in. */
function withoutBlanks(code: string): string {
  return code.replace(/<[^>]+>/g, '<>');
}

function proseOf({ text }: Page): string {
  return text.replace(FENCE, '');
}

function codesOf(text: string): string[] {
  return codesIn(text).map(withoutBlanks);
}

/** The level, codes and numbers of each heading. */
function headingsOf(page: Page): string[] {
  const headings = [...proseOf(page).matchAll(/^(#+) (.*)$/gm)];
  return headings.map(([, level = '', heading = '']) => {
    return [level, ...codesOf(heading), ...(heading.match(/\d[\d.-]*/g) ?? [])].join(' ');
  });
}

/** The codes in each cell of each row of a table. */
function tableRowsOf(page: Page): string[] {
  const rows = proseOf(page).match(/^\|.*\|$/gm) ?? [];
  return rows.map((row) => {
    const cells = row.split('|').map((cell) => codesOf(cell).sort().join(' '));
    return cells.join(' | ');
  });
}

/** Blocks that are no commands. */
const PICTURES = ['mermaid', 'text'];

/** The lines of blocks, but for pictures. */
function commandsOf(page: Page): string[] {
  const blocks = [...page.text.matchAll(FENCE)].filter(([, language = '']) => !PICTURES.includes(language));
  return blocks.flatMap(([, , block = '']) => block.split('\n').map(withoutBlanks));
}

function linksOf(page: Page): string[] {
  const prose = proseOf(page);
  const inline = groupsOf(prose, /\]\(([^)\s#]+)(?:#[^)]*)?\)/g);
  const atEnd = groupsOf(prose, /^\[[^\]]+\]: +(\S+)$/gm);
  return [...new Set([...inline, ...atEnd].map(englishOf))].sort();
}

/** Parts that a translation may not change, by their name. */
function partsOf(page: Page): Readonly<Record<string, readonly string[]>> {
  const commandsInProse = codesOf(proseOf(page)).filter((code) => PROGRAMS.test(code));
  return {
    headings: headingsOf(page),
    tables: tableRowsOf(page),
    commands: commandsOf(page),
    // Their order within sentences and tables may change.
    'commands in prose': [...new Set(commandsInProse)].sort(),
    links: linksOf(page),
  };
}

/** English pages that a Japanese one links although they are there in Japanese: its reader is lost there. */
function englishLinksOf(japanese: Page): string[] {
  const targets = groupsOf(proseOf(japanese), /(?<!\[English)\]\(([^)\s#:]+)(?:#[^)]*)?\)/g);
  const linked = targets.map((target) => join(dirname(japanese.file), target));
  return PAIRS.map(({ english }) => english).filter((english) => linked.includes(english));
}

/** Differences between a page and its Japanese one. */
export function differencesOf(english: Page, japanese: Page): string[] {
  const partsOfEnglish = partsOf(english);
  const partsOfJapanese = partsOf(japanese);
  const differences = Object.entries(partsOfEnglish).flatMap(([name, part]) => {
    return firstDifference(name, part, partsOfJapanese[name] ?? []);
  });
  if (!english.text.includes(`[日本語](${basename(japanese.file)})`)) differences.push('no link to the Japanese page');
  if (!japanese.text.includes(`[English](${basename(english.file)})`)) differences.push('no link to the English page');
  const englishLinks = englishLinksOf(japanese).map((file) => `${file} is linked, which is there in Japanese`);
  return [...differences, ...englishLinks];
}

/** The first place where two lists part. */
function firstDifference(name: string, english: readonly string[], japanese: readonly string[]): string[] {
  const longer = english.length > japanese.length ? english : japanese;
  const index = longer.findIndex((_, position) => english[position] !== japanese[position]);
  if (index < 0) return [];
  return [`${name}: “${english[index] ?? 'nothing'}” in English, “${japanese[index] ?? 'nothing'}” in Japanese`];
}
