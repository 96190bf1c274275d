import { writeFileSync } from 'node:fs';
import type { Deployed } from '@infra/change-review';
import { readAssembly, type SynthesizedStack } from '@infra/common/assembly';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { SecretMask } from '@infra/common/secret-mask';
import { visible } from '@infra/common/untrusted-text';
import { fetchStack } from './fetch-stack';

type State = Deployed['state'];

const STATE_WORDS: Readonly<Record<State, string>> = {
  deployed: 'fetched',
  absent: 'not deployed yet',
  elsewhere: 'left out',
  unknown: 'could not be fetched',
};

/**
 * Fetches what is deployed of each stack of an assembly, and writes it into a file for the review: without secrets. A
 * stack of another account is left to the credentials of that account, as long as there are some.
 */
export async function runDeployed(assembly: string, file: string, stackName?: string): Promise<Outcome> {
  const mask = new SecretMask();
  // As the review reads it: twice.
  readAssembly(assembly, mask);
  const { stacks } = readAssembly(assembly, mask);
  const deployedByName = new Map<string, Deployed>();
  for (const stack of selectStacks(stacks, assembly, stackName)) {
    deployedByName.set(stack.name, await fetchStack(stack, mask));
  }
  const content = JSON.stringify(Object.fromEntries(deployedByName), undefined, 2);
  writeFileSync(file, `${content}\n`);
  const states = [...deployedByName.values()].map(({ state }) => state);
  return {
    exitCode: isKnown(states) ? 0 : 2,
    stdout: visible(report(deployedByName), '\n'),
    stderr: '',
  };
}

/** A line for each stack. */
function report(deployedByName: ReadonlyMap<string, Deployed>): string {
  const lines = [...deployedByName].map(([name, deployed]) => `${name}: ${describe(deployed)}\n`);
  return lines.join('');
}

/** All stacks, or the one with this name. */
function selectStacks(
  stacks: ReadonlyMap<string, SynthesizedStack>,
  assembly: string,
  stackName: string | undefined,
): SynthesizedStack[] {
  if (stackName === undefined) return [...stacks.values()];
  const stack = stacks.get(stackName);
  if (stack) return [stack];
  const names = [...stacks.keys()].join(', ');
  throw new CannotTellError(`There is no stack ${stackName} in ${assembly}: ${names}.`);
}

function describe(deployed: Deployed): string {
  const words = STATE_WORDS[deployed.state];
  return 'why' in deployed ? `${words}: ${deployed.why}` : words;
}

/** True if every stack of this account could be fetched, and not all stacks belong to others. */
function isKnown(states: readonly State[]): boolean {
  if (states.includes('unknown')) return false;
  return states.length === 0 || states.some((state) => state !== 'elsewhere');
}
