import { codesIn, FENCE, FILES, type Page } from '@infra/testing/documents';

/** A page in both languages, by its files. */
export interface Pair {
  readonly english: string;
  readonly japanese: string;
}

/** The page that translates the comments of lib/config; fields-page.test.ts compares it with them. */
const PAGE_OF_FIELDS = 'docs/config.ja.md';

const JAPANESE_PAGES = FILES.filter((file) => file.endsWith('.ja.md') && file !== PAGE_OF_FIELDS);
/** Every page that is there in Japanese, too. */
export const PAIRS: readonly Pair[] = JAPANESE_PAGES.map((japanese) => ({
  english: japanese.replace(/\.ja\.md$/, '.md'),
  japanese,
}));

/** Code without the words for what a person fills in. */
function withoutBlanks(code: string): string {
  return code.replace(/<[^>]+>/g, '<>');
}

/** The level, codes and numbers of each heading. */
function headingsOf({ text }: Page): string[] {
  const headings = [...text.replace(FENCE, '').matchAll(/^(#+) (.*)$/gm)];
  return headings.map(([, level = '', heading = '']) => {
    const codes = codesIn(heading).map(withoutBlanks);
    return [level, ...codes, ...(heading.match(/\d[\d.-]*/g) ?? [])].join(' ');
  });
}

/** Blocks that are no commands. */
const PICTURES = ['mermaid', 'text'];

/** The lines of blocks, but for pictures. */
function commandsOf({ text }: Page): string[] {
  const blocks = [...text.matchAll(FENCE)].filter(([, language = '']) => !PICTURES.includes(language));
  return blocks.flatMap(([, , block = '']) => block.split('\n').map(withoutBlanks));
}

/** Commands, fields and names within sentences and tables, whose order may change. */
function codesOf({ text }: Page): string[] {
  const codes = codesIn(text.replace(FENCE, '')).map(withoutBlanks);
  return [...new Set(codes)].sort();
}

/** Differences between a page and its Japanese one. */
export function differencesOf(english: Page, japanese: Page): string[] {
  return [
    ...firstDifference('headings', headingsOf(english), headingsOf(japanese)),
    ...firstDifference('commands', commandsOf(english), commandsOf(japanese)),
    ...firstDifference('code in sentences', codesOf(english), codesOf(japanese)),
  ];
}

/** The first place where two lists part. */
function firstDifference(name: string, english: readonly string[], japanese: readonly string[]): string[] {
  const longer = english.length > japanese.length ? english : japanese;
  const index = longer.findIndex((_, position) => english[position] !== japanese[position]);
  if (index < 0) return [];
  return [`${name}: “${english[index] ?? 'nothing'}” in English, “${japanese[index] ?? 'nothing'}” in Japanese`];
}
