import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = join(__dirname, '../../docs/decisions/0005-stack-level-tags.md');

/** Types of resources that a further tag has to leave out, as the decision on tags lists them. */
export const REPLACED_FOR_TAGS: readonly string[] = readExcludedTypes();

function readExcludedTypes(): string[] {
  const [, list] = /excludeResourceTypes: (\[.+\])/.exec(readFileSync(PAGE, 'utf8')) ?? [];
  if (list === undefined) throw new Error(`${PAGE} has no list excludeResourceTypes.`);
  return JSON.parse(list.replaceAll("'", '"')) as string[];
}
