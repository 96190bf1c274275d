import type { MissingCost } from './bill';
import { words } from './words';
import type { EnvironmentCost } from './environment-cost';

/** A sentence for each environment whose sum is unknown: its first missing cost, and the number of the others. */
export function describeUnknownSums(costs: readonly EnvironmentCost[]): string[] {
  const sentences: string[] = [];
  for (const { stackName, missingCosts } of costs) {
    const [firstCost, ...otherCosts] = missingCosts;
    if (!firstCost) continue;
    const sentence = words.unknownSum({
      stackName,
      firstCost: describeMissingCost(firstCost),
      furtherCount: otherCosts.length,
    });
    sentences.push(sentence);
  }
  return sentences;
}

/** Sentences on a missing cost: its usage, and why it is missing. */
export function describeMissingCost({ part, description, reason }: MissingCost): string {
  return words.missingCost({ part: words.part({ part }), description, reason });
}
