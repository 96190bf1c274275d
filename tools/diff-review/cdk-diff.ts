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

/**
 * What the CDK CLI says of a difference. It calls these functions of the library itself; to start it would take seconds a
 * stack, and its exit code would not tell which resource it means.
 */
export function cdkDiff(difference: TemplateDiff, ...templates: readonly Template[]): CdkDiff {
  let text = '';
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString();
      done();
    },
  });
  const paths = Object.assign({}, ...templates.map(constructPaths)) as Record<string, string>;
  try {
    formatDifferences(stream, difference, paths);
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

function constructPaths({ Resources }: Template): Record<string, string> {
  const paths = Object.entries(Resources).map(([id, { Metadata }]) => [id, Metadata?.['aws:cdk:path']] as const);
  return Object.fromEntries(paths.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

const { WILL_REPLACE, MAY_REPLACE, WILL_DESTROY, WILL_ORPHAN } = ResourceImpact;

/** Whether the CDK calls what happens to a resource destructive. */
function isDestructive({ changeImpact }: ResourceDifference): boolean {
  return [WILL_REPLACE, MAY_REPLACE, WILL_DESTROY, WILL_ORPHAN].includes(changeImpact);
}

/** What no rule of this review tells, although the CDK calls it destructive. */
export function missedFinding(id: string, difference: ResourceDifference): Finding | undefined {
  const resource = difference.oldValue ?? difference.newValue;
  if (!resource || !isDestructive(difference)) return undefined;
  const why = say`This review sees no change of it, but ${'cdk diff'} says ${difference.changeImpact}: read there what that is.`;
  return { level: 'risk', subject: subjectOf(id, resource), says: [why], changes: [] };
}
