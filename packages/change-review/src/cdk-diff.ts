import { Writable } from 'node:stream';
import { isDeepStrictEqual, stripVTControlCharacters } from 'node:util';
import {
  formatDifferences,
  fullDiff,
  ResourceImpact,
  type ResourceDifference,
  type TemplateDiff,
} from '@aws-cdk/cloudformation-diff';
import type { Template } from '@infra/common/template';
import { countText } from '@infra/common/words';
import { keysOfEither } from './model/entry';
import type { CdkDiff, CdkVerdict } from './model/review';
import { REVISIONS } from './read/replacements';

/** The library takes minutes for more. */
const MOST_RESOURCES = 300;
const LONGEST_RESOURCES = 30_000;

/** Impacts that the CDK calls destructive. */
const DESTRUCTIVE: ReadonlySet<ResourceImpact> = new Set([
  ResourceImpact.WILL_REPLACE,
  ResourceImpact.MAY_REPLACE,
  ResourceImpact.WILL_DESTROY,
  ResourceImpact.WILL_ORPHAN,
]);

/** Result of `cdk diff` by its functions: the CLI takes seconds to start, for each stack. */
export function cdkDiff(base: Template, head: Template): CdkDiff | undefined {
  const changedIds = findChangedIds(base, head);
  if (changedIds.length > MOST_RESOURCES || sizeOfUpdates(changedIds, base, head) > LONGEST_RESOURCES) {
    return { text: `Left out: too much of ${countText(changedIds.length, 'resource')} changes.` };
  }
  try {
    const difference = fullDiff(base, head);
    if (difference.isEmpty) return undefined;
    const paths = { ...constructPathsIn(base), ...constructPathsIn(head) };
    return { text: formatted(difference, paths), verdict: verdictOf(difference) };
  } catch (error) {
    // The library assumes that a policy has a document, and more of the kind. The findings are complete all the same.
    return { text: `cdk diff fails: ${(error as Error).message}` };
  }
}

function findChangedIds(base: Template, head: Template): string[] {
  const before = new Map(Object.entries(base.Resources));
  const after = new Map(Object.entries(head.Resources));
  const ids = keysOfEither(before, after);
  return ids.filter((id) => {
    const isUnchanged = isDeepStrictEqual(before.get(id), after.get(id));
    return !isUnchanged;
  });
}

/** Length of the resources that both templates have. */
function sizeOfUpdates(changedIds: readonly string[], base: Template, head: Template): number {
  const updatedIds = changedIds.filter((id) => {
    const isBefore = Object.hasOwn(base.Resources, id);
    return isBefore && Object.hasOwn(head.Resources, id);
  });
  const resources = updatedIds.map((id) => head.Resources[id]);
  return JSON.stringify(resources).length;
}

/** Paths of the constructs by their logical IDs, which the output names. */
function constructPathsIn({ Resources }: Template): Record<string, string> {
  const paths: [string, string][] = [];
  for (const [id, { Metadata }] of Object.entries(Resources)) {
    const path = Metadata?.['aws:cdk:path'];
    if (typeof path === 'string') paths.push([id, path]);
  }
  return Object.fromEntries(paths);
}

function formatted(difference: TemplateDiff, paths: Record<string, string>): string {
  let text = '';
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString();
      done();
    },
  });
  formatDifferences(stream, difference, paths);
  return stripVTControlCharacters(text).trimEnd();
}

function verdictOf(difference: TemplateDiff): CdkVerdict {
  const changes = Object.values(difference.resources.changes);
  const destructive = changes.filter(({ changeImpact }) => DESTRUCTIVE.has(changeImpact));
  return {
    destructive: destructive.length,
    byDesign: destructive.filter(isNewRevision).length,
    broadening: difference.permissionsBroadened,
  };
}

function isNewRevision({ oldResourceType, newResourceType }: ResourceDifference): boolean {
  return oldResourceType === newResourceType && REVISIONS.has(newResourceType ?? '');
}
