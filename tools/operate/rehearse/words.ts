import { wordsOf } from '../../../lib/language';
import { en } from './en';
import { ja } from './ja';

/** Sentences of `rehearse`, in the language of this process. */
export const words = wordsOf({ en, ja });
