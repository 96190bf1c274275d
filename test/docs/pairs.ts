import { basename, dirname, join } from 'node:path';
import { FENCE, FILES, type Page } from './documents';

const englishOf = (file: string): string => file.replace(/\.ja\.md$/, '.md');

/** Every page that is there in Japanese, too, with its Japanese one. */
export const PAIRS = FILES.filter((file) => englishOf(file) !== file).map((file) => [englishOf(file), file] as const);

const PROGRAMS = /^(?:\.ci\/run|aws|curl|dig|docker|eval|gh|git|npm|npx|sed)\b/;

/** Without the words for what a person fills in. */
const filledIn = (code: string): string => code.replace(/<[^>]+>/g, '<>');
const codes = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => filledIn(code));
const prose = ({ text }: Page): string => text.replace(FENCE, '');
/** Parts that a translation may not change, by what they are called. */
const partsOf = (page: Page): Readonly<Record<string, readonly string[]>> => ({
  headings: [...prose(page).matchAll(/^(#+) (.*)$/gm)].map(([, level = '', heading = '']) =>
    [level, ...codes(heading), ...(heading.match(/\d[\d.-]*/g) ?? [])].join(' '),
  ),
  tables: (prose(page).match(/^\|.*\|$/gm) ?? []).map((row) =>
    row
      .split('|')
      .map((cell) => codes(cell).sort().join(' '))
      .join(' | '),
  ),
  commands: [...page.text.matchAll(FENCE)].flatMap(([, language, block = '']) =>
    language === 'mermaid' ? [] : block.split('\n').map(filledIn),
  ),
  // Their order within sentences and tables may change.
  'commands in prose': [...new Set(codes(prose(page)).filter((code) => PROGRAMS.test(code)))].sort(),
  links: [
    ...new Set(
      [...prose(page).matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)|^\[[^\]]+\]: +(\S+)$/gm)].map(([, inline, atEnd = '']) =>
        englishOf(inline ?? atEnd),
      ),
    ),
  ].sort(),
});

/** Differences between a page and its Japanese one. */
export function differencesOf(english: Page, japanese: Page): string[] {
  const [left, right] = [partsOf(english), partsOf(japanese)];
  const linked = [...prose(japanese).matchAll(/(?<!\[English)\]\(([^)\s#:]+)(?:#[^)]*)?\)/g)].map(([, target = '']) =>
    join(dirname(japanese.file), target),
  );
  return [
    ...Object.entries(left).flatMap(([name, there]) => unequal(name, there, right[name] ?? [])),
    ...(english.text.includes(`[日本語](${basename(japanese.file)})`) ? [] : ['no link to the Japanese page']),
    ...(japanese.text.includes(`[English](${basename(english.file)})`) ? [] : ['no link to the English page']),
    // A reader of Japanese is lost on an English page.
    ...PAIRS.filter(([page]) => linked.includes(page)).map(([page]) => `${page} is linked, which is there in Japanese`),
  ];
}

/** The first place where two lists part. */
function unequal(name: string, english: readonly string[], japanese: readonly string[]): string[] {
  const at = [...english, ...japanese].findIndex((_, index) => english[index] !== japanese[index]);
  const said = (list: readonly string[]) => list[at] ?? 'nothing';
  return at < 0 ? [] : [`${name}: “${said(english)}” in English, “${said(japanese)}” in Japanese`];
}
