import { pause } from '@infra/commands/pause';
import { errorText } from './aws-errors';
import { words } from './words';

/** A question may fail for so long before its error ends a command. */
const PATIENCE_MINUTES = 10;
const SECONDS_BETWEEN_ATTEMPTS = 5;

/**
 * Asks AWS until it answers, for minutes: one lost answer must not end a command that has waited for half an hour. Any error
 * is waited for, since a person may sign in again meanwhile, and a right may come into force.
 *
 * @param question - Asks AWS; it must change nothing.
 * @param showLine - Gets a line on the first error.
 */
export async function askPatiently<Answer>(
  question: () => Promise<Answer>,
  showLine: (line: string) => void = () => undefined,
): Promise<Answer> {
  let firstErrorMs: number | undefined;
  for (;;) {
    try {
      return await question();
    } catch (error) {
      if (firstErrorMs === undefined) showLine(words.askedAgain({ reason: errorText(error) }));
      firstErrorMs ??= Date.now();
      if (Date.now() - firstErrorMs > PATIENCE_MINUTES * 60_000) throw error;
    }
    await pause(SECONDS_BETWEEN_ATTEMPTS);
  }
}
