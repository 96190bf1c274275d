import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { page, ROOT } from '@infra/testing/documents';
import ts from 'typescript';
import { dev, prod } from '@infra/testing/configs';
import translated from './translated-comments.json';

const PAGE = 'docs/config.ja.md';
const DIGESTS = 'packages/proofs/test/docs/translated-comments.json';

const SECTIONS = readdirSync(join(ROOT, 'lib/config/sections')).map((file) => `sections/${file}`);
const FILES = ['environment.ts', 'delivery.ts', ...SECTIONS].map((file) => `lib/config/${file}`);

/** Comment of a field of the config. */
interface Comment {
  /** `Interface.field` */
  readonly field: string;
  /** File and line. */
  readonly place: string;
  readonly text: string;
}

function commentsIn(file: string): Comment[] {
  const source = ts.createSourceFile(file, page(file).text, ts.ScriptTarget.Latest, true);
  const interfaces = source.statements.filter(ts.isInterfaceDeclaration);
  return interfaces.flatMap(({ name, members }) => {
    return members.flatMap((member) => {
      const text = ts.getTextOfJSDocComment(ts.getJSDocCommentsAndTags(member).find(ts.isJSDoc)?.comment);
      if (text === undefined) return [];
      const { line } = source.getLineAndCharacterOfPosition(member.getStart(source));
      const field = `${name.text}.${member.name?.getText() ?? ''}`;
      return [{ field, place: `${file}:${line + 1}`, text: text.replace(/\s+/g, ' ') }];
    });
  });
}

/** Lines of the page at which a Japanese sentence on a field begins, by field: `Interface.field`. */
function linesOfFields(text: string): Map<string, number> {
  const lines = text.split('\n').map((line, index) => ({ line, number: index + 1 }));
  return new Map(
    lines.flatMap(({ line, number }) => {
      const [, field = '', sentence = ''] = /^- `([A-Z][^`]+)`: (.*)$/.exec(line) ?? [];
      return /[\u3000-\u30ff\u4e00-\u9fff]/.test(sentence) ? [[field, number]] : [];
    }),
  );
}

/** A digest keeps the English comment out of the page, and out of a second file. */
function digestOf(comment: string): string {
  return createHash('sha256').update(comment).digest('hex').slice(0, 8);
}

/** Steps by which a person brings the page to the comments of now, a field each. */
function outdated(
  comments: readonly Comment[],
  text: string,
  digests: Readonly<Record<string, string | undefined>>,
): string[] {
  const lines = linesOfFields(text);
  const toWrite = comments.flatMap(({ field, place, text: comment }) => {
    const line = lines.get(field);
    const digest = digestOf(comment);
    if (line !== undefined && digests[field] === digest) return [];
    const sentence =
      line === undefined ? `${PAGE} has no sentence on it` : `${PAGE}:${line} translates another comment`;
    return [
      `${place}: ${field} is now "${comment}", and ${sentence}. ` +
        `Write it in Japanese there, then write "${field}": "${digest}" into ${DIGESTS}.`,
    ];
  });
  const fields = new Set(comments.map(({ field }) => field));
  const named = new Set([...lines.keys(), ...Object.keys(digests)]);
  const removed = [...named].filter((field) => !fields.has(field));
  return [
    ...toWrite,
    ...removed.map((field) => `${field} has no comment in lib/config. Remove it from ${PAGE} and ${DIGESTS}.`),
  ];
}

test('docs/config.ja.md has each field, and translates the comment that it has now', () => {
  // A translation of an older comment would say a limit that no longer holds.
  expect(outdated(FILES.flatMap(commentsIn), page(PAGE).text, translated)).toEqual([]);
});

test('a field whose comment has changed, or that has no sentence, names the digest to write; one without a comment is removed', () => {
  const comment = { field: 'WebConfig.timeout', place: 'lib/config/sections/web.ts:7', text: 'Up to 5 minutes.' };
  const sentence = '- `WebConfig.timeout`: 待ち時間(10分以内)。';
  const digest = digestOf(comment.text);
  expect(outdated([comment], sentence, { [comment.field]: digest })).toEqual([]);
  expect(outdated([comment], sentence, { [comment.field]: digestOf('Up to 10 minutes.') })).toEqual([
    'lib/config/sections/web.ts:7: WebConfig.timeout is now "Up to 5 minutes.", ' +
      'and docs/config.ja.md:1 translates another comment. Write it in Japanese there, ' +
      `then write "WebConfig.timeout": "${digest}" into ${DIGESTS}.`,
  ]);
  expect(outdated([comment], '', { [comment.field]: digest }).join()).toContain('has no sentence on it');
  expect(outdated([], sentence, {}).join()).toContain('WebConfig.timeout has no comment');
});

/** Paths of the safeguards that a config switches off, with a reason in English. */
function switchedOff(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('off' in value) return [path];
  return Object.entries(value).flatMap(([name, inner]) => switchedOff(inner, `${path}.${name}`));
}

test('docs/config.ja.md has the reason of each safeguard that dev.ts and prod.ts switch off', () => {
  // An operator edits these files, and reads there why data are not protected.
  const { text } = page(PAGE);
  const missing = [...switchedOff(dev, 'dev'), ...switchedOff(prod, 'prod')].filter(
    (path) => !text.includes(`\`${path}\``),
  );
  expect(missing).toEqual([]);
});
