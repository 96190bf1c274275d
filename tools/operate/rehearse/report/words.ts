import { wordsOf } from '../../../../lib/language';
import { en } from './en';
import { ja } from './ja';

/** Sentences of a rehearsal's report, in the language of this process. */
export const words = wordsOf({ en, ja });
