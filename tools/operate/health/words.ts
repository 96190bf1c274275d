import { messagesOf } from '../../program/messages';
import { en } from './en';
import { ja } from './ja';

/** Sentences of the report of `status` and `doctor`, in the language of this process. */
export const words = messagesOf({ en, ja });
