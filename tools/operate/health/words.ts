import { wordsOf } from '../../../lib/language';
import { en } from './en';
import { ja } from './ja';

/** Sentences of the report of `status`, `doctor` and `first-contact`, in the language of this process. */
export const words = wordsOf({ en, ja });
