import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { newProoflinkProgram } from '../../prooflink';
import { groupsOf, type Page, page, ROOT } from './documents';
import { differencesOf, PAIRS } from './pairs';

test('a Japanese page is the page of an English one', () => {
  const englishPages = PAIRS.map(({ english }) => english);
  expect(englishPages).toEqual(expect.arrayContaining(['README.md', 'docs/runbook.md']));
  expect(englishPages.filter((english) => !existsSync(join(ROOT, english)))).toEqual([]);
});

test.each(PAIRS)('$english and $japanese have the same headings, tables, commands and links', (pair) => {
  expect(differencesOf(page(pair.english), page(pair.japanese))).toEqual([]);
});

const ENGLISH: Page = {
  file: 'docs/delivery.md',
  text: '# 1. A `heading`\n[日本語](delivery.ja.md) [a](a.md), `npm test`\n\n| `cell` |\n\n```sh\nnpx cdk diff <stack>\n```\n',
};

/** The page in Japanese, with one piece replaced. */
function japaneseWith(piece: string, other: string): Page {
  const text =
    '# 1. 見出し `heading`\n[English](delivery.md) [a](a.md)と `npm test`\n\n| `cell` |\n\n```sh\nnpx cdk diff <スタック>\n```\n';
  return { file: 'docs/delivery.ja.md', text: text.replace(piece, other) };
}

test('a faithful translation has no difference', () => {
  expect(differencesOf(ENGLISH, japaneseWith('', ''))).toEqual([]);
});

test.each([
  {
    title: 'another number in a heading',
    japanese: japaneseWith('# 1.', '# 2.'),
    difference: 'headings: “# heading 1.” in English, “# heading 2.” in Japanese',
  },
  {
    title: 'another code in a table',
    japanese: japaneseWith('`cell`', '`cells`'),
    difference: 'tables: “ | cell | ” in English, “ | cells | ” in Japanese',
  },
  {
    title: 'a command that is missing',
    japanese: japaneseWith('npx cdk diff <スタック>\n', ''),
    difference: 'commands: “npx cdk diff <>” in English, “” in Japanese',
  },
  {
    title: 'another command in a sentence',
    japanese: japaneseWith('`npm test`', '`npm run lint`'),
    difference: 'commands in prose: “npm test” in English, “npm run lint” in Japanese',
  },
  {
    title: 'another link',
    japanese: japaneseWith('(a.md)', '(b.md)'),
    difference: 'links: “a.md” in English, “b.md” in Japanese',
  },
  {
    title: 'no link to the English page',
    japanese: japaneseWith('[English]', '[英語]'),
    difference: 'no link to the English page',
  },
  {
    title: 'a link to an English page that is there in Japanese',
    japanese: japaneseWith('と', '、[手順](runbook.md)と'),
    difference: 'docs/runbook.md is linked, which is there in Japanese',
  },
])('of a translation is said: $title', ({ japanese, difference }) => {
  expect(differencesOf(ENGLISH, japanese)).toContain(difference);
});

/** The commands that neither a page names nor those that it links. */
function unnamedCommands(file: string): string[] {
  const isJapanese = file.endsWith('.ja.md');
  const linked = groupsOf(page(file).text, /\]\(([^)\s#:]+\.md)/g).map((target) => join(dirname(file), target));
  // The other language is no place to look.
  const pages = linked.filter((target) => target.endsWith('.ja.md') === isJapanese);
  const text = [file, ...pages].map((name) => page(name).text).join('\n');
  const commands = newProoflinkProgram().commands.map((command) => command.name());
  return commands.filter((name) => !new RegExp(`npm run prooflink -- ${name}(?![\\w-])`).test(text));
}

test.each(['README.md', 'README.ja.md'])('%s and the pages that it links have every command', (file) => {
  expect(unnamedCommands(file)).toEqual([]);
});
