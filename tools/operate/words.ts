import { messagesOf } from '../program/messages';
import { en } from './en';
import { ja } from './ja';

/** Sentences of the commands that have no folder of their own, in the language of this process. */
export const words = messagesOf({ en, ja });
