import { messagesOf } from './messages';
import { en } from './en';
import { ja } from './ja';

/** Sentences of the frame of every command, in the language of this process. */
export const words = messagesOf({ en, ja });
