import type { Outcome } from '@infra/common/outcome';
import { environments } from '@infra/commands/app';
import { findEnvironmentStack, readAppStacks } from './app-stacks';
import { costOf } from './environment-cost';
import { ageWarnings, PRICE_FILE, readPrices } from './price-file';
import { renderJson } from './render-json';
import { renderTerminal } from './render-terminal';
import { renewPrices } from './renew-prices';
import { describeUnknownSums } from './unknown-sums';
import { words } from './words';

/** Options of the command `cost`, named as on the command line. */
export interface CostOptions {
  /** Folder of a cloud assembly. Without it, the app is synthesized. */
  readonly assembly?: string;
  readonly json?: true;
  /** Renews the prices instead of showing costs. */
  readonly renew?: true;
}

/** Public address of AWS's price list. */
const PRICE_LIST_URL = 'https://pricing.us-east-1.amazonaws.com';

/**
 * Runs `cost`: estimates what environments cost in a month, or renews the prices.
 *
 * @param names - Names of environments; without any, every environment of `lib/config`.
 */
export async function runCost(names: readonly string[], options: CostOptions): Promise<Outcome> {
  const stacks = await readAppStacks(options.assembly);
  const environmentNames = names.length > 0 ? names : Object.keys(environments);
  const priceFile = readPrices();
  const costs = environmentNames.map((name) => costOf(findEnvironmentStack(stacks, name), priceFile, words));
  if (options.renew) {
    return await renewPrices({
      file: PRICE_FILE,
      priceListUrl: PRICE_LIST_URL,
      missingPrices: costs.flatMap(({ missingPrices }) => missingPrices),
    });
  }
  const warnings = ageWarnings(priceFile, new Date());
  const unknownSums = describeUnknownSums(costs);
  return {
    exitCode: unknownSums.length > 0 ? 1 : 0,
    stdout: options.json ? renderJson(costs, priceFile, warnings) : renderTerminal(costs, priceFile),
    stderr: [...warnings, ...unknownSums].map((sentence) => `${sentence}\n`).join(''),
  };
}
