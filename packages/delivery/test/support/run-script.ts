import { join } from 'node:path';
import { runStep, type StepRun } from '@infra/testing/run-step';
import { ROOT } from '@infra/testing/workflow';

interface ScriptRun extends StepRun {
  readonly arguments?: readonly string[];
}

/** Runs a script of packages/delivery/src as a step does. */
export function runScript(name: string, { arguments: args = [], ...run }: ScriptRun) {
  const words = [join(ROOT, 'packages/delivery/src', name), ...args].map((word) => `'${word}'`);
  return runStep({ run: words.join(' ') }, run);
}
