import type { CostPart } from './parts';
import type { en } from './words';

/** Names of parts that differ from the English ones. */
const PART_NAMES: Readonly<Partial<Record<CostPart, string>>> = {
  'Load balancer': 'ALB',
  Logs: 'CloudWatch Logs',
  Transfer: 'データ転送',
  'Public IPv4': 'パブリックIPv4',
  Secrets: 'シークレット',
  'NAT gateway': 'NATゲートウェイ',
  'VPC endpoints': 'VPCエンドポイント',
  'Alarms, dashboard': 'アラーム・ダッシュボード',
  Firewall: 'ファイアウォール',
};

/** Sentences on costs, in Japanese. */
export const ja: typeof en = {
  help: {
    summary: '環境の月額料金を見積もります。',
    details:
      'テンプレート、packages/cost/src/prices.json の日付入りの料金、packages/cost/src/usage.ts の想定使用量から計算します。使用タイプはAWSの請求書の表記です。料金が分からないものを含む合計は "?" とします。ネットワークは使いません。',
    exitCodes: {
      0: '見積もりの完了',
      2: '不明',
    },
    assembly: '"npx cdk synth -o" の出力。省略するとsynthを実行',
    json: 'すべてをプログラム向けに出力',
  },

  part: ({ part }) => PART_NAMES[part] ?? part,

  total: ({ stackName, usd, yen }) => `${stackName}: 月額 ${yen}円(USD ${usd})`,
  columns: {
    part: '項目',
    usage: '使用タイプ・数量',
    usd: 'USD',
    yen: '円',
  },
  assumed: '* packages/cost/src/usage.ts の想定使用量',
  notInSum: ({ names }) => `使用量か料金が分からないので、合計に含まれないもの: ${names.join('、')}`,
  unknownSum: ({ stackName, region, names }) =>
    `${stackName}: packages/cost/src/prices.json に ${region} の料金がないか、テンプレートの数量を読み取れないため、合計を計算できません: ` +
    `${names.join('、')}。https://aws.amazon.com/jp/pricing/ の料金を日付とともに追加してください。`,
  terms: ({ regions, oldestDate, newestDate, yenPerDollar, hoursPerMonth }) =>
    `${regions.join('、')} の定価(${oldestDate} から ${newestDate} までに確認したもの)による見積もりで、税と無料利用枠を含みません。` +
    `USD 1 = ${yenPerDollar}円、1か月 = ${hoursPerMonth}時間として計算しています。`,
  noAssumedUsage: '想定使用量がまだありません。packages/cost/src/usage.ts に環境を追加してください。',

  pages: {
    yenPerMonth: () => '円/月',
    guide: () => '手順書(開発環境)',
    about: ({ amount }) => `約${amount}`,
    together: () => '合計',
    sum: ({ environmentName, amount }) => `${amount}円(${environmentName})`,
    sums: ({ ofEnvironments }) => `AWSの定価による月額は、${ofEnvironments.join('、')}です`,
  },

  notSynthesized: ({ output }) => `アプリのsynthに失敗しました:\n${output}`,
  noStack: ({ environmentName, stackName }) =>
    `${environmentName}: クラウドアセンブリにスタック ${stackName} がありません。もう一度synthを実行してください。`,
};
