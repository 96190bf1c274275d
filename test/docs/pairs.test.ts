import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { newProoflinkProgram } from '../../tools/prooflink';
import { page, ROOT } from './documents';
import { differencesOf, PAIRS } from './pairs';

test('a Japanese page is the page of an English one', () => {
  expect(PAIRS.map(([english]) => english)).toEqual(expect.arrayContaining(['README.md', 'docs/runbook.md']));
  expect(PAIRS.filter(([english]) => !existsSync(join(ROOT, english)))).toEqual([]);
});

test.each(PAIRS)('%s and %s have the same headings, tables, commands and links', (english, japanese) => {
  expect(differencesOf(page(english), page(japanese))).toEqual([]);
});

/** The commands that neither a page names nor those that it links. */
function unnamed(file: string): string[] {
  const { text } = page(file);
  const linked = [...text.matchAll(/\]\(([^)\s#:]+\.md)/g)].map(([, target = '']) => join(dirname(file), target));
  // The other language is no place to look.
  const pages = linked.filter((target) => target.endsWith('.ja.md') === file.endsWith('.ja.md'));
  const texts = [file, ...pages].map((each) => page(each).text).join('\n');
  return newProoflinkProgram()
    .commands.map((command) => command.name())
    .filter((name) => !new RegExp(`npm run prooflink -- ${name}(?![\\w-])`).test(texts));
}

test.each(['README.md', 'README.ja.md'])('%s and the pages that it links have every command', (file) => {
  expect(unnamed(file)).toEqual([]);
});
