import type { Assembly, SynthesizedStack } from '@infra/common/assembly';
import { wordsOf } from './messages';
import { keysOfEither } from './model/entry';
import type { CostChange, StackCost } from './model/review';

/** Computes what a change does to the cost of a stack, if anything; the caller knows the prices, the review does not. */
export type CostChanges = (base?: SynthesizedStack, head?: SynthesizedStack) => CostChange | undefined;

/** Changes of the costs of all stacks. A cost that cannot be computed hides no other one. */
export function stackCosts(base: Assembly, head: Assembly, costChanges: CostChanges): StackCost[] {
  const costs: StackCost[] = [];
  for (const stack of keysOfEither(base.stacks, head.stacks)) {
    const baseStack = base.stacks.get(stack);
    const headStack = head.stacks.get(stack);
    const change = costChangeOf(() => costChanges(baseStack, headStack));
    if (change) costs.push({ stack, ...change });
  }
  return costs;
}

function costChangeOf(compute: () => CostChange | undefined): CostChange | undefined {
  try {
    return compute();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      line: wordsOf('costUnknown', { why }),
      details: [],
    };
  }
}
