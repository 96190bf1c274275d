/** A name such as `SIGNING_KEY`, but not `S3_KEY` or `PUBLIC_KEY`: those keys locate or verify something. */
const SECRET_KEY = /(?<!(?:^|_)(?:file|object|s3|partition|sort|public))_key/i;

/** Words of names whose values are secrets. */
const SECRET_WORDS: readonly RegExp[] = [
  /secret/i,
  /passw/i,
  /passphrase/i,
  /token/i,
  /credential/i,
  /api[_-]?key/i,
  /access[_-]?key/i,
  /private[_-]?key/i,
  /database[_-]?url/i,
  /dsn/i,
  /connection[_-]?string/i,
  // Short words must be whole ones: SMTP_PASS, not PASSENGERS.
  /(?:^|_)(?:pass|pwd|pin|salt)(?:$|_)/i,
  new RegExp(`${SECRET_KEY.source}$`, 'i'),
];

/** Properties that have such a name, but only say where a secret is. */
const REFERENCE_PROPERTIES: ReadonlySet<string> = new Set([
  'GenerateSecretString',
  'MasterUserSecret',
  'SecretArn',
  'SecretId',
  'Secrets',
  'Type',
  'ValueFrom',
]);

/** A reference that CloudFormation resolves, `{{resolve:secretsmanager:…}}`, with nothing beside it. */
const DYNAMIC_REFERENCE = /^\{\{resolve:[^{}]*(?:\$\{\}[^{}]*)*\}\}$/;

/** Label that stands for a secret. */
export const LABEL = /\(hidden value \d{1,9}\)/;

/** Words before a secret within a text, as in `--password=…`. */
const ASSIGNED_WORDS: readonly RegExp[] = [
  /secret/,
  /passw(?:or)?d/,
  /token/,
  /api_?key/,
  // Not at the end of another word, such as `compass`.
  /(?<![a-z])pass/,
  /(?<![a-z])pwd/,
  SECRET_KEY,
];
/** The rest of the name, such as the `s` of `tokens`, and the quote that ends it in JSON. */
const END_OF_NAME = /\w{0,64}["']?/;
/** An equals sign; in JSON, a colon between quotes. */
const ASSIGNMENT_SIGN = /(?:=|\s{0,16}["']\s{0,16}:\s{0,16}["'])/;
/** The first characters of a value that is neither empty nor a variable. */
const START_OF_VALUE = /[^\s"'{$&]{3}/;

/** A secret that a text assigns to a name: `password=hunter2`, `"password": "hunter2"`. */
const SECRET_ASSIGNMENT = new RegExp(
  `(?:${sourcesOf(ASSIGNED_WORDS)})${END_OF_NAME.source}${ASSIGNMENT_SIGN.source}${START_OF_VALUE.source}`,
  'i',
);

/** Patterns of secrets, in any place. Each repetition has an end: without one, a long text would take forever. */
const SECRET_TEXTS: readonly RegExp[] = [
  // User and password in a URL.
  /:\/\/[^/\s:@]{0,256}:[^@/\s]{1,1024}@/,
  // Access key of AWS.
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /-----BEGIN [A-Z ]{0,64}PRIVATE KEY/,
  // Tokens of GitHub.
  /\bgh[opusr]_\w{20}/,
  /\bgithub_pat_\w{20}/,
  // Token of Slack.
  /\bxox[abpr]-[\w-]{10}/,
  // Secret key of Stripe.
  /\bsk_live_\w{10}/,
  // API key of OpenAI and others.
  /\bsk-[\w-]{20}/,
  // JSON web token.
  /(?<![\w-])eyJ[\w-]{8,2048}\.eyJ/,
  // A label that was in the text before: a secret that gets the same one would be taken for it.
  LABEL,
  SECRET_ASSIGNMENT,
];

function sourcesOf(patterns: readonly RegExp[]): string {
  return patterns.map((pattern) => pattern.source).join('|');
}

/** True if a name has a word of secrets. */
export function hasSecretWord(name: string): boolean {
  return SECRET_WORDS.some((word) => word.test(name));
}

/** True if the value of a property with this name is a secret. */
export function isSecretName(name: string): boolean {
  // The key of a policy's condition, `token.actions.githubusercontent.com:aud`, has a colon.
  return hasSecretWord(name) && !REFERENCE_PROPERTIES.has(name) && !name.includes(':');
}

/** True if a text has a part that looks like a secret, whatever its name is. */
export function hasSecretPattern(text: string): boolean {
  return SECRET_TEXTS.some((pattern) => pattern.test(text));
}

/** True if a text only says from where CloudFormation reads the value. */
export function isDynamicReference(text: string): boolean {
  return DYNAMIC_REFERENCE.test(text);
}
