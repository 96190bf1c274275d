import { wordsOf } from '../language';
import { en } from './en';
import { ja } from './ja';

/** Sentences on a config, in the language of this process. */
export const words = wordsOf({ en, ja });
