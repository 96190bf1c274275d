import type { CostPart } from './bill';
import type { en } from './words';
import { formatQuantity } from './format-amounts';
import type { Range } from './range';

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

const NO_PRICE = '料金が packages/cost/src/prices.json にありません。';
const AMOUNT_UNKNOWN = '使用量は、テンプレートからは分かりません。';

/** Sentences on costs, in Japanese. */
export const ja: typeof en = {
  help: {
    summary: '環境の月額料金を見積もります。',
    details:
      'テンプレート、packages/cost/src/prices.json の日付入りの料金、packages/cost/src/usage.ts の想定使用量から計算します。料金が分からないものは一覧し、それを含む合計は "?" とします。--renew 以外はネットワークを使いません。',
    exitCodes: {
      0: '見積もり、または更新の完了',
      1: '料金がない、または更新できない',
      2: '不明',
    },
    assembly: '"npx cdk synth -o" の出力。省略するとsynthを実行',
    json: 'すべてをプログラム向けに出力',
    renew: 'AWSの公開料金表から料金を更新し、足りないものを追加',
  },

  part: ({ part }) => PART_NAMES[part] ?? part,

  total: ({ stackName, usd, yen }) => `${stackName}: 月額 ${yen}円(USD ${usd})`,
  byTemplate: 'テンプレートから計算した料金:',
  byAssumedUsage: 'packages/cost/src/usage.ts の想定使用量から計算した料金:',
  columns: {
    part: '項目',
    usage: '内容',
    usd: 'USD',
    yen: '円',
  },
  together: '合計',
  missingCosts: '料金が分からず、合計を計算できないもの:',
  missingCost: ({ part, description, reason }) => `${part}(${description}): ${reason}`,
  usage: ({ part, description }) => `${part}(${description})`,
  unpricedUsages: '合計に含まれないもの:',
  unpricedUsage: ({ description, reason }) => `${description}: ${reason}`,
  freeTypes: ({ count }) =>
    `それ自体には料金がかからないリソースが${count}種類あります。一覧と理由は --json で確認できます。`,
  terms: ({ regions, oldestDate, newestDate, yenPerDollar, hoursPerMonth }) =>
    `${regions.join('、')} の定価(${oldestDate} から ${newestDate} までに確認したもの)による見積もりで、税と無料利用枠を含みません。` +
    `USD 1 = ${yenPerDollar}円、1か月 = ${hoursPerMonth}時間として計算しています。`,
  unknownSum: ({ stackName, firstCost, furtherCount }) => {
    const sentence = `${stackName}: 料金の分からないものがあり、合計を計算できません。${firstCost}`;
    return furtherCount > 0
      ? `${sentence}ほかに${furtherCount}件あり、"npm run prooflink -- cost" で一覧できます。`
      : sentence;
  },
  oldPrices: ({ count, allCount, oldestDate }) =>
    `料金${allCount}件のうち${count}件が1年以上前のものです(最も古いものは ${oldestDate})。` +
    '"npm run prooflink -- cost --renew" で更新してください。',

  pages: {
    yenPerMonth: () => '円/月',
    guide: () => '手順書(開発環境)',
    about: ({ amount }) => `約${amount}`,
    chart: ({ environmentName, isUnknown }) =>
      `${environmentName}: 月額(米ドル)、タスク数が最少のとき` + (isUnknown ? '。料金が分からないものを除く' : ''),
    sum: ({ environmentName, amount }) => `${amount}円(${environmentName})`,
    sums: ({ ofEnvironments }) => `AWSの定価による月額は、${ofEnvironments.join('、')}です`,
  },

  notSynthesized: ({ output }) => `アプリのsynthに失敗しました:\n${output}`,
  noStack: ({ environmentName, stackName }) =>
    `${environmentName}: クラウドアセンブリにスタック ${stackName} がありません。もう一度synthを実行してください。`,

  renewal: {
    renewed: ({ count, allCount, file }) =>
      `料金${allCount}件のうち${count}件を ${file} で更新しました。` +
      '文書の表と図は "npm run renew" で更新できます。',
    none: '料金を一つも更新できませんでした:',
    failure: ({ price, reason }) => `${price}: ${reason}`,
    failureOfOldPrice: ({ price, reason, date }) => `${price}: ${reason}${date} の料金のままにします。`,
    otherUnit: ({ listedUnit, unit }) =>
      `単位が、料金表では "${listedUnit}"、ファイルでは "${unit}" です。packages/cost/src の数量の計算を確認し、` +
      '料金を手動でファイルに書いてください。',
    answers: ({ url, status }) => `${url} の応答は ${status} です。`,
    noPriceList: ({ url }) => `${url} は料金表ではありません。`,
    notRead: ({ url, reason }) => `${url} を読み取れません(${reason})。`,
    notListed: '料金表に該当する料金がありません。',
    ambiguous: '料金表に該当する料金が複数あります。区別できるように属性を追加してください。',
  },

  missing: {
    noQuantity: 'テンプレートから数量を読み取れません。',
    noBillingCode: ({ region }) =>
      `packages/cost/src/prices.json に ${region} の請求コードがありません。"billingCodes" に追加し` +
      '(docs.aws.amazon.com/global-infrastructure/latest/regions/aws-region-billing-codes.html)、' +
      '"npm run prooflink -- cost --renew" で料金を取得してください。',
    noPrice: ({ service, usageType }) =>
      `${service} の ${usageType} の料金がありません。単位、出典、日付とともに packages/cost/src/prices.json に追加するか、` +
      '"npm run prooflink -- cost --renew" で取得してください。',
    unknownUnit: '料金の単位がまだ分かりません。packages/cost/src の *-costs.ts に、この料金の定義を追加してください。',
    itHasNoPrice: NO_PRICE,
    theyHaveNoPrice: NO_PRICE,
  },

  unmeasured: {
    noUnitPrice: `料金がまだありません("npm run prooflink -- cost --renew" で追加できます)。${AMOUNT_UNKNOWN}`,
    unitPrice: ({ usd, unit }) => `1 ${unit} あたり USD ${usd}。${AMOUNT_UNKNOWN}`,
    usualCost: ({ usd, unit, quantity, cost }) =>
      `1 ${unit} あたり USD ${usd}。${AMOUNT_UNKNOWN}通常は ${quantity.from}–${quantity.to} で、USD ${cost} です。`,
  },
  noAssumedUsage: '想定使用量がまだありません。packages/cost/src/usage.ts に環境を追加してください。',
  unknownType: {
    usage: ({ type, count }) => `${type}(${count}個)`,
    reason:
      '未対応の種類のリソースです。料金の計算を packages/cost/src の *-costs.ts に追加するか、' +
      'それ自体には料金がかからない場合、その理由を free-types.ts に追加してください。',
  },
  unreadableSchedule: {
    usage: ({ schedule }) => `${schedule} による節約`,
    reason: ({ resource }) => `時刻か対象を読み取れないので、${resource} は常に稼働するものとして計算しています。`,
  },

  free: {
    notCharged: () => 'AWSの料金がかからない',
    partOfLoadBalancer: () => 'ロードバランサーの料金に含まれる',
    partOfFirewall: () => 'ファイアウォールの料金に含まれる',
    runs: () => '実行されるタスクやジョブに料金がかかる',
    events: () => 'AWSのイベントも、メッセージのないトピックも無料',
    customResource: () => '関数に料金がかかる',
    asSetUp: () => '現在の設定では料金がかからない',
  },

  database: {
    oneZone: () => 'シングルAZ',
    twoZones: () => 'マルチAZ',
    instance: ({ instanceClass, zones, hours }) => `${instanceClass}、${zones}、${hours}時間`,
    storage: ({ size, type, zones }) => `${type} ${size} GB、${zones}`,
    growth: {
      usage: ({ size }) => `RDSの ${size} GB を超えるストレージ`,
      reason: ({ maximum }) => `必要に応じて ${maximum} GB まで自動で拡張され、ストレージの料金がかかります。`,
    },
    iops: ({ excess, included, zones }) => `${included} を超える ${excess} IOPS、${zones}`,
    throughput: ({ excess, included }) => `${included} MiB/s を超える ${excess} MiB/s`,
    backups: {
      usage: 'RDSのストレージの容量を超えるバックアップ',
      reason: '容量と同じ大きさまでは無料とされています。バックアップの大きさは、テンプレートからは分かりません。',
    },
    keptBackups: ({ days }) => `データベースの削除後に最大${days}日間残るRDSの自動バックアップ`,
    burstCpu: {
      usage: 'RDSのインスタンスクラスのベースラインを超えるCPU',
      reason: 'vCPU時間ごとの料金です。負荷は、テンプレートからは分かりません。',
    },
    performanceInsights: {
      usage: 'Performance Insights',
      reason: `7日を超える保持期間の${NO_PRICE}`,
    },
  },

  domain: {
    existingZones: ({ count }) => `既存のホストゾーン: ${count}個`,
    queries: {
      usage: 'Route 53のクエリ',
      reason: 'AWSのリソースへのエイリアスは無料で、ほかは100万クエリごとの料金がかかります。',
    },
    zones: ({ count }) => `ホストゾーン: ${count}個`,
  },

  fargate: {
    unknownTasks: '料金を計算できるのは、タスク数が分かり、起動タイプが FARGATE のサービスだけです。',
    tasks: ({ tasks, size, hours }) => `${tasksText(tasks)}: ${size}、${hours}時間`,
    moreStorage: '20 GB を超えるエフェメラルストレージ',
    addresses: ({ tasks, hours }) => `タスクごとに1個: ${tasksText(tasks)}、${hours}時間`,
    dataBetweenZones: 'アベイラビリティーゾーン間のデータ(方向ごと)',
    jobs: ({ size, hours }) => `ジョブ${hours}時間: ${size}`,
    addressesOfJobs: ({ hours }) => `ジョブごとに1個、${hours}時間`,
    vcpus: ({ vcpus, processor }) => `${vcpus} vCPU(${processor})`,
    memory: ({ gigabytes }) => `メモリ ${gigabytes} GB`,
  },

  firewall: {
    unknownRules: '料金を計算できるのは、ルールが配列で書かれたWeb ACLだけです。',
    webAcl: 'Web ACL',
    rules: ({ count }) => `ルール${count}個`,
    requests: 'ファイアウォールが検査するリクエスト',
  },

  lambda: {
    duration: ({ gigabyteSeconds }) => `${gigabyteSeconds} GB秒`,
    calls: ({ calls }) => `呼び出し${calls}回`,
  },

  monitoring: {
    logsIn: ({ gigabytes }) => `取り込み ${gigabytes} GB`,
    logsKept: ({ days }) => `${days}日間の保存`,
    logsKeptForEver: {
      usage: 'ログの保存',
      reason: 'ログを無期限に保存するロググループがあり、料金が月ごとに変わります。',
    },
    highResolution: ({ count }) => `高解像度アラーム: ${count}個`,
    metrics: ({ alarmCount, metricCount }) => `アラーム${alarmCount}個のメトリクス: ${metricCount}個`,
    scalingAlarms: ({ count }) => `スケーリングが作成するアラーム: ${count}個`,
    dashboards: ({ count }) => `ダッシュボード: ${count}個`,
    otherMessages: 'SNSのメール以外の通知',
    mails: ({ mails }) => `メール${mails}通`,
    containerInsights: () => 'Container Insights',
    enhancedInsights: () => 'メトリクスごとの料金です。メトリクスは、タスクとコンテナが増えるたびに増えます。',
  },

  network: {
    otherLoadBalancer: ({ type }) => `タイプが ${type} で、その${NO_PRICE}`,
    loadBalancerHours: ({ hours }) => `${hours}時間`,
    capacityUnits: ({ count }) => `平均 ${formatQuantity(count)} LCU`,
    addressesOfLoadBalancer: ({ zones }) => `ロードバランサーのゾーンごとに1個: ${zones}個`,
    dataOut: ({ gigabytes }) => `ユーザーへ ${gigabytes} GB`,
    natGateways: ({ count, hours }) => `${count}台、${hours}時間`,
    natGatewayData: () => 'NATゲートウェイを通るデータ',
    elasticAddresses: ({ count }) => `Elastic IPアドレス: ${count}個`,
    otherEndpoint: '料金を計算できるのは、サブネットを指定したインターフェイスエンドポイントだけです。',
    endpoint: ({ name, zones }) => `${name}、${zones}ゾーン`,
    endpointData: ({ name }) => `VPCエンドポイント ${name} を通るデータ`,
  },

  schedules: {
    usage: ({ count }) => `スケジュール${count}個`,
    reason: '東京リージョンの料金は見つかりませんでした。us-east-1 では、月1,400万回の呼び出しまで無料です。',
    automations: ({ count }) => `Systems Managerのオートメーション${count}回`,
    unknownAutomations: 'Systems Managerのオートメーション(回数不明)',
    reasonForAutomations: 'ステップごとの料金です。料金も、AWSのドキュメントでのステップ数も見つかりませんでした。',
  },

  secrets: {
    secrets: ({ count }) => `${count}個`,
    reads: ({ reads }) => `読み取り${reads}回`,
    keys: ({ count }) => `キー${count}個`,
    keyRequests: 'KMSへのリクエスト',
  },

  storage: {
    gigabytes: ({ gigabytes }) => `保存 ${gigabytes} GB`,
    writes: ({ writes }) => `書き込み${writes}回`,
    reads: ({ reads }) => `読み取り${reads}回`,
    oldVersions: ({ days }) => `S3に${days}日間残る、ファイルの以前のバージョン`,
    oldVersionsForEver: 'S3に無期限に残る、ファイルの以前のバージョン',
  },
};

function tasksText({ from, to }: Range): string {
  const number = from === to ? formatQuantity(from) : `${formatQuantity(from)}–${formatQuantity(to)}`;
  return `${number}タスク`;
}
