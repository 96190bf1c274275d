import { reachabilityOf, runReachability } from '../../../operate/reachability';
import { assembly } from '../../../../test/support/assembly';
import { CHANGED_NETWORKS } from '../../reachability/changed-networks';
import { RealStack } from '../../support/real-stack';
import { outsideOfSentences } from '../../../../test/support/sentences';

jest.mock('../../../../lib/language', () => {
  const { pseudoLanguage } = jest.requireActual<{ pseudoLanguage: object }>('../../../../test/support/sentences');
  // Paths are in the words of the review, which has the pseudo-language in the place of Japanese.
  return { ...pseudoLanguage, language: 'ja' };
});
jest.mock('../../../../packages/change-review/src/messages/ja.json', () => {
  const messages = jest.requireActual<Record<string, string>>(
    '../../../../packages/change-review/src/messages/ja.json',
  );
  return Object.fromEntries(Object.entries(messages).map(([id, message]) => [id, `⟦${message}⟧`]));
});

/** Values of a path: services, ports and resources of AWS. */
const VALUE = /Secrets Manager|S3|tcp [\d-]+|prooflink-[\w-]+|Prooflink\w+/g;

/** End of a line in the last column of a table, and beginning of the next one. */
const WRAPPED = / *│\n│ +│ +│ +│ /g;

/** Words of a text, without values, that no language can replace. */
function ownWords(text: string): string[] {
  const rest = outsideOfSentences(text.replace(WRAPPED, '')).replaceAll(VALUE, '');
  return rest.match(/\p{Letter}+/gu) ?? [];
}

test('a table and its conclusion have no word of their own', () => {
  const { stdout } = runReachability(assembly);
  expect(stdout).toContain('Secrets Manager');
  expect(ownWords(stdout)).toEqual([]);
});

test.each(CHANGED_NETWORKS)('nor have faults: $title', ({ change }) => {
  const stack = new RealStack('dev');
  change(stack);
  const { faults } = reachabilityOf(stack.template);
  expect(faults).not.toEqual([]);
  expect(ownWords(faults.join('\n'))).toEqual([]);
});
