import type { Assembly, SynthesizedStack } from '@infra/common/assembly';
import { oneLine } from '@infra/common/untrusted-text';
import { limited } from '@infra/common/values';
import { say, type Words } from '@infra/common/words';
import { type Render, wordsOf, wordsForCount } from './messages';

/** Change of an environment's cost. */
export interface CostChange {
  /** `56.06 → 104.97 USD per month: NAT gateway +45.26, Public IPv4 +3.65`. */
  readonly line: Words;
  /** A line for each usage that costs something else than before. */
  readonly details: readonly string[];
}

/** Reports what a change does to the cost of a stack, if anything; the caller knows the prices, the review does not. */
export type CostChanges = (base?: SynthesizedStack, head?: SynthesizedStack) => CostChange | undefined;

/** Change of the cost of a stack. */
export type StackCost = CostChange & { readonly stack: string };

const MOST_ENVIRONMENTS = 20;
const MOST_DETAILS = 60;

/** Asks for one environment after the other: where it is not known, that is all that is said of this one. */
export function costsOf(base: Assembly, head: Assembly, ask: CostChanges): StackCost[] {
  return [...new Set([...base.stacks.keys(), ...head.stacks.keys()])].flatMap((stack) => {
    try {
      const change = ask(base.stacks.get(stack), head.stacks.get(stack));
      return change ? { stack, ...change } : [];
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { stack, line: wordsOf('costUnknown', { why: reason }), details: [] };
    }
  });
}

/** A line for each environment. */
export function costLines(costs: readonly StackCost[], render: Render): readonly string[] {
  const lines = costs.map(({ stack, line }) => render(say`${stack}: ${line}`));
  return limited(lines, MOST_ENVIRONMENTS, (more) => render(wordsForCount('moreEnvironments', more)));
}

/** Details of the lines. */
export function costDetails(costs: readonly StackCost[], render: Render): readonly string[] {
  const lines = costs.flatMap(({ stack, details }) => (details.length > 0 ? [stack, ...details] : [])).map(oneLine);
  return limited(lines, MOST_DETAILS, (more) => render(wordsForCount('moreLines', more)));
}
