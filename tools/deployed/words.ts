import { messagesOf } from '../program/messages';
import { en } from './en';
import { ja } from './ja';

/** Sentences of this room, in the language of this process. */
export const words = messagesOf({ en, ja });
