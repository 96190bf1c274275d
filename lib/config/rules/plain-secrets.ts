import { SECRET_FORMS } from './secret-forms';

/** Endings that mean a secret even without a word's boundary before them, as in APIKEY. */
const SECRET_ENDINGS = [
  'accesskey',
  'apikey',
  'credential',
  'credentials',
  'passphrase',
  'passwd',
  'password',
  'privatekey',
  'secret',
  'secretkey',
  'token',
  'webhook',
];

/** Last words that mean a secret; BYPASS and MONKEY end in other words. */
const SECRET_WORDS: ReadonlySet<string> = new Set(['dsn', 'key', 'pass', 'pat', 'pwd']);

/** Words that make a key, a token or a DSN one that browsers get. */
const PUBLIC_WORDS: ReadonlySet<string> = new Set(['public', 'publishable', 'site']);

/** Endings of secrets that have a public kind. */
const PUBLIC_KINDS = /(dsn|key|token)$/;

/** Last words that say how a value is written, not what it is. */
const ENCODINGS: ReadonlySet<string> = new Set(['b64', 'base64', 'json', 'pem']);

/** True for the name of a variable that holds a secret. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  const last = (words.at(-1) ?? '').replace(/\d+$/, '');
  const isSecret = SECRET_WORDS.has(last) || SECRET_ENDINGS.some((ending) => last.endsWith(ending));
  const isPublic = PUBLIC_KINDS.test(last) && words.some((word) => PUBLIC_WORDS.has(word));
  return isSecret && !isPublic;
}

/** The words of a name in snake or camel case, up to the one that says what the value is. */
function wordsOf(name: string): string[] {
  const snake = name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  const words = snake.split('_').filter((word) => !/^\d*$/.test(word));
  const last = words.at(-1) ?? '';
  if (ENCODINGS.has(last)) return words.slice(0, -1);
  // The address of a webhook is all that its caller needs to know.
  if (/^ur[il]s?$/.test(last) && words.at(-2) === 'webhook') return words.slice(0, -1);
  return words;
}

/** True for a value that has the form of a secret. */
export function isSecretValue(value: string): boolean {
  return SECRET_FORMS.some(({ pattern }) => pattern.test(value));
}
