import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Page, page, ROOT } from '@infra/testing/documents';
import { differencesOf, PAIRS } from './pairs';

test('a Japanese page is the page of an English one', () => {
  const englishPages = PAIRS.map(({ english }) => english);
  expect(englishPages).toEqual(expect.arrayContaining(['README.md', 'docs/runbook.md']));
  expect(englishPages.filter((english) => !existsSync(join(ROOT, english)))).toEqual([]);
});

test.each(PAIRS)('$english and $japanese have the same headings, commands and code in sentences', (pair) => {
  expect(differencesOf(page(pair.english), page(pair.japanese))).toEqual([]);
});

// A line that goes in one language, and stays in the other, leaves half a sentence where a team took out the package doctor.
test.each(PAIRS)('$english and $japanese agree without the lines that the README of doctor takes out', (pair) => {
  const [, pattern = ''] = /print unless \/(.+)\/'/.exec(page('packages/doctor/README.md').text) ?? [];
  const lines = new RegExp(`^.*(?:${pattern}).*$`, 'gm');
  const withoutDoctor = ({ file, text }: Page) => ({ file, text: text.replace(lines, '') });
  expect(differencesOf(withoutDoctor(page(pair.english)), withoutDoctor(page(pair.japanese)))).toEqual([]);
});

const ENGLISH: Page = {
  file: 'docs/delivery.md',
  text: '# 1. A `heading`\n\n`ANALYZE;`\n\n```sh\nnpx cdk diff <stack>\n```\n',
};

/** The page in Japanese, with one piece replaced. */
function japaneseWith(piece: string, other: string): Page {
  const text = '# 1. 見出し `heading`\n\n`ANALYZE;`\n\n```sh\nnpx cdk diff <スタック>\n```\n';
  return { file: 'docs/delivery.ja.md', text: text.replace(piece, other) };
}

test('a faithful translation has no difference', () => {
  expect(differencesOf(ENGLISH, japaneseWith('', ''))).toEqual([]);
});

test('another number in a heading is a difference', () => {
  const differences = ['headings: “# heading 1.” in English, “# heading 2.” in Japanese'];
  expect(differencesOf(ENGLISH, japaneseWith('# 1.', '# 2.'))).toEqual(differences);
});

test('a missing command is a difference', () => {
  const differences = ['commands: “npx cdk diff <>” in English, “” in Japanese'];
  expect(differencesOf(ENGLISH, japaneseWith('npx cdk diff <スタック>\n', ''))).toEqual(differences);
});

test('a step that a sentence names, and its translation does not, is a difference', () => {
  const differences = ['code in sentences: “ANALYZE;” in English, “heading” in Japanese'];
  expect(differencesOf(ENGLISH, japaneseWith('`ANALYZE;`', ''))).toEqual(differences);
});
