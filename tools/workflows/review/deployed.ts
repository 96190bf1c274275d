import { writeFileSync } from 'node:fs';
import type { Deployed } from '@infra/change-review';
import { readAssembly, type SynthesizedStack } from '@infra/common/assembly';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { SecretMask } from '@infra/common/secret-mask';
import { escapeInvisible } from '@infra/common/untrusted-text';
import { fetchStack } from './fetch-stack';

/**
 * State of a deployed stack.
 * - `deployed`: it was fetched.
 * - `absent`: it does not exist yet.
 * - `elsewhere`: it belongs to another account than the credentials.
 * - `unknown`: AWS could not be asked.
 */
type State = Deployed['state'];

const STATE_WORDS: Readonly<Record<State, string>> = {
  deployed: 'fetched',
  absent: 'not deployed yet',
  elsewhere: 'left out',
  unknown: 'could not be fetched',
};

/**
 * Runs `deployed`: fetches the deployed stack of each stack of an assembly, and writes all of them without their secrets
 * into a file for the review. Stacks of another account than that of the credentials are left out. If there are no
 * others, or if a stack could not be fetched, the exit code is 2.
 *
 * @param stackName - The only stack to fetch; `undefined`: all.
 */
export async function runDeployed(assemblyFolder: string, file: string, stackName?: string): Promise<Outcome> {
  const mask = new SecretMask();
  // The first reading teaches the mask all secrets, so that the second one masks them at every place.
  readAssembly(assemblyFolder, mask);
  const { stacks } = readAssembly(assemblyFolder, mask);
  const deployedByName = new Map<string, Deployed>();
  for (const stack of selectStacks(stacks, assemblyFolder, stackName)) {
    deployedByName.set(stack.name, await fetchStack(stack, mask));
  }
  const content = JSON.stringify(Object.fromEntries(deployedByName), undefined, 2);
  writeFileSync(file, `${content}\n`);
  const states = [...deployedByName.values()].map(({ state }) => state);
  return {
    exitCode: isUsable(states) ? 0 : 2,
    stdout: escapeInvisible(renderReport(deployedByName), '\n'),
    stderr: '',
  };
}

/** A line for each stack. */
function renderReport(deployedByName: ReadonlyMap<string, Deployed>): string {
  const lines = [...deployedByName].map(([name, deployed]) => `${name}: ${describe(deployed)}\n`);
  return lines.join('');
}

/** All stacks, or the one with this name. */
function selectStacks(
  stacks: ReadonlyMap<string, SynthesizedStack>,
  assemblyFolder: string,
  stackName: string | undefined,
): SynthesizedStack[] {
  if (stackName === undefined) return [...stacks.values()];
  const stack = stacks.get(stackName);
  if (stack) return [stack];
  const names = [...stacks.keys()].join(', ');
  throw new CannotTellError(`There is no stack ${stackName} in ${assemblyFolder}: ${names}.`);
}

function describe(deployed: Deployed): string {
  const words = STATE_WORDS[deployed.state];
  return 'why' in deployed ? `${words}: ${deployed.why}` : words;
}

/** True if a review can use the states: none is unknown, and not all stacks belong to other accounts. */
function isUsable(states: readonly State[]): boolean {
  if (states.includes('unknown')) return false;
  const areAllElsewhere = states.length > 0 && states.every((state) => state === 'elsewhere');
  return !areAllElsewhere;
}
