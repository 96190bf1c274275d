import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { formatDifferences, fullDiff, ResourceImpact, type ResourceDifference } from '@aws-cdk/cloudformation-diff';
import type { Template } from '../shared/template';

/** What `cdk diff` says of two templates. */
export interface CdkDiff {
  /** What it prints. */
  readonly text: string;
  /** How many changes `--fail-on destructive` fails on. */
  readonly destructive: number;
  /** Whether `--fail-on broadening` fails. */
  readonly broadening: boolean;
}

/** What the CDK CLI says of a difference, by the functions that it calls itself: to start it takes seconds per stack. */
export function cdkDiff(base: Template, head: Template): CdkDiff {
  let text = '';
  const write = (chunk: Buffer, _encoding: string, done: () => void) => {
    text += chunk.toString();
    done();
  };
  const paths = Object.fromEntries(
    [base, head]
      .flatMap(({ Resources }) => Object.entries(Resources))
      .map(([id, { Metadata }]) => [id, Metadata?.['aws:cdk:path']] as const)
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  try {
    const difference = fullDiff(base, head);
    if (!difference.isEmpty) formatDifferences(new Writable({ write }), difference, paths);
    const destructive = Object.values(difference.resources.changes).filter(isDestructive).length;
    return { text: stripVTControlCharacters(text).trimEnd(), destructive, broadening: difference.permissionsBroadened };
  } catch (error) {
    // It takes for granted that a policy has a document, and more of the kind. The findings stand all the same.
    return { text: `cdk diff fails: ${(error as Error).message}`, destructive: 0, broadening: false };
  }
}

/** Whether the CDK calls what happens to a resource destructive. */
function isDestructive({ changeImpact }: ResourceDifference): boolean {
  const { WILL_REPLACE, MAY_REPLACE, WILL_DESTROY, WILL_ORPHAN } = ResourceImpact;
  return [WILL_REPLACE, MAY_REPLACE, WILL_DESTROY, WILL_ORPHAN].includes(changeImpact);
}
