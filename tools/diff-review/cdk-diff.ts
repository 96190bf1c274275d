import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { formatDifferences, fullDiff, ResourceImpact, type ResourceDifference } from '@aws-cdk/cloudformation-diff';
import { subjectOf } from '../shared/naming';
import type { Template } from '../shared/template';
import { say } from '../shared/words';
import type { Finding } from './model';

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
export function cdkDiff(
  base: Template,
  head: Template,
): CdkDiff & { readonly missed: (told: readonly Finding[]) => Finding[] } {
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
  let [broadening, destructive]: [boolean, (readonly [string, ResourceDifference])[]] = [false, []];
  try {
    const difference = fullDiff(base, head);
    destructive = Object.entries(difference.resources.changes).filter(([, each]) => isDestructive(each));
    broadening = difference.permissionsBroadened;
    if (!difference.isEmpty) formatDifferences(new Writable({ write }), difference, paths);
  } catch (error) {
    // For example of control characters in a policy. The findings stand all the same.
    text += `Here cdk diff fails: ${(error as Error).message}`;
  }
  return {
    text: stripVTControlCharacters(text).trimEnd(),
    destructive: destructive.length,
    broadening,
    // What no rule of this review tells, although the CDK calls it destructive.
    missed: (told) =>
      destructive.flatMap(([id, { oldValue, newValue, changeImpact }]) => {
        const resource = oldValue ?? newValue;
        if (!resource) return [];
        const subject = subjectOf(id, resource);
        if (told.some((finding) => JSON.stringify(finding.subject) === JSON.stringify(subject))) return [];
        const why = say`This review sees no change of it, but ${'cdk diff'} says ${changeImpact}: read there what that is.`;
        return [{ level: 'risk', subject, says: [why], changes: [] }];
      }),
  };
}

/** Whether the CDK calls what happens to a resource destructive. */
function isDestructive({ changeImpact }: ResourceDifference): boolean {
  const { WILL_REPLACE, MAY_REPLACE, WILL_DESTROY, WILL_ORPHAN } = ResourceImpact;
  return [WILL_REPLACE, MAY_REPLACE, WILL_DESTROY, WILL_ORPHAN].includes(changeImpact);
}
