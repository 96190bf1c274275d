import type { Life } from './life';
import { expectRunning, type Wanted } from './running';
import { expectServing } from './serving';

/** A command line of `cdk` or `prooflink`, or a function, which returns one or does what no command does. */
export type Call = readonly string[] | (() => unknown);

/** A step in a life: what is called, what that prints, and what AWS holds afterwards. A step goes on where the last one ended. */
export interface Step {
  /** Rule that the step proves, which is the title of its test. */
  readonly name: string;
  /** The program that this machine lacks: the step is skipped. */
  readonly missing?: string | false;
  /** Calls before `unchanged` is read for the first time. */
  readonly preparations?: readonly Call[];
  readonly calls: readonly Call[];
  /** Words with which the last call fails. Without them, every call succeeds. */
  readonly failsWith?: string | RegExp;
  /** Words that the calls print together. */
  readonly prints?: string | RegExp;
  /** Reads facts that the calls leave as they are. */
  readonly unchanged?: () => Promise<unknown>;
  /** Status of the stack afterwards; it then has the termination protection of the config, too. */
  readonly status?: string;
  /** Values of the config, and the tag, that the services have afterwards. */
  readonly runs?: Wanted;
  /** The version that answers afterwards. */
  readonly serves?: string;
  /** Further expectations. */
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
    else test(step.name, () => carryOutStep(life, step));
  }
}

async function carryOutStep(life: Life, step: Step): Promise<void> {
  for (const call of step.preparations ?? []) await carryOut(life, call, 0);
  const factsBefore = await step.unchanged?.();
  const printed = await carryOutCalls(life, step);
  await life.readOutputs();
  for (const words of [step.failsWith, step.prints]) {
    if (words !== undefined) expect(printed).toMatch(words);
  }
  if (step.status !== undefined) await expectStack(life, step.status);
  if (step.runs) await expectRunning(life, step.runs);
  if (step.serves !== undefined) await expectServing(life, step.serves);
  if (step.unchanged) expect(await step.unchanged()).toEqual(factsBefore);
  await step.check?.(printed);
}

/** Carries out the calls of a step; returns what they print. */
async function carryOutCalls(life: Life, { calls, failsWith }: Step): Promise<string> {
  const printed: string[] = [];
  for (const [index, call] of calls.entries()) {
    const isLast = index === calls.length - 1;
    const exitCode = isLast && failsWith !== undefined ? 1 : 0;
    printed.push(await carryOut(life, call, exitCode));
  }
  return printed.join('\n');
}

async function expectStack(life: Life, status: string): Promise<void> {
  const { StackStatus, EnableTerminationProtection } = (await life.describe()) ?? {};
  expect(StackStatus).toBe(status);
  expect(EnableTerminationProtection).toBe(life.config.terminationProtection === 'on');
}

/** Carries a call out; returns what it prints. */
async function carryOut(life: Life, call: Call, expectedExitCode: 0 | 1): Promise<string> {
  const result = typeof call === 'function' ? await call() : call;
  if (!isCommandLine(result)) return String(result);
  const { exitCode, output } = await life.call(result);
  if (exitCode === expectedExitCode) return output;
  throw new Error(`${result.join(' ')} ended with exit code ${String(exitCode)}\n\n${output}`);
}

function isCommandLine(result: unknown): result is readonly string[] {
  return Array.isArray(result);
}
