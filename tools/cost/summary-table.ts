import { type EnvironmentCost, partOf } from './environment-cost';
import { type CostPart, PARTS } from './bill';
import { usd, yen } from './money';

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

const JAPANESE: Readonly<Partial<Record<CostPart, string>>> = {
  'Load balancer': 'ALB',
  Logs: 'CloudWatch Logs',
  Transfer: 'データ転送',
  'Public IPv4': 'パブリックIPv4',
  Secrets: 'シークレット',
  'NAT gateway': 'NATゲートウェイ',
  'VPC endpoints': 'VPCエンドポイント',
  'Alarms, dashboard': 'アラーム・ダッシュボード',
};

/** The README's table: what dev and prod cost by part, beside the guide's figures. */
export function summaryTable(language: 'en' | 'ja', costs: readonly EnvironmentCost[]): string {
  const { head, total, about } = WORDS[language];
  const has = (cost: EnvironmentCost, part: CostPart) => cost.lines.some((line) => line.part === part);
  const rows = PARTS.filter((part) => costs.some((cost) => has(cost, part))).map((part) => [
    (language === 'ja' && JAPANESE[part]) || part,
    GUIDE[part]?.toLocaleString('en') ?? '–',
    ...costs.map((cost) => (has(cost, part) ? yen(partOf(cost, part)) : '–')),
  ]);
  const guide = Object.values(GUIDE)
    .reduce((one, other) => one + other, 0)
    .toLocaleString('en');
  const totals = [total, `${about}${guide}`, ...costs.map((cost) => yen(cost.usd))];
  const dollars = ['USD', '–', ...costs.map((cost) => usd(cost.usd))];
  const lines = [...rows, totals, dollars].map((cells) => cells.join(' | '));
  return [head, '--- | ---: | ---: | ---:', ...lines].map((row) => `| ${row} |`).join('\n');
}
