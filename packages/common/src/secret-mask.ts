import { isDeepStrictEqual } from 'node:util';
import { Intrinsics } from './intrinsics';
import { functionOf } from './template';
import { isRecord, json } from './values';

const SECRET_NAME =
  /secret|passw|passphrase|token|credential|api[_-]?key|access[_-]?key|private[_-]?key|database[_-]?url|dsn|connection[_-]?string|(?:^|_)(?:pass|pwd|pin|salt)(?:$|_)|(?<!(?:^|_)(?:file|object|s3|partition|sort|public))_key$/i;

/** Patterns of secrets, in any place. Each repetition has an end: without one, a long text would take forever. */
const SECRET_TEXT = [
  /:\/\/[^/\s:@]{0,256}:[^@/\s]{1,1024}@/, // user and password in a URL
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /-----BEGIN [A-Z ]{0,64}PRIVATE KEY/,
  /\bgh[opusr]_\w{20}|\bgithub_pat_\w{20}|\bxox[abpr]-[\w-]{10}|\bsk_live_\w{10}|\bsk-[\w-]{20}/,
  /(?<![\w-])eyJ[\w-]{8,2048}\.eyJ/, // a JSON web token
  /\(hidden value \d{1,9}\)/, // a written label: a secret behind the same one would read as equal
  /(?:secret|passw(?:or)?d|token|api_?key|(?<![a-z])pass|(?<![a-z])pwd|(?<!(?:^|_)(?:file|object|s3|partition|sort|public))_key)\w{0,64}["']?(?:=|\s{0,16}["']\s{0,16}:\s{0,16}["'])[^\s"'{$&]{3}/i,
];

/** Truncate beyond this: half a line might hide a secret. */
const LONGEST_LINE = 5_000;

/** Properties with a secretive name that only say where a secret is. */
const REFERENCE_KEYS = /^(?:ValueFrom|SecretArn|SecretId|Secrets|MasterUserSecret|GenerateSecretString|Type)$/;

/** A value that AWS reads from where the secret is, and nothing beside it. */
const DYNAMIC_REFERENCE = /^\{\{resolve:[^{}]*(?:\$\{\}[^{}]*)*\}\}$/;

/** True if the value of something with this name is a secret. A condition of a policy, `token….com:aud`, is none. */
function isSecretName(key: string): boolean {
  return SECRET_NAME.test(key) && !REFERENCE_KEYS.test(key) && !key.includes(':');
}

const texts = new Intrinsics({}, { otherwise: () => '${}' });

/** The text that functions put together, with `${}` for what only AWS knows. */
function joined(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const [name, argument] = functionOf(value) ?? [];
  if (name === 'Fn::Base64') return joined(argument);
  const text = name === 'Fn::Sub' || name === 'Fn::Join' ? texts.resolve(value) : undefined;
  return typeof text === 'string' ? text : undefined;
}

/**
 * Replaces secrets by labels before anything compares or prints them. The same secret gets the same label, so that a
 * comparison still sees whether it changed. A hash would let a weak secret be guessed.
 */
export class SecretMask {
  private readonly labels = new Map<string, string>();

