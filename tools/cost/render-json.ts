import { yenPerDollar } from '../../lib/config/usage';
import type { EnvironmentCost } from './environment-cost';
import type { PriceFile } from './price-file';
import { multiply } from './range';
import { describeTerms } from './terms';

/** Costs for programs. */
export function renderJson(costs: readonly EnvironmentCost[], prices: PriceFile, warnings: readonly string[]): string {
  const environments = costs.map(({ stack, usd, lines, notPriced, free, missing }) => ({
    stack,
    usd,
    yen: multiply(usd, yenPerDollar),
    lines,
    notPriced,
    free,
    missing,
  }));
  const result = { terms: describeTerms(prices), yenPerDollar, warnings, environments };
  return `${JSON.stringify(result, null, 2)}\n`;
}
