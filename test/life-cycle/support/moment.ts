import { createHash } from 'node:crypto';

/** Lines of the CLI on its way to CloudFormation, in order; the first only with something new to publish. */
const STEPS = [
  'start: Publishing',
  'checking if we can skip deploy',
  'Attempting to create ChangeSet',
  'Initiated creation of changeset',
  'Initiating execution of changeset',
] as const;

/** Moment at which the CLI is killed: after a line, or after a number of events of the stack's resources. */
export type Moment =
  | { readonly name: string; readonly says: string; readonly event?: undefined }
  | { readonly name: string; readonly says?: undefined; readonly event: number };

/** The seed of all random moments of a run; SEED sets it. */
const SEED = process.env['SEED'] ?? '1';

/** A random step of the CLI on its way to CloudFormation, between these two. */
export function onTheWay(deploy: string, first: (typeof STEPS)[number], last: (typeof STEPS)[number]): Moment {
  const steps = STEPS.slice(STEPS.indexOf(first), STEPS.indexOf(last) + 1);
  const says = steps[drawn(deploy, steps.length) - 1] ?? '';
  return { name: `when it says “${says}”`, says };
}

/** A random event of the stack's resources, up to the one given. */
export function underway(deploy: string, last: number): Moment {
  const event = drawn(deploy, last);
  return { name: `after ${event} event${event === 1 ? '' : 's'} of resources`, event };
}

/** A number from 1 to `most`: the same for the same seed and words. */
function drawn(words: string, most: number): number {
  return 1 + (createHash('sha256').update(`${SEED} ${words}`).digest().readUInt32BE() % most);
}
