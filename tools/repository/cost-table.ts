import { type CostPart, PARTS } from '../cost/bill';
import { costOfPart, type EnvironmentCost } from '../cost/environment-cost';
import { formatUsd, formatYen } from '../cost/money';

type Language = 'en' | 'ja';

/** The guide's figures for dev (5.1), of January 2026: yen per month, day and night. */
const GUIDE: Readonly<Partial<Record<CostPart, number>>> = {
  RDS: 1_500,
  Fargate: 1_800,
  'Load balancer': 2_500,
  S3: 100,
  ECR: 150,
  Logs: 100,
  Transfer: 10,
  Batch: 5,
};

/** Words of the READMEs' tables in each language. */
const WORDS = {
  en: { head: 'yen per month | the guide, dev | dev | prod', total: 'together', about: 'about ' },
  ja: { head: '円/月 | 手順書(開発環境) | dev | prod', total: '合計', about: '約' },
} as const;

const JAPANESE_PARTS: Readonly<Partial<Record<CostPart, string>>> = {
  'Load balancer': 'ALB',
  Logs: 'CloudWatch Logs',
  Transfer: 'データ転送',
  'Public IPv4': 'パブリックIPv4',
  Secrets: 'シークレット',
  'NAT gateway': 'NATゲートウェイ',
  'VPC endpoints': 'VPCエンドポイント',
  'Alarms, dashboard': 'アラーム・ダッシュボード',
};

const NO_FIGURE = '–';

/** A README's table: what dev and prod cost by part, beside the guide's figures. */
export function costTable(language: Language, costs: readonly EnvironmentCost[]): string {
  const { head, total, about } = WORDS[language];
  const parts = PARTS.filter((part) => costs.some((cost) => hasPart(cost, part)));
  const totalsInYen = costs.map(({ usd }) => formatYen(usd));
  const totalsInUsd = costs.map(({ usd }) => formatUsd(usd));
  const rows = [
    head,
    '--- | ---: | ---: | ---:',
    ...parts.map((part) => partRow(part, language, costs)),
    joinCells(total, `${about}${guideTotal()}`, ...totalsInYen),
    joinCells('USD', NO_FIGURE, ...totalsInUsd),
  ];
  return rows.map((row) => `| ${row} |`).join('\n');
}

function partRow(part: CostPart, language: Language, costs: readonly EnvironmentCost[]): string {
  const guideFigure = GUIDE[part]?.toLocaleString('en') ?? NO_FIGURE;
  const figures = costs.map((cost) => (hasPart(cost, part) ? formatYen(costOfPart(cost, part)) : NO_FIGURE));
  return joinCells(nameOf(part, language), guideFigure, ...figures);
}

function joinCells(...cells: readonly string[]): string {
  return cells.join(' | ');
}

function nameOf(part: CostPart, language: Language): string {
  return language === 'ja' ? (JAPANESE_PARTS[part] ?? part) : part;
}

function hasPart({ lines }: EnvironmentCost, part: CostPart): boolean {
  return lines.some((line) => line.part === part);
}

function guideTotal(): string {
  const yen = Object.values(GUIDE).reduce((sum, figure) => sum + figure, 0);
  return yen.toLocaleString('en');
}
