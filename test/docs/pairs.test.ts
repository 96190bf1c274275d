import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { prooflink } from '../../tools/prooflink';
import { page, ROOT } from './documents';
import { differencesOf, PAIRS } from './pairs';

test('a Japanese page is the page of an English one', () => {
  expect(PAIRS.map(([english]) => english)).toEqual(expect.arrayContaining(['README.md', 'docs/runbook.md']));
  expect(PAIRS.filter(([english]) => !existsSync(join(ROOT, english)))).toEqual([]);
});

test.each(PAIRS)('%s and %s have the same headings, tables, commands and links', (english, japanese) => {
  expect(differencesOf(page(english), page(japanese))).toEqual([]);
});

describe('what a translation left behind is seen', () => {
  const ENGLISH = `[日本語](README.ja.md)
# 1. A \`field\`
See [the page](docs/runbook.md#top). \`npx cdk diff\` tells it.
| \`code\` | why       |
| ------ | --------- |
| \`one\`  | by \`lib\`  |
| two    | \`a\`, \`b\` |
\`\`\`sh
npm test -- <name>
\`\`\`
`;
  const JAPANESE = `[English](README.md)
# 1. 項目 \`field\`
\`npx cdk diff\` で確認します。[ページ](docs/runbook.ja.md#先頭)を参照してください。
| \`code\` | 理由             |
| ------ | ---------------- |
| \`one\`  | \`lib\` による     |
| two    | \`b\` または \`a\` |
\`\`\`sh
npm test -- <名前>
\`\`\`
`;
  const differences = (japanese: string) =>
    differencesOf({ file: 'README.md', text: ENGLISH }, { file: 'README.ja.md', text: japanese });

  it('nothing is found where only words differ, and their order', () => {
    expect(differences(JAPANESE)).toEqual([]);
  });

  it.each([
    ['a heading', '# 1. 項目 `field`\n', '', 'headings: “# field 1.”'],
    ['a heading’s level', '# 1.', '## 1.', 'headings: “# field 1.” in English, “## field 1.” in Japanese'],
    ['a row', /^\| two .*\n/m, '', 'tables: “table 1 |  | a b” in English, “nothing”'],
    ['a code in a cell', '`lib` による', '設定による', 'tables: “table 1 | one | lib” in English, “table 1 | one | ”'],
    ['the first column of a row', '| two ', '| three ', 'table 1: three is two in English'],
    ['a command in a block', 'npm test', 'npm start', 'commands: “npm test -- <>”'],
    ['a command in a sentence', '`npx cdk diff` で', 'コマンドで', 'commands in prose: “npx cdk diff”'],
    ['a link', /\[ページ\]\([^)]*\)/, '運用手順', 'links: “docs/runbook.md” in English, “nothing”'],
    ['the link to the other language', '[English](README.md)', '', 'no link to the English page'],
    ['a link to a page in English', '.ja.md', '.md', 'docs/runbook.md is linked, which is there in Japanese'],
  ])('%s', (_, from, to, finding) => {
    expect(differences(JAPANESE.replace(from, to))).toContainEqual(expect.stringContaining(finding));
  });
});

/** The commands that neither a page names nor those that it links. */
function unnamed(file: string): string[] {
  const { text } = page(file);
  const linked = [...text.matchAll(/\]\(([^)\s#:]+\.md)/g)].map(([, target = '']) => join(dirname(file), target));
  // The other language is no place to look.
  const pages = linked.filter((target) => target.endsWith('.ja.md') === file.endsWith('.ja.md'));
  const texts = [file, ...pages].map((each) => page(each).text).join('\n');
  return prooflink()
    .commands.map((command) => command.name())
    .filter((name) => !new RegExp(`npm run prooflink -- ${name}(?![\\w-])`).test(texts));
}

test.each(['README.md', 'README.ja.md'])('whoever reads %s and what it links finds every command', (file) => {
  expect(unnamed(file)).toEqual([]);
});

test('a page that names one command lacks the others', () => {
  expect(unnamed('docs/mutation.md')).toContain('status');
});
