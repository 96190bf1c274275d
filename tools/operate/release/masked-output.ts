import { SecretMask } from '@infra/common/secret-mask';
import { visible } from '@infra/common/untrusted-text';

/** The same mask for the progress and for the summary, so that a secret has the same label in both. */
const mask = new SecretMask();

/** Text without its secrets. */
export function maskSecrets(text: string): string {
  return mask.maskLines(text);
}

/** Text without its secrets and control characters. */
export function printable(text: string): string {
  return visible(maskSecrets(text), '\n');
}

/** Writes a line of progress to stderr: stdout has the summary alone. */
export function showProgress(line: string): void {
  process.stderr.write(`${printable(line)}\n`);
}
