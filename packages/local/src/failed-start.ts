import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '@infra/operate/deployed/error-reason';
import { words } from './words';

/** A start failed. The message is what its user needs: the application's last lines, and the reason. */
export class FailedStartError extends Error {
  constructor(
    message: string,
    /** All that was printed. */
    readonly output: string,
  ) {
    super(message);
  }
}

/**
 * Text on an error of a start.
 *
 * @param folder - Folder that stays, for the output of a failed start. `undefined`: the text has that output itself.
 */
export function failureText(error: unknown, folder: string | undefined): string {
  const message = messageOf(error);
  if (!(error instanceof FailedStartError)) return message;
  const { output } = error;
  if (folder === undefined) return `${message}\n\n${output}`;
  const file = join(folder, 'failed-start.log');
  writeFileSync(file, output);
  return `${message}\n\n${words.failure.wholeOutput({ file })}`;
}
