import { wordsOf } from '../../lib/language';
import { en } from './en';
import { ja } from './ja';

/** Sentences of the commands that have no folder of their own, in the language of this process. */
export const words = wordsOf({ en, ja });
