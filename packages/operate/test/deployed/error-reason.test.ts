import { untranslated } from '@infra/common/message';
import { CannotTellError, TranslatedError } from '@infra/common/outcome';
import { messageOf, reasonOf } from '../../src/deployed/error-reason';

jest.mock('@infra/common/language', () => ({ language: 'ja', wordsOf: <Words>({ ja }: { ja: Words }): Words => ja }));

const noSuchStack = new TranslatedError({ en: 'There is no stack.', ja: 'スタックがありません。' });

describe('the reason for which a release, a restart or a rehearsal ends early', () => {
  test.each<{ readonly title: string; readonly error: Error; readonly reason: string }>([
    {
      title: 'an error of a package is in the language of the terminal',
      error: noSuchStack,
      reason: 'スタックがありません。',
    },
    {
      title: 'an error for the user is its message alone',
      error: new CannotTellError(untranslated('理由')),
      reason: '理由',
    },
    {
      title: 'an error of AWS has its name, which people search for',
      error: new TypeError('refused'),
      reason: 'TypeError: refused',
    },
  ])('$title', ({ error, reason }) => {
    expect(reasonOf(error)).toBe(reason);
  });
});

test('deploy:local shows the message of an error of a package in the language of the terminal, too', () => {
  expect(messageOf(noSuchStack)).toBe('スタックがありません。');
});
