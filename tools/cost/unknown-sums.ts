import { en } from './en';
import type { EnvironmentCost } from './environment-cost';

/** A sentence for each environment whose sum is unknown: its first missing cost, and the number of the others. */
export function describeUnknownSums(costs: readonly EnvironmentCost[]): string[] {
  const sentences: string[] = [];
  for (const { stackName, missingCosts } of costs) {
    const [firstCost, ...otherCosts] = missingCosts;
    if (firstCost) sentences.push(describeUnknownSum(stackName, en.missingCost(firstCost), otherCosts.length));
  }
  return sentences;
}

function describeUnknownSum(stackName: string, firstCost: string, otherCount: number): string {
  const sentence = en.unknownSum({ stackName, firstCost });
  return otherCount > 0 ? `${sentence} ${en.furtherMissingCosts({ count: otherCount })}` : sentence;
}
