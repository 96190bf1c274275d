import { type EnvironmentCost, usagesWithoutPrice } from './environment-cost';
import { words } from './words';

/** A sentence for each environment whose sum is unknown, with what to add to prices.json. */
export function describeUnknownSums(costs: readonly EnvironmentCost[]): string[] {
  const sentences: string[] = [];
  for (const { stackName, region, lines } of costs) {
    const names = usagesWithoutPrice(lines);
    if (names.length > 0) sentences.push(words.unknownSum({ stackName, region, names }));
  }
  return sentences;
}
