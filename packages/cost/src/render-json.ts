import { yenPerDollar } from './usage';
import { language } from '@infra/common/language';
import type { BillLine, MissingCost, UnpricedUsage } from './bill';
import { words } from './words';
import type { EnvironmentCost } from './environment-cost';
import type { PriceFile } from './price-file';
import { multiplyRange } from './range';
import { describeTerms } from './terms';

/** Renders costs as JSON. Its keys are the format that programs rely on. */
export function renderJson(
  costs: readonly EnvironmentCost[],
  priceFile: PriceFile,
  warnings: readonly string[],
): string {
  const result = {
    language,
    terms: describeTerms(priceFile),
    yenPerDollar,
    warnings,
    environments: costs.map(toJsonEnvironment),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}

function toJsonEnvironment({
  stackName,
  usd,
  lines,
  missingCosts,
  unpricedUsages,
  freeResources,
  missingPrices,
}: EnvironmentCost): object {
  return {
    stack: stackName,
    // null if a cost is missing: JSON has no undefined.
    usd: usd ?? null,
    yen: usd ? multiplyRange(usd, yenPerDollar) : null,
    lines: lines.map(toJsonLine),
    notPriced: [...missingCosts.map(toJsonMissingCost), ...unpricedUsages.map(toJsonUnpricedUsage)],
    free: freeResources.map(({ type, count, reason }) => ({ type, count, why: reason })),
    missing: missingPrices,
  };
}

function toJsonLine({ part, description, isAssumed, price, quantity, usd }: BillLine): object {
  return { part, what: description, assumed: isAssumed, price, quantity, usd };
}

function toJsonMissingCost({ part, description, reason }: MissingCost): object {
  return { what: words.usage({ part: words.part({ part }), description }), why: reason, isMissing: true };
}

function toJsonUnpricedUsage({ description, reason }: UnpricedUsage): object {
  return { what: description, why: reason };
}
