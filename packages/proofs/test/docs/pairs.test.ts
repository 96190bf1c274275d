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

test('a number in a heading, a command and a code in a sentence that differ are found; the words between them are not', () => {
  const english = '# 1. A `heading`\n\n`ANALYZE;`\n\n```sh\nnpx cdk diff <stack>\n```\n';
  const japanese = '# 1. 見出し `heading`\n\n`ANALYZE;`\n\n```sh\nnpx cdk diff <スタック>\n```\n';
  const differences = (text: string) => differencesOf({ file: 'a.md', text: english }, { file: 'a.ja.md', text });
  expect(differences(japanese)).toEqual([]);
  expect(differences('# 2. 見出し\n')).toEqual([
    'headings: “# heading 1.” in English, “# 2.” in Japanese',
    'commands: “npx cdk diff <>” in English, “nothing” in Japanese',
    'code in sentences: “ANALYZE;” in English, “nothing” in Japanese',
  ]);
});
