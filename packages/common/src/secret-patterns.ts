import { SECRET_FORMS } from './secret-forms';

/** End of a name such as `SIGNING_KEY`, but not of `S3_KEY` or `PUBLIC_KEY`: those keys locate or verify something. */
const SECRET_KEY = /(?<!(?:^|_)(?:file|object|artifact|s3|partition|sort|public))_key/i;

/** Words in the names of properties and variables whose values are secrets. */
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
  // A whole word: `ThreadSnsArn` has the letters, too.
  /(?:^|[_-])dsn(?:$|[_-])/i,
  /(?:DSN|Dsn)(?![A-Za-z])/,
  /connection[_-]?string/i,
  // Short words must be whole ones: SMTP_PASS, not PASSENGERS.
  /(?:^|_)(?:pass|pwd|pin|salt)(?:$|_)/i,
  new RegExp(`${SECRET_KEY.source}$`, 'i'),
];

/** Properties whose names have such a word, but whose values only refer to a secret, or describe it. */
const REFERENCE_PROPERTIES: ReadonlySet<string> = new Set([
  'GenerateSecretString',
  'MasterUserSecret',
  'SecretId',
  'Secrets',
  'ServiceToken',
  'Type',
  'ValueFrom',
]);

/** End of a name in a state machine whose value is a path: Step Functions reads it in the input of each run. */
const END_OF_PATH_NAME = '.$';

/** Words at the end of names whose values locate or describe a secret: `DB_SECRET_ARN`, `ApiKeyHeader`. */
const ABOUT_SECRET = ['Arn', 'Name', 'Url', 'Uri', 'Endpoint', 'Header', 'Length', 'Ttl', 'Version'];
const ENDS_IN_WORD_ABOUT_SECRET = new RegExp(`_(?:${ABOUT_SECRET.join('|')})$`, 'i');
const ENDS_IN_CAPITALIZED_WORD = new RegExp(`(?:${ABOUT_SECRET.join('|')}|ARN|UR[IL]|TTL)$`);

/** The URL of a database has its password in it. */
const URL_WITH_PASSWORD = /database_?url$/i;

/** Endings of properties that choose among a few words, whatever secret they are about, such as `CredentialType`; `HttpTokens: required` asks for IMDSv2. */
const CHOICE = /(?:Type|Source|Provider|Location|Vendor|Method|TokenHost|TokenContent|HttpTokens)$/;

/**
 * A text that is only a dynamic reference, which CloudFormation resolves: `{{resolve:secretsmanager:…}}`. It may contain
 * `${}` in place of a value that only AWS knows.
 */
const DYNAMIC_REFERENCES = /\{\{resolve:[^{}]*(?:\$\{\}[^{}]*)*\}\}/g;
const DYNAMIC_REFERENCE = new RegExp(`^${DYNAMIC_REFERENCES.source}$`);

/** Stands for a dynamic reference; no pattern of a secret matches it, neither as a password in a URL nor behind a name. */
const IN_PLACE_OF_REFERENCE = '{/}';

/** A URL with a user and such a password. */
const URL_WITH_REFERENCE = /^[a-z][\w+.-]{0,32}:\/\/[^/\s:@]{0,256}:\{\/\}@\S*$/i;

/** Label by which `SecretMask` replaces a secret. */
export const SECRET_LABEL = /\(hidden value \d{1,9}\)/;

/** Words in a name to which a text assigns a secret, as in `--password=…`. */
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
/** Rest of the name after the word, such as the `s` of `tokens`, and the quote that ends a name in JSON; no `SecretId`. */
const END_OF_NAME = /(?!\w{0,64}(?:Arn|ARN|Id|Name|Version|VersionStage)["'=])\w{0,64}["']?/;
/** An equals sign, or the colon between a name and a text in JSON, with the quotes around it. */
const ASSIGNMENT_SIGN = /(?:=|\s{0,16}["']\s{0,16}:\s{0,16}["'])/;
/** First characters of a value that is neither empty nor a variable. */
const START_OF_VALUE = /[^\s"'{$&]{3}/;

/** A secret that a text assigns to a name: `password=hunter2`, `"password": "hunter2"`. */
const SECRET_ASSIGNMENT = new RegExp(
  `(?:${sourcesOf(ASSIGNED_WORDS)})${END_OF_NAME.source}${ASSIGNMENT_SIGN.source}${START_OF_VALUE.source}`,
  'i',
);

/** Patterns of secrets anywhere in a text. */
const SECRET_TEXTS: readonly RegExp[] = [
  ...SECRET_FORMS.map(({ pattern }) => pattern),
  // A text that looks like a label: if it stayed, a reader would take it for a hidden secret.
  SECRET_LABEL,
  SECRET_ASSIGNMENT,
];

function sourcesOf(patterns: readonly RegExp[]): string {
  return patterns.map((pattern) => pattern.source).join('|');
}

/** True if a name has a word that names of secrets have. */
export function hasSecretWord(name: string): boolean {
  return SECRET_WORDS.some((word) => word.test(name));
}

/** True if the value of a property with this name is a secret. */
export function isSecretName(name: string): boolean {
  // A name with a colon is the key of a condition in a policy, such as `token.actions.githubusercontent.com:aud`.
  return hasSecretWord(name) && !isAboutSecret(name) && !isChoice(name) && !name.includes(':');
}

function isAboutSecret(name: string): boolean {
  if (URL_WITH_PASSWORD.test(name)) return false;
  if (name.endsWith(END_OF_PATH_NAME)) return true;
  return REFERENCE_PROPERTIES.has(name) || ENDS_IN_WORD_ABOUT_SECRET.test(name) || ENDS_IN_CAPITALIZED_WORD.test(name);
}

function isChoice(name: string): boolean {
  return CHOICE.test(name);
}

/** True if a part of a text looks like a secret, whatever the name of the text is. A dynamic reference is none. */
export function hasSecretPattern(text: string): boolean {
  const textWithoutReferences = withoutDynamicReferences(text);
  return SECRET_TEXTS.some((pattern) => pattern.test(textWithoutReferences));
}

/** True for a URL whose password is a dynamic reference, and nothing else in it a secret. */
export function isUrlWithReference(text: string): boolean {
  return URL_WITH_REFERENCE.test(withoutDynamicReferences(text)) && !hasSecretPattern(text);
}

function withoutDynamicReferences(text: string): string {
  return text.replaceAll(DYNAMIC_REFERENCES, IN_PLACE_OF_REFERENCE);
}

/** True if a text is only a reference to a value that CloudFormation reads elsewhere. */
export function isDynamicReference(text: string): boolean {
  return DYNAMIC_REFERENCE.test(text);
}
