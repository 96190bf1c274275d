import { CannotTellError, TranslatedError } from '@infra/common/outcome';
import { language } from '@infra/common/language';
import { errorText } from './aws-errors';

/** Message of an error, in the language of this process if it has one in each. */
export function messageOf(error: unknown): string {
  if (error instanceof TranslatedError) return error.translations[language];
  return error instanceof Error ? error.message : String(error);
}

/** Reason for which a command ends early: the message of an error that was written for its user, otherwise with its name. */
export function reasonOf(error: unknown): string {
  return error instanceof CannotTellError ? messageOf(error) : errorText(error);
}
