import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../../..');
/** A page on which the plugin is on. */
const PAGE = join(ROOT, 'docs/decisions/0001-one-stack-per-environment.md');

/** A program, since Jest loads no ES module. */
const FORMAT = `
  import { readFileSync } from 'node:fs';
  import { format, resolveConfig } from 'prettier';
  const { page, texts } = JSON.parse(readFileSync(0, 'utf8'));
  const options = await resolveConfig(page);
  const formatted = await Promise.all(texts.map((text) => format(text, { ...options, filepath: page })));
  console.log(JSON.stringify(formatted));
`;

interface Row {
  readonly title: string;
  readonly text: string;
  readonly formatted: string;
}

/** A text that the formatter leaves alone. */
const unchanged = (title: string, text: string): Row => ({ title, text, formatted: text });

const ROWS: readonly Row[] = [
  {
    title: 'two sentences are two lines',
    text: 'Deploy it. Is it healthy? Release it.',
    formatted: 'Deploy it.\nIs it healthy?\nRelease it.',
  },
  {
    title: 'an item of a list has its further sentences below its first one',
    text: '1. Deploy it. Wait\n   for it.',
    formatted: '1. Deploy it.\n   Wait for it.',
  },
  {
    title: 'a Japanese sentence that was wrapped gets no space, which a browser would show',
    text: 'スタックを\nデプロイし、\n終わる\n(DELETE_COMPLETE)まで待ちます。',
    formatted: 'スタックをデプロイし、終わる(DELETE_COMPLETE)まで待ちます。',
  },
  {
    title: 'code keeps the space beside Japanese letters, and has none beside their punctuation',
    text: '次に\n`npm test` を、\n`main` で実行します。',
    formatted: '次に `npm test` を、`main` で実行します。',
  },
  {
    title: 'a sentence may begin with a link or with code in lower case',
    text: 'Read it. [cdk.json](cdk.json) names the app. `cdk` reads it.',
    formatted: 'Read it.\n[cdk.json](cdk.json) names the app.\n`cdk` reads it.',
  },
  unchanged('an abbreviation ends no sentence', 'Give an engine, e.g. PostgreSQL 15, cf. Node.js of Debian.'),
  unchanged('the number of a step ends no sentence', '**1. Deploy:** the stack.'),
  unchanged('a line does not begin with the sign of a list', 'It has one. - 1 is none.'),
  unchanged('a block of code stays as it is', '```sh\necho One. Two.\n```'),
];

let formatted: readonly string[];

beforeAll(() => {
  const input = JSON.stringify({ page: PAGE, texts: ROWS.map(({ text }) => text) });
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', FORMAT], {
    cwd: ROOT,
    input,
    encoding: 'utf8',
  });
  formatted = JSON.parse(output) as string[];
});

test.each(ROWS.map((row, index) => ({ ...row, index })))('$title', (row) => {
  expect(formatted[row.index]).toBe(`${row.formatted}\n`);
});
