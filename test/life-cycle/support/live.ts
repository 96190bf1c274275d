import type { Life } from './life';
import { expectRunning, type Wanted } from './running';
import { expectServing } from './serving';

/** A command line of `cdk` or `prooflink`, or a function, which returns one or does what no command does. */
export type Call = readonly string[] | (() => unknown);

/** A step in a life: what is called, what that prints, and what AWS holds afterwards. */
export interface Step {
  readonly name: string;
  /** The program that this machine lacks: the step is skipped. */
  readonly missing?: string | false;
  /** Calls before the comparison by `same` begins. */
  readonly first?: readonly Call[];
  readonly calls: readonly Call[];
  /** Words with which the last call fails. */
  readonly fails?: string | RegExp;
  /** Words that the calls print together. */
  readonly prints?: string | RegExp;
  /** Facts that are the same before and after it. */
  readonly same?: () => Promise<unknown>;
  /** Status of the stack, which has the termination protection that the config says. */
  readonly status?: string;
  /** Values of the config, and the tag, that the services have. */
  readonly runs?: Wanted;
  /** The version that answers. */
  readonly serves?: string;
  readonly check?: (printed: string) => unknown;
}

/** A test for each step, in order; one in which the server logged an error has failed. */
export function live(life: Life, steps: readonly Step[]): void {
  afterAll(() => life.end());
  afterEach(() => {
    expect(life.errors()).toBe('');
  });
  for (const step of steps) {
    if (step.missing) test.skip(`${step.name} (this machine has no ${step.missing})`, () => undefined);
    else test(step.name, () => take(life, step));
  }
}

async function take(life: Life, step: Step): Promise<void> {
  const { first = [], calls, fails, prints, same, status, runs, serves, check } = step;
  for (const call of first) await carryOut(life, call, 0);
  const before = await same?.();
  const printed: string[] = [];
  for (const [index, call] of calls.entries())
    printed.push(await carryOut(life, call, fails && index === calls.length - 1 ? 1 : 0));
  await life.readOutputs();
  for (const words of [fails, prints]) if (words) expect(printed.join('\n')).toMatch(words);
  if (status) {
    const { StackStatus, EnableTerminationProtection } = (await life.describe()) ?? {};
    expect(StackStatus).toBe(status);
    expect(EnableTerminationProtection).toBe(life.config.terminationProtection === 'on');
  }
  if (runs) await expectRunning(life, runs);
  if (serves) await expectServing(life, serves);
  if (same) expect(await same()).toEqual(before);
  await check?.(printed.join('\n'));
}

/** Carries a call out; returns what it prints. */
async function carryOut(life: Life, call: Call, expected: 0 | 1): Promise<string> {
  const made = typeof call === 'function' ? await call() : call;
  if (!isCommandLine(made)) return String(made);
  const { exitCode, output } = await life.call(made);
  if (exitCode === expected) return output;
  throw new Error(`${made.join(' ')} ended with exit code ${String(exitCode)}\n\n${output}`);
}

const isCommandLine = (made: unknown): made is readonly string[] => Array.isArray(made);