  /** A copy of a template, or a part of one, without any secret's value. */
  public mask(value: unknown, key = '', parentKey = ''): unknown {
    // A secret elsewhere is a secret here, too.
    if (typeof value === 'string' && value.length >= 8 && this.labels.has(JSON.stringify(value)))
      return this.label(value);
    const inner = typeof value === 'string' ? json(value) : undefined;
    // In JSON that says more, only the secret's own value is masked.
    if (inner !== undefined && !this.isSecret(value, key, parentKey, String(value))) {
      // A mask of its own tries it, so that no label is taken that is not shown.
      const rest = JSON.stringify(new SecretMask().mask(inner)).replace(/\(hidden value \d{1,9}\)/g, '');
      const saysMore = /[:[,]"[^"]|[:[,][\dtf]/.test(rest) || isDeepStrictEqual(json(rest), inner);
      if (saysMore && !SECRET_TEXT.some((pattern) => pattern.test(rest))) {
        const masked = this.mask(inner);
        return isDeepStrictEqual(masked, inner) ? value : JSON.stringify(masked);
      }
    }
    const text = joined(value);
    if (text !== undefined && (SECRET_TEXT.some((pattern) => pattern.test(text)) || this.hasSecret(text))) {
      return this.label(value);
    }
    if (this.isSecret(value, key, parentKey, text)) return this.label(value);
    if (Array.isArray(value)) return this.maskList(value, key, parentKey);
    if (!isRecord(value)) return value;

    const [name, argument] = functionOf(value) ?? [];
    if (name === 'Fn::If' && Array.isArray(argument)) {
      return { [name]: argument.map((each: unknown, index) => (index === 0 ? each : this.mask(each, key, parentKey))) };
    }
    // `{ Name: 'API_KEY', Value: '…' }` is how ECS, Batch and others write a map's entry.
    const entryName = [value.Name, value.Key, value.ParameterKey].find((name) => typeof name === 'string');
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => {
        if (name === 'Default' && (value.NoEcho === true || value.NoEcho === 'true')) {
          return [name, this.label(inner)];
        }
        return [name, this.mask(inner, name, name === 'Value' && entryName !== undefined ? entryName : key)];
      }),
    );
  }

  /** True if a text is JSON with a secret in it. */
  private hasSecret(text: string): boolean {
    const value = json(text);
    return value !== undefined && !isDeepStrictEqual(this.mask(value), value);
  }

  /** A copy of unstructured text without its secrets, line by line. */
  public maskLines(text: string): string {
    return text
      .split('\n')
      .map((line) => {
        if (line.length > LONGEST_LINE) return `… (a line of ${line.length} characters)`;
        const assigned = /^([^'"`]{0,200}?([\w-]{1,64})['"`]?\s{0,16}[:=]\s{0,16})(['"`]).+\3/.exec(line);
        if (assigned?.[1] !== undefined && SECRET_NAME.test(assigned[2] ?? '')) {
          return `${assigned[1]}${this.label(line.slice(assigned[1].length))}`;
        }
        if (!SECRET_TEXT.some((pattern) => pattern.test(line))) return line;
        return `${line.slice(0, 1)} ${this.label(line.slice(1))}`;
      })
      .join('\n');
  }

  private isSecret(value: unknown, key: string, parentKey: string, text: string | undefined): boolean {
    if (typeof value === 'boolean' || value === undefined || value === null) return false;
    if (key === 'SecretString' || key === 'SecretStringTemplate') return true;
    const isEntry = ['Value', 'Default'].includes(key) && isSecretName(parentKey);
    // A number under such a name is a `PasswordLength`, a `TokenValidity`.
    if (!isEntry && (!isSecretName(key) || typeof value === 'number')) return false;
    if (text !== undefined) return !DYNAMIC_REFERENCE.test(text);
    // A reference is not a secret, but a text that is put together may contain one.
    return isRecord(value)
      ? ['Fn::Join', 'Fn::Sub', 'Fn::Base64'].some((name) => name in value)
      : !Array.isArray(value);
  }

  private maskList(list: readonly unknown[], key: string, parentKey: string): unknown[] {
    return list.map((item, index) => {
      const previous = list[index - 1];
      // A command's `--password`, `value`.
      if (typeof previous === 'string' && /^--?[\w-]+$/.test(previous) && SECRET_NAME.test(previous)) {
        return this.label(item);
      }
      return this.mask(item, key, parentKey);
    });
  }

  private label(value: unknown): string {
    const secret = JSON.stringify(value);
    const label = this.labels.get(secret) ?? `(hidden value ${this.labels.size + 1})`;
    this.labels.set(secret, label);
    return label;
  }
}
