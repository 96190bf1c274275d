import type { Outcome } from '@infra/common/outcome';
import type * as config from '../../lib/config';
import { environmentStack, readStacks } from './app-stacks';
import { costOf } from './environment-cost';
import { ageWarnings, PRICE_FILE, readPrices } from './price-file';
import { renderJson } from './render-json';
import { renderTerminal } from './render-terminal';
import { renewPrices } from './renew-prices';

export interface CostOptions {
  readonly assembly?: string;
  readonly json?: true;
  readonly renew?: true;
}

/** Public address of AWS's price list. */
const PRICE_LIST = 'https://pricing.us-east-1.amazonaws.com';

/** `cost`: estimates the environments that are named, or all. */
export async function runCost(names: readonly string[], options: CostOptions): Promise<Outcome> {
  const stacks = await readStacks(options.assembly);
  const environmentNames = names.length > 0 ? names : allEnvironmentNames();
  const prices = readPrices();
  const costs = environmentNames.map((name) => costOf(environmentStack(stacks, name), prices));
  if (options.renew) {
    const missingPrices = costs.flatMap(({ missing }) => missing);
    return await renewPrices(PRICE_FILE, PRICE_LIST, missingPrices);
  }
  const warnings = ageWarnings(prices, new Date());
  return {
    exitCode: 0,
    stdout: options.json ? renderJson(costs, prices, warnings) : renderTerminal(costs, prices),
    stderr: warnings.map((warning) => `${warning}\n`).join(''),
  };
}

function allEnvironmentNames(): string[] {
  return Object.keys(require('../../lib/config') as typeof config);
}
