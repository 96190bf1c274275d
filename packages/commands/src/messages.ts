import type { Messages } from '@infra/common/message';
import { type Language, wordsOf } from '@infra/common/language';

/** Sentences of a room in the language of this process. */
export function messagesOf<Words>(catalogs: Readonly<Record<Language, Words>>): Messages<Words> {
  return wordsOf(catalogs) as Messages<Words>;
}
