import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import {
  formatDifferences,
  ResourceImpact,
  type ResourceDifference,
  type TemplateDiff,
} from '@aws-cdk/cloudformation-diff';
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
export function cdkDiff(difference: TemplateDiff, ...templates: readonly Template[]): CdkDiff {
  let text = '';
  const write = (chunk: Buffer, _encoding: string, done: () => void) => {
    text += chunk.toString();
    done();
  };
  const paths = Object.fromEntries(
    templates
      .flatMap(({ Resources }) => Object.entries(Resources))
      .map(([id, { Metadata }]) => [id, Metadata?.['aws:cdk:path']] as const)
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  try {
    formatDifferences(new Writable({ write }), difference, paths);
  } catch (error) {
    // For example of control characters in a policy. The findings stand all the same.
    text += `Here cdk diff fails: ${(error as Error).message}`;
  }
  return {
    text: stripVTControlCharacters(text).trimEnd(),
    destructive: Object.values(difference.resources.changes).filter(isDestructive).length,
    broadening: difference.permissionsBroadened,
  };
}

/** Whether the CDK calls what happens to a resource destructive. */
function isDestructive({ changeImpact }: ResourceDifference): boolean {
  const { WILL_REPLACE, MAY_REPLACE, WILL_DESTROY, WILL_ORPHAN } = ResourceImpact;
  return [WILL_REPLACE, MAY_REPLACE, WILL_DESTROY, WILL_ORPHAN].includes(changeImpact);
}

/** What no rule of this review tells, although the CDK calls it destructive. */
export function missedFinding(id: string, difference: ResourceDifference): Finding | undefined {
  const resource = difference.oldValue ?? difference.newValue;
  if (!resource || !isDestructive(difference)) return undefined;
  const why = say`This review sees no change of it, but ${'cdk diff'} says ${difference.changeImpact}: read there what that is.`;
  return { level: 'risk', subject: subjectOf(id, resource), says: [why], changes: [] };
}
