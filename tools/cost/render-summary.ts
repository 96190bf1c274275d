import { yenPerDollar } from '../../lib/config/usage';
import type { SynthesizedStack } from '@infra/common/assembly';
import { wrap } from '@infra/common/wrap';
import { type Part, PARTS } from './bill';
import { usd, yen } from './money';
import type { PriceFile } from './price-list';
import { GUIDE, partOf, type Savings, savingsOf } from './savings';

export type Language = 'en' | 'ja';

const JAPANESE: Readonly<Partial<Record<Part, string>>> = {
  'Load balancer': 'ALB',
  Logs: 'CloudWatch Logs',
  Transfer: 'データ転送',
  'Public IPv4': 'パブリックIPv4',
  Secrets: 'シークレット',
  'NAT gateway': 'NATゲートウェイ',
  'VPC endpoints': 'VPCエンドポイント',
  'Alarms, dashboard': 'アラーム・ダッシュボード',
};

/** The chapter of the README: the list prices beside the guide's figures, why they differ, and what choices save. */
export function summaryChapter(
  language: Language,
  stacks: ReadonlyMap<string, SynthesizedStack>,
  prices: PriceFile,
): string {
  const savings = savingsOf(stacks, prices);
  const dates = prices.prices.map(({ date }) => date).sort();
  const texts = (language === 'en' ? english : japanese)(savings, [dates[0] ?? '', dates.at(-1) ?? '']);
  // As the README is written; in Japanese a new line would read as a space.
  const lines = (text: string, indent: string) =>
    language === 'en' ? wrap(text, 120 - indent.length).join(`\n${indent}`) : text;
  return [
    lines(texts.intro, ''),
    '',
    ...table(language, savings),
    '',
    texts.picture,
    '',
    ...texts.points.map((point) => `- ${lines(point, '  ')}`),
    '',
  ].join('\n');
}

function table(language: Language, { always, dev, prod }: Savings): string[] {
  const [head, together, about] =
    language === 'en'
      ? ['yen per month | the guide, dev | dev, day and night | dev | prod', 'together', 'about ']
      : ['円/月 | 手順書(開発環境) | dev、24時間稼働 | dev | prod', '合計', '約'];
  const costs = [always, dev, prod];
  const parts = PARTS.filter((part) => costs.some(({ lines }) => lines.some((each) => each.part === part)));
  const rows = parts.map((part) => [
    language === 'en' ? part : (JAPANESE[part] ?? part),
    GUIDE[part]?.toLocaleString('en') ?? '–',
    ...costs.map((cost) => (cost.lines.some((each) => each.part === part) ? yen(partOf(cost, part)) : '–')),
  ]);
  const guide = Object.values(GUIDE).reduce((one, other) => one + other, 0);
  const totals = [together, `${about}${guide.toLocaleString('en')}`, ...costs.map((cost) => yen(cost.usd))];
  const dollars = ['USD', '–', ...costs.map((cost) => usd(cost.usd))];
  return [head, '--- | ---: | ---: | ---: | ---:', ...[...rows, totals, dollars].map((cells) => cells.join(' | '))].map(
    (row) => `| ${row} |`,
  );
}

interface Texts {
  readonly intro: string;
  readonly picture: string;
  readonly points: readonly string[];
}

type Write = (savings: Savings, dates: readonly [first: string, last: string]) => Texts;

const amount = (dollars: number): string => yen({ from: dollars, to: dollars });
const percent = (saved: number, of: number): string => `${Math.round((100 * saved) / of)} %`;

/** What is told in each language: amounts in yen. */
function figures(savings: Savings) {
  const { always, dev, prod, weekdays, arm64, natGateway, interfaceEndpoint, insights, database } = savings;
  const reserved = database.onDemand - database.reserved;
  const [instance, storage] = always.lines.filter(({ part }) => part === 'RDS');
  const fargate = partOf(prod, 'Fargate').from;
  return {
    instance: [amount(instance?.usd.from ?? NaN), instance?.price.usd],
    storage: amount(storage?.usd.from ?? NaN),
    fargate: always.lines.filter(({ part }) => part === 'Fargate').map(({ price }) => price.usd),
    outside: amount(partOf(always, 'Public IPv4').from + partOf(always, 'Secrets').from),
    officeHours: [amount(always.usd.from - dev.usd.from), percent(always.usd.from - dev.usd.from, always.usd.from)],
    weekdays: [amount(weekdays.usd.from), percent(always.usd.from - weekdays.usd.from, always.usd.from)],
    arm64: [
      amount(dev.usd.from - arm64.dev.usd.from),
      yen({ from: prod.usd.from - arm64.prod.usd.from, to: prod.usd.to - arm64.prod.usd.to }),
    ],
    natGateway: amount(natGateway),
    interfaceEndpoint: amount(interfaceEndpoint),
    reserved: [amount(reserved), percent(reserved, database.onDemand), percent(database.reserved, database.onDemand)],
    savingsPlan: amount(SAVINGS_PLAN * fargate),
    database: amount(database.onDemand),
    insights: yen(insights),
    fileGigabyte: (savings.fileGigabyte * yenPerDollar).toFixed(2),
  };
}

/** The guide's "up to 17 %" (5.6): the list has no price of it here. */
const SAVINGS_PLAN = 0.17;

const picture = (alt: string): string =>
  '<picture><source media="(prefers-color-scheme: dark)" srcset="docs/images/cost-dark.svg">' +
  `<img alt="${alt}" src="docs/images/cost-light.svg"></picture>`;

