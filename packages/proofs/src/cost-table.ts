import type { Language } from '@infra/common/language';
import { COST_PARTS, type CostPart } from '@infra/cost/parts';
import { type CostWords, en } from '@infra/cost/words';
import { costOfPart, type EnvironmentCost } from '@infra/cost/environment-cost';
import { formatUsd, formatUsdAsYen } from '@infra/cost/format-amounts';
import { ja } from '@infra/cost/ja';

/** Costs of the environments that the pages compare, by name. */
export type CostsOfEnvironments = Readonly<Record<string, EnvironmentCost>>;

/**
 * Figures for dev in the setup guide that this app replaces (section 5.1, January 2026): yen per month, with everything
 * running day and night.
 */
const GUIDE_YEN: Readonly<Partial<Record<CostPart, number>>> = {
  RDS: 1_500,
  Fargate: 1_800,
  'Load balancer': 2_500,
  S3: 100,
  ECR: 150,
  Logs: 100,
  Transfer: 10,
  Batch: 5,
};

/** Sentences by the language of a page, whatever the terminal's language is. */
const PAGE_WORDS: Readonly<Record<Language, CostWords>> = { en, ja };

const NO_FIGURE = '–';

/** Cells of a row of Markdown, one for each column; the header and the line below it are rows, too. */
interface Row {
  readonly label: string;
  readonly guide: string;
  /** One cell for each environment. */
  readonly figures: readonly string[];
}

/** Markdown table: the costs of environments by part, beside the guide's figures. */
export function costTable(language: Language, costsByName: CostsOfEnvironments): string {
  const words = PAGE_WORDS[language];
  const { yenPerMonth, guide, about, together } = words.pages;
  const names = Object.keys(costsByName);
  const costs = Object.values(costsByName);
  const parts = COST_PARTS.filter((part) => costs.some((cost) => hasPart(cost, part)));
  const partRows = parts.map((part) => ({
    label: words.part({ part }),
    guide: GUIDE_YEN[part]?.toLocaleString('en') ?? NO_FIGURE,
    figures: costs.map((cost) => partFigure(cost, part)),
  }));
  const rows: Row[] = [
    { label: yenPerMonth(), guide: guide(), figures: names },
    { label: '---', guide: '---:', figures: names.map(() => '---:') },
    ...partRows,
    {
      label: together(),
      guide: about({ amount: guideTotal() }),
      figures: costs.map(({ usd }) => formatUsdAsYen(usd)),
    },
    { label: 'USD', guide: NO_FIGURE, figures: costs.map(({ usd }) => formatUsd(usd)) },
  ];
  return rows.map(renderRow).join('\n');
}

/** Sentence of a README: what each environment costs in a month. */
export function costSentence(language: Language, costsByName: CostsOfEnvironments): string {
  const { sum, sums } = PAGE_WORDS[language].pages;
  const ofEnvironments = Object.entries(costsByName).map(([environmentName, { usd }]) =>
    sum({ environmentName, amount: formatUsdAsYen(usd) }),
  );
  return sums({ ofEnvironments });
}

function renderRow({ label, guide, figures }: Row): string {
  return `| ${[label, guide, ...figures].join(' | ')} |`;
}

/** Cost of a part in yen. */
function partFigure(cost: EnvironmentCost, part: CostPart): string {
  return hasPart(cost, part) ? formatUsdAsYen(costOfPart(cost, part)) : NO_FIGURE;
}

function hasPart({ lines }: EnvironmentCost, part: CostPart): boolean {
  return lines.some((line) => line.part === part);
}

function guideTotal(): string {
  const yen = Object.values(GUIDE_YEN).reduce((sum, figure) => sum + figure, 0);
  return yen.toLocaleString('en');
}
