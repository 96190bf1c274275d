import { readFileSync } from 'node:fs';
import { maskDiff } from './mask-diff';
import type { SecretMask } from '../shared/secret-mask';
import type { LiveDiff } from './model';
import type { Assembly } from '../shared/assembly';
import { isRecord } from '../shared/values';

/**
 * Reads what `diff:live` wrote, for each stack of the head. A stack of which it says nothing, or a file that is not there,
 * is a diff that could not be made.
 */
export function readLiveDiffs(file: string, head: Assembly, mask: SecretMask): ReadonlyMap<string, LiveDiff> {
  const [diffs, problem] = readFileOf(file);
  return new Map([...head.stacks.keys()].map((name) => [name, readLiveDiff(diffs[name], problem, mask)]));
}

function readFileOf(file: string): [diffs: Record<string, unknown>, problem: string] {
  try {
    const diffs: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isRecord(diffs) ? [diffs, `${file} does not mention it.`] : [{}, `${file} is not what diff:live writes.`];
  } catch (error) {
    // What a parser quotes might be a secret.
    const why = error instanceof SyntaxError ? 'it is not JSON' : (error as Error).message;
    return [{}, `${file} cannot be read: ${why}`];
  }
}

function readLiveDiff(diff: unknown, problem: string, mask: SecretMask): LiveDiff {
  if (!isRecord(diff) || typeof diff.text !== 'string') return { state: 'failed', text: problem };
  const state = (['same', 'differs'] as const).find((each) => each === diff.state) ?? 'failed';
  return { state, text: maskDiff(diff.text, mask) };
}
