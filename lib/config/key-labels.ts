/**
 * Prefix of a key label: a staging label that lists keys of a version of the settings secret that have a value
 * (docs/decisions/0016), so that they can be read without the permission to read values. Its form is
 * `keys.<version id>.<key>.<key>`; a version has as many key labels as its keys need.
 */
export const KEYS_PREFIX = 'keys.';

/** Secrets Manager refuses a longer staging label. */
const LONGEST_LABEL = 256;

/** Length of a version's id, a UUID. */
const VERSION_ID_LENGTH = 36;

/**
 * Most key labels of a version. Secrets Manager takes 20 staging labels on all versions of a secret together. Two of them are
 * AWSCURRENT and AWSPREVIOUS, and while two people set a setting at once, three versions have key labels.
 */
export const MOST_KEY_LABELS = 6;

/** The key labels of a version, the fewest that have room for these keys. The version's id makes them unique in the secret. */
export function keyLabelsFor(versionId: string, keys: readonly string[]): string[] {
  const prefix = `${KEYS_PREFIX}${versionId}`;
  const labels: string[] = [];
  let label = prefix;
  for (const key of keys) {
    const longerLabel = `${label}.${key}`;
    if (longerLabel.length <= LONGEST_LABEL) {
      label = longerLabel;
    } else {
      labels.push(label);
      label = `${prefix}.${key}`;
    }
  }
  labels.push(label);
  return labels;
}

/** Number of key labels that a version with these keys needs. */
export function keyLabelCount(keys: readonly string[]): number {
  const anyVersionId = 'x'.repeat(VERSION_ID_LENGTH);
  return keyLabelsFor(anyVersionId, keys).length;
}
