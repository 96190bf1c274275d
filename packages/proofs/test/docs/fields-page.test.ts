import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../..');
const CONFIG = join(ROOT, 'lib/config');

const FILES = [
  'environment.ts',
  'delivery.ts',
  ...readdirSync(join(CONFIG, 'sections')).map((file) => join('sections', file)),
].map((file) => join(CONFIG, file));

/** `Interface.field: comment` of each field of the config that has a comment. */
function commentsIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const interfaces = source.statements.filter(ts.isInterfaceDeclaration);
  return interfaces.flatMap(({ name, members }) => {
    return members.flatMap((member) => {
      const comment = ts.getTextOfJSDocComment(ts.getJSDocCommentsAndTags(member).find(ts.isJSDoc)?.comment);
      return comment === undefined
        ? []
        : `${name.text}.${member.name?.getText() ?? ''}: ${comment.replace(/\s+/g, ' ')}`;
    });
  });
}

/** `Interface.field: comment` of an item of the page, if it has a translation above the comment. */
function translatedComment(item: string): string[] {
  const [, field = '', translation = '', comment = ''] = /^`([^`]+)`: ([\s\S]+)\n {2}<!-- (.*) -->/.exec(item) ?? [];
  return /[\u3040-\u30ff\u4e00-\u9fff]/.test(translation) ? [`${field}: ${comment}`] : [];
}

test('docs/config.ja.md has each field, above the comment that was translated', () => {
  // A translation of an older comment would say a limit that no longer holds.
  const [, ...items] = readFileSync(join(ROOT, 'docs/config.ja.md'), 'utf8').split(/^- /m);
  expect(items.flatMap(translatedComment).sort()).toEqual(FILES.flatMap(commentsIn).sort());
});
