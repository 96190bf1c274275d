import type { Outcome } from '@infra/common/outcome';
import { environments } from '@infra/commands/app';
import { findEnvironmentStack, readAppStacks } from './app-stacks';
import { costOf, type EnvironmentCost, usagesWithoutPrice } from './environment-cost';
import { renderTerminal } from './render-terminal';
import { yenPerDollar } from './usage';

/** Options of the command `cost`, named as on the command line. */
export interface CostOptions {
  /** Folder of a cloud assembly. Without it, the app is synthesized. */
  readonly assembly?: string;
  readonly json?: true;
}

/**
 * Runs `cost`: estimates what environments cost in a month.
 *
 * @param names - Names of environments; without any, every environment of `lib/config`.
 */
export async function runCost(names: readonly string[], { assembly, json }: CostOptions): Promise<Outcome> {
  const stacks = await readAppStacks(assembly);
  const environmentNames = names.length > 0 ? names : Object.keys(environments);
  const costs = environmentNames.map((name) => costOf(findEnvironmentStack(stacks, name)));
  const report = json ? renderJson(costs) : renderTerminal(costs);
  return { exitCode: 0, stdout: report, stderr: '' };
}

function renderJson(costs: readonly EnvironmentCost[]): string {
  return `${JSON.stringify({ yenPerDollar, environments: costs.map(toJson) }, null, 2)}\n`;
}

/** A cost for programs: each line has a price. Without one, a usage is in `missing`, and the sum is null. */
function toJson({ stackName, region, lines, usd, notInSum }: EnvironmentCost): object {
  const pricedLines = lines.filter((line) => line.usd !== undefined);
  return { stackName, region, usd: usd ?? null, lines: pricedLines, missing: usagesWithoutPrice(lines), notInSum };
}
