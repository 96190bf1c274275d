import { wordsOf } from '../../../lib/language';
import { en } from './en';
import { ja } from './ja';

/** Texts in the helps of the commands that people call, in the language of this process. */
export const words = wordsOf({ en, ja });
