import { SecretMask } from '@infra/common/secret-mask';
import { escapeInvisible } from '@infra/common/untrusted-text';

/** The progress and the summary share one mask, so that a secret has the same label in both. */
const mask = new SecretMask();

/** Text in which labels stand for secrets. */
export function maskSecrets(text: string): string {
  return mask.maskLines(text);
}

/** Text in which labels stand for secrets, and control characters, except the ends of lines, are written out. */
export function printableText(text: string): string {
  return escapeInvisible(maskSecrets(text), '\n');
}

/** Writes a line of progress to stderr. Only the summary goes to stdout. */
export function showProgress(line: string): void {
  process.stderr.write(`${printableText(line)}\n`);
}
