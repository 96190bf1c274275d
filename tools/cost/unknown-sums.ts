import type { MissingCost } from './bill';
import { en } from './en';
import type { EnvironmentCost } from './environment-cost';

/** A sentence for each environment whose sum is unknown: its first missing cost, and the number of the others. */
export function describeUnknownSums(costs: readonly EnvironmentCost[]): string[] {
  const sentences: string[] = [];
  for (const { stackName, missingCosts } of costs) {
    const [firstCost, ...otherCosts] = missingCosts;
    if (!firstCost) continue;
    const sentence = en.unknownSum({
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
  return en.missingCost({ part: en.part({ part }), description, reason });
}
