import { Writable } from 'node:stream';
import { isDeepStrictEqual, stripVTControlCharacters } from 'node:util';
import { formatDifferences, fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import type { Template } from '@infra/common/template';
import { countText } from '@infra/common/words';
import { REVISIONS } from './sides';

/** Result of `cdk diff` for two templates. */
export interface CdkDiff {
  /** Its output. */
  readonly text: string;
  /**
   * Number of changes that `--fail-on destructive` fails on, of them new revisions, which are by design, and whether
   * `--fail-on broadening` fails; not where it says nothing.
   */
  readonly verdict?: { readonly destructive: number; readonly byDesign: number; readonly broadening: boolean };
}

/** The library takes minutes for more. */
const MOST_RESOURCES = 300;
const LONGEST_RESOURCES = 30_000;

/** Impacts that the CDK calls destructive. */
const { WILL_REPLACE, MAY_REPLACE, WILL_DESTROY, WILL_ORPHAN } = ResourceImpact;
const DESTRUCTIVE = [WILL_REPLACE, MAY_REPLACE, WILL_DESTROY, WILL_ORPHAN];

/** Runs the functions of `cdk diff` in process: the CLI takes seconds to start, for each stack. */
export function cdkDiff(base: Template, head: Template): CdkDiff | undefined {
  const [old, now] = [base, head].map(({ Resources }) => new Map(Object.entries(Resources)));
  const ids = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])];
  const differ = ids.filter((id) => !isDeepStrictEqual(old?.get(id), now?.get(id)));
  const changed = differ.filter((id) => old?.has(id) && now?.has(id)).map((id) => now?.get(id));
  if (differ.length > MOST_RESOURCES || JSON.stringify(changed).length > LONGEST_RESOURCES) {
    return { text: `Left out: too much of ${countText(differ.length, 'resource')} changes.` };
  }
  let text = '';
  const write = (chunk: Buffer, _encoding: string, done: () => void) => {
    text += chunk.toString();
    done();
  };
  const paths = [...(old ?? []), ...(now ?? [])].flatMap(([id, { Metadata }]) => {
    const path = Metadata?.['aws:cdk:path'];
    return typeof path === 'string' ? [[id, path] as const] : [];
  });
  try {
    const difference = fullDiff(base, head);
    if (difference.isEmpty) return undefined;
    formatDifferences(new Writable({ write }), difference, Object.fromEntries(paths));
    const changes = Object.values(difference.resources.changes);
    const all = changes.filter(({ changeImpact }) => DESTRUCTIVE.includes(changeImpact));
    const byDesign = all.filter(({ oldResourceType, newResourceType }) => {
      return oldResourceType === newResourceType && REVISIONS.has(newResourceType ?? '');
    });
    const counts = { destructive: all.length, byDesign: byDesign.length };
    const verdict = { ...counts, broadening: difference.permissionsBroadened };
    return { text: stripVTControlCharacters(text).trimEnd(), verdict };
  } catch (error) {
    // It takes for granted that a policy has a document, and more of the kind. The findings remain all the same.
    return { text: `cdk diff fails: ${(error as Error).message}` };
  }
}
