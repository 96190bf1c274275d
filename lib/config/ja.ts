/*
 * Sentences of the rules on a config, in Japanese.
 */
import type { Definition, DurationUnit, en, NamedResource, OfficeHours } from './words';

/** Notation of a safeguard that is off. */
const OFF = "{ off: '<この環境に不要な理由>' }";

const UNITS: Readonly<Record<DurationUnit, string>> = { seconds: '秒', minutes: '分', days: '日' };

const NAMED_RESOURCES: Readonly<Record<NamedResource, string>> = {
  loadBalancer: 'ロードバランサー',
  targetGroup: 'ターゲットグループ',
  bucket: 'バケット',
  dbInstance: 'DBインスタンス',
  role: 'ロール',
};

const DEFINITIONS: Readonly<Record<Definition, string>> = {
  task: 'ECSのタスク定義',
  job: 'AWS Batchのジョブ定義',
};

function withinHours({ fromUtc, toUtc, start, stop }: OfficeHours): string {
  return `UTC ${fromUtc}〜${toUtc}(日本時間 ${start}〜${stop})に収まる`;
}

/** Sentences in Japanese. */
export const ja: typeof en = {
  report: {
    brokenRules: ({ count }) => `lib/config にルール違反が${count}件あります:`,

    placeholders: ({ environment, fields }) =>
      `まだ例のままです: ${fields.join('、')}。最初のデプロイの前に、lib/config/${environment}.ts に自分の値を書いてください。`,

    safeguardType: () => `保護には 'on' を指定します。無効にするには、理由を付けて ${OFF} と指定します。`,
  },

  values: {
    notInteger: ({ value, min, max }) => `${value} は指定できません。${min}〜${max} の整数を指定してください。`,

    notPercentage: ({ value }) => `${value} は1〜100の百分率ではありません。60 % なら 60 と指定してください。`,

    neverExceeded: ({ example }) => `100 % を超えることはありません。100 未満の値を指定してください(例: ${example})。`,

    notEmail: ({ email }) =>
      `${email} はメールアドレスではありません。アドレスを一つだけ指定してください(例: ops@example.com)。`,

    notOneOf: ({ value, allowed }) => `${value} は指定できません。指定できる値: ${allowed.join(', ')}`,

    listedTwice: ({ value }) => `${value} が重複しています。同じ値は一度だけ指定してください。`,

    notDuration: ({ amount, unit, min, max }) =>
      `${amount}${UNITS[unit]}は指定できません。${min}〜${max}${UNITS[unit]}の整数値を指定してください。`,

    notGibibytes: ({ amount, min, max }) =>
      `${amount} GiB は指定できません。${min}〜${max} GiB の整数値を指定してください。`,

    notTimeOfDay: ({ time }) => `${time} は時刻ではありません。00:00〜23:59 の時刻を指定してください。`,

    notSafeguard: ({ value }) => `${value} は指定できません。'on' または ${OFF} を指定してください。`,

    noReason: ({ reason, otherwise }) =>
      `{ off: ${reason} } には理由がありません。${[OFF, ...otherwise].join(' または ')} を指定してください。`,

    range: ({ from, to }) => `${from} 〜 ${to}`,

    notFargateMemory: ({ gibibytes, cpu, allowed }) =>
      `${gibibytes} GiB は ${cpu} CPUユニットと組み合わせられません。Fargateで指定できるのは ${allowed.join(', ')} GiB です。`,

    rangesOverlap: ({ cidr, other, field }) =>
      `${cidr} は ${field} の ${other} と重なっています。アドレスが重ならない範囲を指定してください。`,

    dynamicReference: ({ text }) =>
      `${text} は、CloudFormationがデプロイ時に解決する動的な参照です。値そのものを指定してください。`,
  },

  general: {
    notAccount: ({ account }) =>
      `${account} は12桁のアカウントIDではありません。アカウントIDか undefined を指定してください。`,

    notRegion: ({ region }) =>
      `${region} はAWSのリージョンではありません。ap-northeast-1 などのリージョンを指定してください(中国とGovCloudは対象外です)。`,

    notRetention: ({ days }) =>
      `${days}日は、CloudWatch Logsの保持期間として指定できません。INFINITE 以外の RetentionDays を指定してください。`,

    notRemovalPolicy: ({ value, policies }) =>
      `${value} は指定できません。${[...policies, OFF].join(' または ')} を指定してください。`,

    notEnvironmentName: ({ name }) =>
      `${name} は環境名に使えません。英小文字で始め、英小文字と数字だけを使ってください。`,

    reservedName: ({ name }) =>
      `${name} は環境名に使えません。delivery で始まる名前は、GitHubと接続するスタックのものです。別の名前にしてください。`,

    nameTooLong: ({ resource, name, length, limit }) =>
      `${NAMED_RESOURCES[resource]}の名前 ${name} は${length}文字です。AWSの上限は${limit}文字なので、環境名を短くしてください。`,
  },

  environments: {
    sameConfig: ({ name, other, file }) =>
      `${name} の設定は ${other} の設定そのものです。専用の設定を ${file} に書いてください。`,

    secondBudget: ({ other }) =>
      `このアカウントの料金は、${other} の予算が既に集計しています。undefined を指定してください。`,

    takenDomain: ({ domain, other }) =>
      `${domain} は ${other} が既に使用しています。DNS名を使えるのは一つの環境だけなので、別の名前を指定してください。`,

    zoneOfAnotherName: ({ id, other, environment, zone }) =>
      `${id} は、${environment} では ${other}、ここでは ${zone} のホストゾーンIDになっています。Route 53に表示される ${zone} のIDを指定してください。`,
  },

  network: {
    notRange: ({ cidr }) =>
      `${cidr} はIPv4のCIDRブロックではありません。ネットワークの先頭のアドレスとプレフィックス長を指定してください(例: 10.0.1.0/24)。`,

    sizeOutOfBounds: ({ cidr }) => `${cidr} の大きさは、AWSで使える /16〜/28 の範囲にありません。`,

    notPrivate: ({ cidr, privateRanges }) =>
      `${cidr} はプライベートIPアドレスの範囲ではありません。${privateRanges.join('、')} のいずれかに含まれる範囲を指定してください。`,

    notOneSubnetPerZone: ({ subnets, zones }) =>
      `アベイラビリティーゾーン${zones}個に対して、サブネットが${subnets}個あります。ゾーンごとに一つずつ指定してください。`,

    subnetTooSmall: ({ cidr, smallest }) =>
      `${cidr} は小さすぎます。ロードバランサーがIPアドレスを確保できるように、/${smallest} 以上の大きさにしてください。`,

    tooFewZones: ({ zones }) =>
      `${zones} では足りません。ロードバランサーとDBサブネットグループに必要なので、アベイラビリティーゾーンを二つ指定してください。`,

    closedZone: ({ zone, region }) =>
      `${zone} は、既に使用しているアカウントでしか使えません。${region} の a、c、d のいずれかのゾーンを指定してください。`,

    unknownZone: ({ zone, region, letters }) =>
      `${zone} は ${region} のアベイラビリティーゾーンではありません。リージョン名に ${letters.join('、')} のいずれかを付けて指定してください。`,
  },

  database: {
    notSnapshot: ({ snapshot }) =>
      `${snapshot} はスナップショットの名前でもARNでもありません。aws rds describe-db-snapshots が表示する値か undefined を指定してください。`,

    snapshotElsewhere: ({ snapshot, elsewhere, region }) =>
      `${snapshot} は ${elsewhere} にありますが、RDSは別のリージョンへ復元できません。` +
      `${region} にコピーし(aws rds copy-db-snapshot)、コピーの名前を指定してください。`,

    notClass: ({ instanceClass }) =>
      `${instanceClass} は、RDS for PostgreSQL 15のインスタンスクラスではありません。ファミリーとサイズを、先頭の db. を除いて指定してください(例: t4g.micro)。`,

    notDatabaseName: ({ name }) =>
      `${name} は指定できません。prooflink で始め、その後に a-z、0-9、_ を54文字まで続けてください。` +
      'SQLの予約語と、db、user、postgres などPostgreSQLが使う名前は、RDSに拒否されます。',

    notMajorVersion: ({ version, versions }) =>
      `${version} は、インストール済みのCDKが対応するPostgreSQLのメジャーバージョン(${versions.join('、')})ではありません。15 のようにメジャーバージョンだけを指定してください。` +
      'マイナーバージョンまで指定すると、RDSの自動アップグレードの後、デプロイが失敗します。',

    replicaWithoutBackups:
      'database.backups.retention が無効です。RDSのリードレプリカには、バックアップの有効なデータベースが必要です。バックアップを有効にするか、この環境にはレプリカを作らないでください。',

    replicaInOfficeHours:
      'officeHours がデータベースを停止しますが、RDSはリードレプリカのあるデータベースを停止できません。undefined を指定するか、この環境にはレプリカを作らないでください。',

    restoreTestWithoutData:
      'keepData がオフのため使えません。スナップショットの入ったボールトがあると、スタックを削除できません。undefined にするか、データを残してください。',

    restoreTestInOfficeHours:
      'officeHours がデータベースを停止している間、AWS Backupはスナップショットを取得できません。undefined にしてください。',

    restoreTestInWindow: ({ time }) =>
      `${time} からの2時間が、database.backups.window または database.maintenanceWindow と重なっています。別の時刻を指定してください(例: 04:00)。`,

    maximumTooClose: ({ maximum, allocated, least }) =>
      `${maximum} GiB では、割り当て済みの ${allocated} GiB より10 % 以上大きくなりません。${least} GiB 以上か undefined を指定してください。`,

    stripedWithout: ({ allocated, striped, min, max }) =>
      `${allocated} GiB では undefined を指定できません。${striped} GiB 以上では、この値がないとRDSがストレージの拡張を拒否します。` +
      `追加料金のかからない ${min} か、${max} までの値を指定してください。`,

    notStriped: ({ value, allocated, striped }) =>
      `${value} を指定できるのは、ストレージが ${striped} GiB 以上のときだけです。${allocated} GiB では undefined を指定してください。`,

    tooMuchThroughput: ({ throughput, iops, most }) =>
      `${throughput} MiB/s は ${iops} IOPS の4分の1を超えています。${most} 以下にするか、IOPSを増やしてください。`,

    notWindow: ({ window, example }) =>
      `${window} はウィンドウの形式ではありません。UTCの時刻で指定してください(例: ${example})。`,

    windowLength: ({ window, minutes, shortest }) =>
      `${window} は${minutes}分間です。RDSで指定できる長さは、${shortest}分から24時間までです。`,

    windowsOverlap: ({ window, field, other }) =>
      `${window} は ${field} の ${other} と重なっています。RDSでは、両方を別の時間帯にする必要があります。`,

    backupOutsideHours: ({ window, hours }) =>
      `${window} は、データベースの稼働時間の外にあります。${withinHours(hours)}時間帯を指定してください。`,

    maintenanceOutsideHours: ({ window, hours }) =>
      `${window} は、データベースの稼働時間の外にあります。${withinHours(hours)}` +
      `${hours.onlyWeekdays ? '、月曜日から金曜日までの' : '、いずれかの曜日の'}時間帯を指定してください。`,
  },

  fileStorage: {
    notOrigin: ({ origin }) =>
      `${origin} はオリジンではありません。スキーム、ホスト、ポートだけを指定してください(例: https://app.example.com)。`,

    wildcardOrigin: ({ origin }) =>
      `${origin} にはワイルドカードがあります。データを保持する環境では、オリジンを一つずつ指定してください。`,
  },

  imageRegistry: {
    noImageToRollBack: '1 では、ロールバック先になる以前のイメージが残りません。2 以上を指定してください(例: 10)。',

    refuseWithoutScan:
      "imageRegistry.scanOnPush が無効だと、どのイメージもスキャンされず、すべて拒否されます。scanOnPush: 'on' にするか、" +
      'ここを undefined にしてください。',

    notVulnerabilityId: ({ id }) =>
      `${id} は脆弱性のIDではありません。\`release\` に表示されたとおりに指定してください(例: CVE-2026-12345)。`,

    notDate: ({ date }) => `${date} は日付ではありません。年月日を指定してください(例: 2026-12-31)。`,

    noReasonToAccept: ({ why }) =>
      `${why} は理由になっていません。この環境でその日まで受け入れられる理由を書いてください。`,
  },

  loadBalancer: {
    redirectUnreachable:
      'ポート80はHTTPSへリダイレクトします(手順書 9-2)が、セキュリティグループが許可するのは443だけなので(手順書 2-1)、' +
      'リダイレクトには届きません。届くようにするには、loadBalancer.openPorts に80を加えてください。',

    entranceClosed: ({ ports, entrance }) =>
      `${ports} には、アプリケーションにアクセスするためのポート ${entrance} がありません。追加してください。`,

    noRange:
      '範囲がないので、誰もアプリケーションにアクセスできません。誰でもアクセスできるようにするには 0.0.0.0/0 を指定してください。',

    notRange: ({ cidr }) =>
      `${cidr} はIPv4のCIDRブロックではありません。先頭のアドレスとプレフィックス長(単一のアドレスなら /32)を指定してください。`,

    privateRange: ({ cidr }) =>
      `${cidr} はプライベートIPアドレスの範囲です。利用者はインターネットからパブリックIPアドレスでアクセスするので、その範囲を指定してください。`,

    noClientHas: ({ cidr }) =>
      `${cidr} は、インターネット上のクライアントが使わない範囲です。` +
      'オフィスやVPNのパブリックIPアドレスを、プレフィックス長を付けて指定してください。',

    tooManyRules: ({ ranges, ports, rules, most }) =>
      `${ranges}個の範囲と${ports}個のポートで、ルールが${rules}個になります。セキュリティグループの上限は${most}個なので、範囲を減らしてください。`,

    edgeWithDomain:
      'CloudFrontで独自ドメインを使うにはus-east-1の証明書が必要で、別のスタックになります。' +
      'ここか loadBalancer.domain のどちらかを undefined にしてください。',

    edgeWithFirewall:
      'ファイアウォールはIPアドレスごとに数えますが、全員がCloudFrontのIPアドレスを共有することになります。' +
      'ここか loadBalancer.firewall のどちらかを undefined にしてください。',

    edgeIsForEverybody: ({ ranges }) =>
      `${ranges} では制限できません。CloudFrontは誰からでもアクセスできます。['0.0.0.0/0'] を指定するか、` +
      'loadBalancer.edge を undefined にしてください。',

    edgeWithoutPrefixList: ({ region, regions }) =>
      `CloudFrontのIPアドレスのプレフィックスリストは ${regions} の分しか登録されていません。` +
      `\`aws ec2 describe-managed-prefix-lists --filters Name=prefix-list-name,Values=com.amazonaws.global.cloudfront.origin-facing --region ${region}\` ` +
      'に表示されるIDを lib/config/origin-facing.ts に加えてください。',

    notDomainName: ({ name }) =>
      `${name} はドメイン名ではありません。英小文字、数字、ハイフンで指定してください(例: app.example.com)。`,

    outsideOfZone: ({ name, zone }) =>
      `${name} はホストゾーン ${zone} に含まれていません。ホストゾーンの名前で終わる名前を指定してください。`,

    nameTooLong: ({ name, length, longest }) =>
      `${name} は${length}文字です。証明書に使える名前は${longest}文字までです。`,

    notZoneId: ({ id }) =>
      `${id} はホストゾーンIDではありません。Route 53に表示される、Z で始まる英大文字と数字のIDを指定してください。`,

    signInsNotBelowRequests: ({ signIns, requests, example }) =>
      `${signIns} は requestsPerAddress の ${requests} 以上です。requestsPerAddress にはサインインも含まれるので、それより小さい値を指定してください(例: ${example})。`,
  },

  webService: {
    minimumAboveMaximum: ({ minimum, maximum }) =>
      `${minimum} は、maxCapacity の ${maximum} を超えています。${maximum} 以下を指定してください。`,

    notWord: ({ word }) => `${word} はコマンドの単語として使えません。改行のないプレーンテキストを指定してください。`,

    noProgram: ({ command }) =>
      `${command} にはプログラムがありません。一語ずつ分けて指定してください(例: ['npx', 'prisma', 'migrate', 'deploy'])。`,

    commandTooLong: ({ length, longest }) =>
      `コマンドが${length}文字あり、上限の${longest}文字を超えています。スクリプトにしてイメージに入れてください。`,
  },

  alarms: {
    graceTooLong: ({ seconds, longest }) =>
      `${seconds}秒は、異常なターゲットのアラームが発生するまでの時間より長く、アラームによってリリースがロールバックされます。` +
      `${longest}秒以下を指定してください。`,

    alarmNotAboveTarget: ({ percent, target }) =>
      `${percent} % は、スケーリングがCPU使用率の目標とする webService.tasks.targetCpuPercent の ${target} % を超えていません。` +
      'より大きい値を指定してください(例: 80)。',

    notSlackId: ({ id, example }) => `${id} はSlackのIDではありません。${example} のように指定してください。`,

    notBytes: ({ bytes }) => `${bytes}バイトは指定できません。0より大きい整数のバイト数を指定してください。`,

    wholeDisk: ({ free, allocated }) =>
      `${free} GiB ではディスク全体以上になり、アラームが常に発生します。database.allocatedStorage の ${allocated} GiB より小さい値を指定してください。`,

    tooManyConnections: ({ value, instanceClass, most, example }) =>
      `${value} を超えることはありません。db.${instanceClass} の最大接続数は ${most} です。より小さい値を指定してください(例: ${example})。`,
  },

  userImport: {
    lessThanOneJob: ({ vCpus, ofOneJob }) =>
      `${vCpus} は、一つのジョブの ${ofOneJob} vCPU より少ない値です。${ofOneJob} 以上を指定してください。`,

    notFileKey: ({ key }) =>
      `${key} は imports/ 以下のキーではありません。英数字と . _ - / で指定してください(例: imports/users.csv)。`,
  },

  otherTasks: {
    notName: ({ name }) =>
      `${name} はタスクの名前に使えません。英小文字で始まる30文字以内の英小文字、数字、- で指定してください。`,
  },

  jobSchedule: {
    onWeekend: "データベースが稼働するのは平日だけなので、every-day は指定できません。'weekdays' を指定してください。",

    noRoom: ({ time, earliest, stop, minutes, timeoutName }) =>
      `${time} には実行できません。データベースを使えるのは ${earliest}〜${stop} で、${minutes}分間のジョブには足りません。` +
      `${timeoutName} を短くしてください。`,

    databaseSleeps: ({ time, earliest, latest, minutes }) =>
      `${time} は、データベースが停止中または起動中です。${minutes}分間のジョブが停止の前に終わるように、${earliest}〜${latest} の時刻を指定してください。`,

    inMaintenance: ({ time, minutes, maintenance, from, to, timeoutName }) =>
      `${time} に始まる${minutes}分間のジョブは、database.maintenanceWindow の ${maintenance}(日本時間 ${from}〜${to})と重なることがあり、` +
      `その間にRDSがデータベースを再起動する可能性があります。時刻を変えるか、${timeoutName} を短くしてください。`,
  },

  settings: {
    alsoSecret: ({ name }) => `${name} は secrets にもあります。どちらか一方だけに書いてください。`,

    notPlainText: ({ name, value }) =>
      `${name} の値 ${value} は使えません。改行のない1〜2048文字のプレーンテキストを指定してください。`,

    notVariableName: ({ name }) =>
      `${name} は環境変数の名前に使えません。英数字と _ で指定してください(例: SMTP_HOST)。`,

    takenName: ({ name }) => `${name} はスタックまたはAWSが設定します。別の名前にしてください。`,

    tooManySecrets: ({ count, labelCount, room }) =>
      `この環境の${count}個のシークレットの名前には、Secrets Managerのステージングラベルが${labelCount}個必要ですが、使えるのは${room}個、` +
      '約1,200文字までです。名前を短くするか、複数の値をJSONで一つのシークレットにまとめてください。',

    plainSecret: ({ name }) =>
      `${name} はシークレットのようですが、ここに書いた値は誰でも読めます。名前を secrets に移すか、` +
      "{ value: '…', notSecret: '<誰が読んでもよい理由>' } と書いてください。",

    noPublicReason: ({ name, reason }) =>
      `${name} の notSecret: ${reason} には理由がありません。誰が読んでもよい理由を書いてください。`,

    otherPort: ({ value, port }) =>
      `PORT が ${value} ですが、ロードバランサーがアクセスするのはポート ${port} だけです。'${port}' にするか、削除してください。`,

    otherHostname: ({ value }) =>
      `HOSTNAME が ${value} では、ロードバランサーがサーバーにアクセスできません。'0.0.0.0' にするか、削除してください。`,

    imagePath:
      'PATH を設定すると、イメージの PATH が置き換えられ、プログラムが見つからなくなります。Dockerfileで設定してください。',

    noSecret: ({ name }) => `${name} はシークレットではありません。削除するか、variables に書いてください。`,

    databaseVariableTaken: ({ name }) =>
      `${name} は databaseVariable の値でもあります。値はスタックが設定するので、ここから削除してください。`,

    tooLarge: ({ bytes, definition, room }) =>
      `環境変数とシークレットが${bytes}バイトになり、${DEFINITIONS[definition]}に入る${room}バイトを超えています。` +
      '短くするか、長いテキストをイメージまたはバケットのファイルに移してください。',
  },

  officeHours: {
    scaledTasks: ({ start, stop }) =>
      `${start}〜${stop} を指定できるのは、タスクの mode が 'fixed' のときだけです。undefined を指定してください。`,

    startupTooShort: ({ minutes, shortest }) =>
      `${minutes}分は短すぎます。RDSの起動には数分から数時間かかります。${shortest}分以上を指定してください(例: 15)。`,

    stopTooLate: ({ stop, latest }) => `${stop} は遅すぎます。${latest} 以前の時刻を指定してください。`,

    stopBeforeStart: ({ stop, start, startupMinutes }) =>
      `${stop} は、${start} からデータベースの起動にかかる${startupMinutes}分が過ぎるより前です。同じ日のより遅い時刻を指定してください。`,
  },

  delivery: {
    notLanguage: ({ language }) => `${language} はレビューの言語にできません。en か ja を指定してください。`,

    noRole: ({ repository }) =>
      `repository が undefined の間は、${repository} のロールは作られません。両方を指定するか、どちらも指定しないでください。`,

    noneDelivered: 'true の環境がありません。一つを true にするか、repository に undefined を指定してください。',

    noAccount: ({ name, file }) =>
      `${name} はデプロイの対象ですが、アカウントが指定されていません。${file} の account にアカウントIDを書いてください。` +
      'ロールはGitHubの変数で指定しますが、別のアカウントのロールはこの値によって拒否されます。',

    notRepository: ({ name }) =>
      `${name} はリポジトリではありません。GitHubのトークンにあるとおり、owner/name または owner@1234/name@5678 の形で指定してください。`,

    gitEnding: ({ name, repository }) =>
      `${name} は .git で終わっていますが、GitHubのリポジトリ名にこの末尾はありません。${repository} を指定してください。`,

    notProvider: ({ arn }) =>
      `${arn} は、GitHubのトークンのIDプロバイダーではありません。` +
      'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com のようなARNを指定するか、削除してください。',

    secondProvider: ({ arn }) =>
      `${arn} は、同じアカウントの二つ目のIDプロバイダーです。アカウントごとに一つだけ指定してください。`,

    providerElsewhere: ({ arn, owner, accounts }) =>
      `${arn} はアカウント ${owner} のものですが、環境のアカウントは ${accounts.join('、')} です。削除してください。`,
  },
};
