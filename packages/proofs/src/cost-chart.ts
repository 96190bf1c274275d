import type { Language } from '@infra/common/language';
import { COST_PARTS } from '@infra/cost/bill';
import { costOfPart, type EnvironmentCost } from '@infra/cost/environment-cost';
import { PAGE_WORDS } from './cost-table';

/** Pie charts in Mermaid, which GitHub draws: the cost of each environment by part, with the fewest tasks. */
export function costCharts(language: Language, costsByName: Readonly<Record<string, EnvironmentCost>>): string {
  const charts = Object.entries(costsByName).map(([name, cost]) => costChart(language, name, cost));
  return charts.join('\n\n');
}

function costChart(language: Language, environmentName: string, cost: EnvironmentCost): string {
  const words = PAGE_WORDS[language];
  const isUnknown = cost.usd === undefined;
  const slices = COST_PARTS.flatMap((part) => {
    const usd = costOfPart(cost, part)?.from.toFixed(2) ?? '0.00';
    // Mermaid refuses a slice of nothing.
    return usd === '0.00' ? [] : [`  "${words.part({ part })}" : ${usd}`];
  });
  return [
    '```mermaid',
    'pie showData',
    `  title ${words.pages.chart({ environmentName, isUnknown })}`,
    ...slices,
    '```',
  ].join('\n');
}
