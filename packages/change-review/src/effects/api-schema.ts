import type { Resource } from '@infra/common/template';
import { wordsOf } from '../messages';
import { listOf } from '../messages/words';
import type { BeforeAndAfter } from '../model/entry';
import type { Effect } from '../model/finding';

const SCHEMA = 'AWS::AppSync::GraphQLSchema';

/** Descriptions and comments. */
const REMARK = /"""[^]*?"""|#.*$/gm;
/** Arguments of a field, which may take several lines. */
const ARGUMENTS = /\([^()]*\)/g;
const TYPE = /^\s*(?:extend\s+)?(type|input|interface|enum)\s+(\w+)[^{}]*\{([^{}]*)\}/gm;
const FIELD = /^\w+/;

/** An argument or a field of an input that clients must set. */
const REQUIRED = /!(?!.*=)/;

/** The declarations of a schema in one spelling, by their names: `Query`, `Query.user`. */
type Declarations = ReadonlyMap<string, string>;

/** Effects of another schema on the clients of a GraphQL API. */
export function apiSchemaEffects({ before, after }: BeforeAndAfter<Resource>): Effect[] {
  const definitionBefore = definitionOf(before);
  const definitionAfter = definitionOf(after);
  const isComparable = definitionBefore !== undefined && definitionAfter !== undefined;
  if (!isComparable || definitionBefore === definitionAfter) return [];
  const declarations = {
    before: declarationsIn(definitionBefore),
    after: declarationsIn(definitionAfter),
  };
  const removed = [...declarations.before.keys()].filter((name) => !declarations.after.has(name));
  if (removed.length > 0) {
    // The fields of a removed type need no mention.
    const fields = removed.filter((name) => !removed.includes(typeOf(name)));
    return [{ level: 'look', sentence: wordsOf('apiFieldsRemoved', { fields: listOf(fields) }) }];
  }
  return isOnlyAddition(declarations) ? [{ level: 'look', sentence: wordsOf('apiFieldsAdded') }] : [];
}

function definitionOf({ Type, Properties }: Resource): string | undefined {
  const definition = Properties?.['Definition'];
  return Type === SCHEMA && typeof definition === 'string' ? definition : undefined;
}

function declarationsIn(definition: string): Declarations {
  const oneLineArguments = definition.replace(REMARK, '').replace(ARGUMENTS, withoutSpaces);
  const declarations = new Map<string, string>();
  for (const [, kind = '', type = '', body = ''] of oneLineArguments.matchAll(TYPE)) {
    declarations.set(type, kind);
    for (const line of body.split('\n')) {
      const field = inOneSpelling(line);
      const [name] = FIELD.exec(field) ?? [];
      if (name !== undefined) declarations.set(`${type}.${name}`, field);
    }
  }
  // Whatever is declared otherwise, such as a union.
  declarations.set('', inOneSpelling(oneLineArguments.replace(TYPE, '')));
  return declarations;
}

function withoutSpaces(text: string): string {
  return text.replace(/\s+/g, '');
}

function inOneSpelling(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The type of a field, by its path; a type has none. */
function typeOf(name: string): string {
  const [type = ''] = name.split('.');
  return type === name ? '' : type;
}

/** True if all that was there is the same, and something is new that no client must set. */
function isOnlyAddition({ before, after }: BeforeAndAfter<Declarations>): boolean {
  const isSame = [...before].every(([name, declaration]) => after.get(name) === declaration);
  const added = [...after].filter(([name]) => !before.has(name));
  const mustBeSet = added.some(([name, field]) => before.get(typeOf(name)) === 'input' && REQUIRED.test(field));
  return isSame && added.length > 0 && !mustBeSet;
}
