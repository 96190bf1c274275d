import { untranslated } from '@infra/common/message';
import { CannotTellError } from '@infra/common/outcome';

interface Replacement {
  readonly oldText: string;
  readonly newText: string;
}

/**
 * Replaces a text in a file's content.
 *
 * @throws CannotTellError if the content does not have the text, as after an upgrade of the program that generates it.
 */
export function replaceText(file: string, content: string, { oldText, newText }: Replacement): string {
  if (!content.includes(oldText)) throw new CannotTellError(untranslated(`${file} has no text "${oldText}".`));
  return content.replace(oldText, () => newText);
}
