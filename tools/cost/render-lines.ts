import { decimals, type Line, sum } from './bill';
import type { EnvironmentCost } from './environment-cost';
import { usd } from './money';
import { show } from './pricer';

/** Every line with its quantity, its price and where that is from, for docs/cost.md. */
export function linesChapter(costs: readonly EnvironmentCost[]): string {
  return costs
    .map(({ stack, lines, usd: total, notPriced, free }) =>
      [
        `### ${stack}: USD ${usd(total)} per month\n`,
        'By its template:\n',
        table(lines.filter(({ assumed }) => !assumed)),
        '\nBy the usage that `lib/config/usage.ts` assumes:\n',
        table(lines.filter(({ assumed }) => assumed)),
        '\nNot priced, and in no sum:\n',
        ...notPriced.map(({ what, why }) => `- ${what}. ${why}`),
        '\nFree by themselves:\n',
        ...byReason(free).map(([why, types]) => `- ${why}: ${types.map((type) => `\`${type}\``).join(', ')}`),
        '',
      ].join('\n'),
    )
    .join('\n');
}

function byReason(free: EnvironmentCost['free']): [why: string, types: string[]][] {
  return [...new Set(free.map(({ why }) => why))].map((why) => [
    why,
    free.filter((each) => each.why === why).map(({ type }) => type),
  ]);
}

function table(lines: readonly Line[]): string {
  const rows = lines.map(({ part, what, quantity, price, usd: each }) => {
    const { from, to } = quantity;
    const amount = from === to ? show(from) : `${show(from)}–${show(to)}`;
    const key = `\`${price.service}\` \`${price.usageType}\``;
    return [
      part,
      what,
      `${amount} ${price.unit}`,
      decimals(price.usd),
      key,
      `${price.source}, ${price.date}`,
      usd(each),
    ];
  });
  const total = ['', 'together', '', '', '', '', usd(sum(lines.map((each) => each.usd)))];
  return [
    '| part | what | quantity | USD each | price | source | USD |',
    '| --- | --- | ---: | ---: | --- | --- | ---: |',
    ...[...rows, total].map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}
