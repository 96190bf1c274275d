import { noSecretInClearText } from '../support/invariants';
import type { Template } from '../support/template';

/** Texts that are secrets in any place. */
const SECRETS: Readonly<Record<string, RegExp>> = {
  // Neither a dynamic reference as the password is a secret, nor words in `<…>`.
  'a URL with a password': /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"']+:(?!\{\{resolve:|<)[^\s/@"']+@/i,
  'an access key': /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
};

/** Secrets in clear text in a file of any kind; where it is a template, in the light of its types too. */
export function clearSecrets(text: string): string[] {
  const found = Object.entries(SECRETS).flatMap(([what, pattern]) => (pattern.test(text) ? [what] : []));
  const parsed = templateIn(text);
  if (!parsed) return found;
  // CloudFormation does not resolve a reference in an output, but who adds one means to show a secret.
  const shown = JSON.stringify(parsed.Outputs ?? {}).includes('{{resolve:') ? ['an output with a secret'] : [];
  return [...new Set([...found, ...shown, ...(found.length > 0 ? [] : noSecretInClearText(parsed))])];
}

function templateIn(text: string): Template | undefined {
  try {
    const parsed = JSON.parse(text) as Partial<Template> | null;
    return parsed?.Resources ? (parsed as Template) : undefined;
  } catch {
    return undefined;
  }
}