const english: Write = (savings, [first, last]) => {
  const f = figures(savings);
  return {
    intro:
      `Computed from the templates with AWS's list prices (Tokyo, known from ${first} to ${last}), without tax and without a ` +
      `free tier, at USD 1 = ${yenPerDollar} yen. What no template tells, such as stored files, is assumed in ` +
      '[lib/config/usage.ts](lib/config/usage.ts). `npm run prooflink -- cost` tells each line, and what has no price and ' +
      'is in no sum; [docs/cost.md](docs/cost.md) explains them. Ranges: from the fewest tasks to the most.',
    picture: picture('Where the money goes: USD per month, by part, in dev and in prod'),
    points: [
      `**The guide's figures** are about half. Its RDS is 1,500 yen, where the instance alone costs ${f.instance[0]} (USD ` +
        `${f.instance[1]} an hour) and 20 GB ${f.storage}; its Fargate is 1,800, where a vCPU costs USD ${f.fargate[0]} and a GB ` +
        `${f.fargate[1]} an hour. It leaves out public addresses and secrets (${f.outside} together).`,
      `**Office hours** save dev ${f.officeHours[0]} yen (${f.officeHours[1]}): web task, its address and the database's instance ` +
        `rest at night. On weekdays only (\`officeHours.days: 'weekdays'\`) dev costs ${f.weekdays[0]}, ${f.weekdays[1]} less than ` +
        'day and night. The load balancer, storage, secrets and two addresses go on costing.',
      `**ARM64** for web tasks and imports would save ${f.arm64[0]} yen in dev and ${f.arm64[1]} in prod; the images must be built for it.`,
      `**No NAT gateway** saves ${f.natGateway} yen per gateway with its address, and USD ${savings.natGatewayData} per GB. An interface endpoint in ` +
        `its place costs ${f.interfaceEndpoint} per zone, and at least four services need one.`,
      `**Reserving prod's database** for a year (nothing upfront) saves ${f.reserved[0]} of ${f.database} yen (${f.reserved[1]}); it is paid ` +
        `for every hour, so it pays where the instance runs more than ${f.reserved[2]} of the time: not in dev. A Compute ` +
        `Savings Plan pays in the same way; the guide's 17 % would save ${f.savingsPlan} on prod's two tasks.`,
      `**In no sum** is what neither a template nor a list tells: prod's Container Insights, some ${f.insights} yen; old versions of ` +
        `prod's files, ${f.fileGigabyte} per GB; the steps of Systems Manager that stop and start dev's database; and the rest that the ` +
        'command lists.',
    ],
  };
};

const japanese: Write = (savings, [first, last]) => {
  const f = figures(savings);
  const spaceless = (text: string | undefined) => text?.replace(' %', '%');
  return {
    intro:
      `テンプレートとAWSの定価(東京、${first}〜${last}時点)から計算した額です。税抜、無料枠なし、1米ドル${yenPerDollar}円です。保存量など` +
      'テンプレートから分からない使用量は [lib/config/usage.ts](lib/config/usage.ts) で仮定しています。`npm run prooflink -- cost` は、' +
      '明細と、価格が分からず合計に含まれないものを表示します。明細の説明は [docs/cost.md](docs/cost.md) にあります。' +
      '範囲は、タスク数が最少のときから最多のときまでです。',
    picture: picture('費用の内訳(月額、米ドル): devとprod'),
    points: [
      `**手順書の概算**は、定価の約半分です。RDSは1,500円とありますが、インスタンスだけで${f.instance[0]}円(1時間${f.instance[1]}米ドル)、` +
        `20 GBのストレージで${f.storage}円かかります。Fargateは1,800円とありますが、1時間あたり1 vCPUは${f.fargate[0]}米ドル、1 GBは` +
        `${f.fargate[1]}米ドルです。パブリックIPv4アドレスとシークレット(合わせて${f.outside}円)は含まれていません。`,
      `**稼働時間の設定**により、開発環境は${f.officeHours[0]}円(${spaceless(f.officeHours[1])})安くなります。夜間はWebタスク、そのアドレス、` +
        `DBインスタンスが停止します。平日だけの稼働(\`officeHours.days: 'weekdays'\`)なら${f.weekdays[0]}円で、24時間稼働より` +
        `${spaceless(f.weekdays[1])}安くなります。ALB、ストレージ、シークレット、二つのアドレスの費用は停止中もかかります。`,
      `**ARM64** をWebタスクとインポートに使うと、開発環境で${f.arm64[0]}円、本番環境で${f.arm64[1]}円安くなります。イメージをARM64向けにビルドする必要があります。`,
      `**NATゲートウェイを置かない**ことで、1台あたり${f.natGateway}円(アドレスを含む)と、1 GBあたり${savings.natGatewayData}米ドルを節約しています。代わりに` +
        `インターフェイスエンドポイントを使うと1ゾーンあたり${f.interfaceEndpoint}円で、少なくとも四つのサービスに必要です。`,
      `**本番環境のDBをリザーブドインスタンスにする**と(1年、前払いなし)、${f.database}円のうち${f.reserved[0]}円(${spaceless(f.reserved[1])})安く` +
        `なります。停止中も料金がかかるため、稼働時間が${spaceless(f.reserved[2])}を超える場合に得になり、開発環境には向きません。Compute ` +
        `Savings Plansも同じ考え方で、手順書の17%なら、本番環境の二つのタスクで${f.savingsPlan}円の節約です。`,
      `**合計に含まれない費用**もあります。テンプレートからも定価からも量が分からないためです。本番環境のContainer Insights(${f.insights}円程度)、` +
        `本番環境のファイルの古いバージョン(1 GBあたり${f.fileGigabyte}円)、開発環境のDBを停止・起動するSystems Managerのステップのほか、コマンドが表示するものです。`,
    ],
  };
};
