import { messagesOf } from '../../program/messages';
import { en } from './en';
import { ja } from './ja';

/** Texts in the helps of the commands that people call, in the language of this process. */
export const words = messagesOf({ en, ja });
