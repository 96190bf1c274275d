import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { seed } from '@infra/common/random-tests';
import type { Life } from './life';

/** Lines of the CLI on its way to CloudFormation, in order; the first only with something new to publish. */
const LINES = [
  'start: Publishing',
  'checking if we can skip deploy',
  'Attempting to create ChangeSet',
  'Initiated creation of changeset',
  'Initiating execution of changeset',
] as const;

/** Moment at which the CLI is killed: after a line, or after a number of events of the stack's resources. */
interface Moment {
  readonly name: string;
  readonly says?: string;
  readonly event?: number;
}

/** Milliseconds for each resource in a deploy that is killed: long enough to be met, on a busy machine too. */
const PACE = 150;

/** A random step of the CLI on its way to CloudFormation, between these two. */
export function onTheWay(
  life: Life,
  deploy: string,
  first: (typeof LINES)[number],
  last: (typeof LINES)[number],
): Moment {
  const lines = LINES.slice(LINES.indexOf(first), LINES.indexOf(last) + 1);
  const says = lines[drawn(`${life.environment}, ${deploy}`, lines.length) - 1] ?? '';
  return { name: `when it says “${says}”`, says };
}

/** A random event of the stack's resources, up to the one given. */
export function underway(life: Life, deploy: string, last: number): Moment {
  const event = drawn(`${life.environment}, ${deploy}`, last);
  return { name: `after ${event} event${event === 1 ? '' : 's'} of resources`, event };
}

/** A number from 1 to `most`: the same for the same seed and words. */
function drawn(words: string, most: number): number {
  return 1 + (createHash('sha256').update(`${seed} ${words}`).digest().readUInt32BE() % most);
}

/** `cdk deploy` that is killed; the step goes on once the stack has come to rest. */
export const kill =
  (life: Life, { name, says, event }: Moment, line: readonly string[]) =>
  async (): Promise<void> => {
    const before = await life.describe();
    const eventsBefore = await life.events();
    const killer = new AbortController();
    const report = (text: string) => {
      if (says && text.includes(says)) killer.abort();
    };
    life.aws.pace(PACE);
    const cli = { ended: false };
    const ends = life.call([...line, '--verbose'], { report, signal: killer.signal }).finally(() => (cli.ended = true));
    while (event && !cli.ended && !killer.signal.aborted) {
      await setTimeout(PACE / 3);
      if ((await life.events()) - eventsBefore >= event) killer.abort();
    }
    const { output } = await ends;
    if (!killer.signal.aborted) {
      throw new Error(`${line.join(' ')}, to be killed ${name}:\n${output.split('\n').slice(-40).join('\n')}`);
    }
    const status = (await life.describe())?.StackStatus ?? 'no stack';
    life.aws.pace(0);
    // A test's own console is shown when its file ends.
    process.stderr.write(`        ${life.environment.padEnd(9)} killed   ${status}\n`);
    if (event) expect(status).toMatch(/^(CREATE|UPDATE(_COMPLETE_CLEANUP)?)_IN_PROGRESS$/);
    else if (!before) expect(status).toMatch(/^no stack$|^REVIEW_IN_PROGRESS$/);
    await life.waitForOperation();
  };
