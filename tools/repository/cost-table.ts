import { COST_PARTS, type CostPart } from '../cost/bill';
import { costOfPart, type EnvironmentCost, ofPart } from '../cost/environment-cost';
import { formatUsd, formatUsdAsYen } from '../cost/format-amounts';

type Language = 'en' | 'ja';

/** Costs of the environments that the READMEs compare, by name. */
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

/** Words of a table in one language. */
interface TableWords {
  readonly yenPerMonth: string;
  readonly guide: string;
  readonly total: string;
  /** Before the guide's total, as in the guide itself. */
  readonly about: string;
  /** Names of parts that differ from the keys. */
  readonly partNames: Readonly<Partial<Record<CostPart, string>>>;
}

const WORDS: Readonly<Record<Language, TableWords>> = {
  en: { yenPerMonth: 'yen per month', guide: 'the guide, dev', total: 'together', about: 'about ', partNames: {} },
  ja: {
    yenPerMonth: '円/月',
    guide: '手順書(開発環境)',
    total: '合計',
    about: '約',
    partNames: {
      'Load balancer': 'ALB',
      Logs: 'CloudWatch Logs',
      Transfer: 'データ転送',
      'Public IPv4': 'パブリックIPv4',
      Secrets: 'シークレット',
      'NAT gateway': 'NATゲートウェイ',
      'VPC endpoints': 'VPCエンドポイント',
      'Alarms, dashboard': 'アラーム・ダッシュボード',
    },
  },
};

const NO_FIGURE = '–';

/** Cells of a row of Markdown, one for each column; the header and the line below it are rows, too. */
interface Row {
  readonly label: string;
  readonly guide: string;
  /** One cell for each environment. */
  readonly figures: readonly string[];
}

/** Markdown table of a README: the costs of environments by part, beside the guide's figures. */
export function costTable(language: Language, costsByName: CostsOfEnvironments): string {
  const { yenPerMonth, guide, total, about, partNames } = WORDS[language];
  const names = Object.keys(costsByName);
  const costs = Object.values(costsByName);
  const parts = COST_PARTS.filter((part) => costs.some((cost) => hasPart(cost, part)));
  const partRows = parts.map((part) => ({
    label: partNames[part] ?? part,
    guide: GUIDE_YEN[part]?.toLocaleString('en') ?? NO_FIGURE,
    figures: costs.map((cost) => partFigure(cost, part)),
  }));
  const rows: Row[] = [
    { label: yenPerMonth, guide, figures: names },
    { label: '---', guide: '---:', figures: names.map(() => '---:') },
    ...partRows,
    {
      label: total,
      guide: `${about}${guideTotal()}`,
      figures: costs.map(({ usd }) => formatUsdAsYen(usd)),
    },
    { label: 'USD', guide: NO_FIGURE, figures: costs.map(({ usd }) => formatUsd(usd)) },
  ];
  return rows.map(renderRow).join('\n');
}

function renderRow({ label, guide, figures }: Row): string {
  return `| ${[label, guide, ...figures].join(' | ')} |`;
}

/** Cost of a part in yen. */
function partFigure(cost: EnvironmentCost, part: CostPart): string {
  return hasPart(cost, part) ? formatUsdAsYen(costOfPart(cost, part)) : NO_FIGURE;
}

function hasPart({ lines, missingCosts }: EnvironmentCost, part: CostPart): boolean {
  return ofPart(lines, part).length > 0 || ofPart(missingCosts, part).length > 0;
}

function guideTotal(): string {
  const yen = Object.values(GUIDE_YEN).reduce((sum, figure) => sum + figure, 0);
  return yen.toLocaleString('en');
}
