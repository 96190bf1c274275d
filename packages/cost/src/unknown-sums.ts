import { type EnvironmentCost, usageName } from './environment-cost';
import { words } from './words';

/** A sentence for each environment whose sum is unknown, with what to add to prices.json. */
export function describeUnknownSums(costs: readonly EnvironmentCost[]): string[] {
  return costs.filter(({ usd }) => usd === undefined).map(describeUnknownSum);
}

function describeUnknownSum({ stackName, region, lines }: EnvironmentCost): string {
  const names = lines.filter(({ usd }) => usd === undefined).map(usageName);
  return words.unknownSum({ stackName, region, names });
}
