import type { AlarmCounts, DatabaseState, en, StackState } from './words';

const ROTATION_CHAPTER = 'docs/runbook.ja.md の「データベースのパスワードのローテーション」';
const NO_PLAN = '予定なし';

/** Sentences of the questions of this folder, in Japanese. */
export const ja: typeof en = {
  statements: {
    stack: 'スタックにリソースがある',
    networkAcls: 'ネットワークACLが通信を許可している',
    database: 'データベースが稼働している',
    databaseUrl: 'DATABASE_URL がデータベースを指している',
    password: 'データベースが DATABASE_URL のパスワードを受け付ける',
    backup: 'RDSのバックアップから、過去の時点に復元できる',
    restoreTest: '過去2か月に、バックアップの復元テストが成功している',
    hours: '稼働時間どおりに稼働している',
    byHandService: 'リクエストの経路に手動の変更がない',
    byHandData: 'データを持つリソースに手動の変更がない',
    byHand: 'ほかに手動の変更がない',
    deployment: '最後のデプロイが成功している',
    alarms: '鳴っているアラームがない',
    alarmSubscription: 'アラームの通知先がある',
    budget: 'アカウントの今月の料金が予算内である',
    natGateway: 'NATゲートウェイがない',
    tooManyTasks: 'Webタスクが必要な数より多くない',
    transfer: 'データ転送量が想定の範囲内である',
    terminationProtection: 'スタックの削除保護が有効になっている',
    quotas: 'クォータが足りている',
    bootstrap: 'CDK CLIでデプロイできる',
  },

  stack: {
    isBeingDeleted: ({ stackName, since }) => `${stackName} は ${since} から削除中です。削除は途中で止められません。`,
    afterDeletion: ({ stackName, restoringChapter }) =>
      `削除が終わったら npx cdk deploy ${stackName} を実行してください。データの復元: ${restoringChapter}`,
    isDeletedInPart: ({ stackName, reason }) => {
      const cause = reason === '' ? '' : `理由: ${reason}`;
      return `${stackName} は一部だけが削除されています。CloudFormationは、再度の削除しか受け付けません。${cause}`;
    },
    firstDeploymentBegins: ({ stackName }) =>
      `${stackName} の最初のデプロイがまもなく始まります。10分後にもう一度確認してください。`,
    neverDeployed: ({ environmentName, stackName }) =>
      `${environmentName} は一度もデプロイされていません。${stackName} には未実行の変更セットがあるだけで、リソースがありません。`,
  },

  closedNetworkAcl: ({ networkAclId, direction, port, ruleNumber }) => {
    const way = direction === 'ingress' ? 'インバウンド' : 'アウトバウンド';
    const traffic = port === undefined ? 'すべての通信' : `TCPポート${port}`;
    const reason =
      ruleNumber === undefined
        ? `${traffic}を許可するルールがありません`
        : `ルール${ruleNumber}が${traffic}を拒否しています`;
    return `ネットワークACL ${networkAclId} が、${way}の通信を通しません: ${reason}。`;
  },

  database: {
    runs: (state) => `${databaseText(state)}。`,
    isComing: (state) => `${databaseText(state)}。終わってから、もう一度確認してください。`,
    isNeeded: ({ database, status }) =>
      `データベース ${database} は ${status} です。available になるまで、アプリケーションは動作しません。`,
    doesNotServe: ({ database, status }) => `データベース ${database} は ${status} です。`,
  },

  databaseUrl: {
    secret: ({ variable }) => `Webタスクの ${variable}`,
    unknown: 'シークレットを読む権限がないため、DATABASE_URL を確認できません。',
    isOther: ({ expected }) => `DATABASE_URL が正しくありません。正しいURL: ${expected}`,
    writeUrl: `${ROTATION_CHAPTER}の手順3でこのURLを登録し、手順4のとおり再起動してください`,
    passwordRefused: ({ time }) =>
      `${time} に、データベースがWebタスクのパスワードを拒否しました(Webタスクのログによる)。`,
    rotationChapter: ROTATION_CHAPTER,
    changedSinceStart: ({ time }) =>
      `DATABASE_URL は ${time} に変更されましたが、その前に開始したWebタスクは変更前の値を使っています。`,
    rotates: ({ secret }) =>
      `シークレット ${secret} に、手動でローテーションが設定されています。DATABASE_URL のパスワードは変わりません。`,
  },

  backup: {
    isMissing: ({ database }) =>
      `データベース ${database} のバックアップがありません。最初のバックアップは、作成から1日以内に行われます。`,
    isOld: ({ database, time }) =>
      `データベース ${database} を復元できるのは ${time} の時点までです。その後のトランザクションログが保存されていません。`,
    isRestorable: ({ database, time }) => `データベース ${database} を ${time} までの時点に復元できます。`,
  },

  restoreTest: {
    ended: ({ time, minutes }) => `最後の復元テストは ${time} に終わり、${minutes}分かかりました。`,
    none: ({ days }) => `${days}日間、成功した復元テストがありません。`,
    look: '理由はAWS Backupの「復元テスト」にあります。手動での復元は docs/runbook.ja.md の「バックアップからの復元」を参照してください。',
  },

  withoutTasks: {
    noRelease: 'まだ一度もリリースされていません。イメージをプッシュし、リリースしてから、もう一度確認してください。',
    noTaskWanted: ({ startCommand }) =>
      `今は、Webタスクの必要数が0です。起動してから、もう一度確認してください: ${startCommand}`,
  },

  officeHours: {
    awake: ({ until }) => `稼働中。次の停止: ${until ?? NO_PLAN}`,
    awakeOutsideHours: ({ until }) => `稼働時間外に稼働中。次の停止: ${until ?? NO_PLAN}`,
    asleep: ({ until }) => `稼働時間外のため停止中。次の起動: ${until ?? NO_PLAN}`,
    stopped: ({ environmentName, until }) =>
      `${environmentName} が、稼働時間内なのに停止しています。次の起動: ${until ?? NO_PLAN}`,
    changedSchedule: ({ schedule, change }) => `${schedule} が${change}`,
    changedByHand: ({ environmentName, changes }) =>
      `このままでは、${environmentName} の起動と停止が予定どおりに行われません: ${changes}`,
    databaseRuns: ({ database }) => `データベース ${database} が、稼働時間外なのに稼働しています。料金がかかります。`,
    stopDatabase: ({ stopCommand, automationsCommand }) =>
      `${stopCommand}\nスケジュールで停止しなかった理由: ${automationsCommand}`,
  },

  byHand: {
    changed: ({ resource, changes }) => `${resource}: ${changes.join('、')}。`,
    notCompared: ({ type, resourceCount, reason }) =>
      `比較できなかったもの: ${type ?? `リソース${resourceCount}個`}(${reason})`,
  },

  deployment: {
    succeeded: (state) => `${stateText(state)}: ${state.url}`,
    failed: (state) => `最後のデプロイが失敗しました。${stateText(state)}。`,
    failedWithVersion: (state) => {
      const present = state.deployedTag || 'イメージなし';
      return (
        `最後のデプロイが失敗しました。${stateText(state)}。` +
        `${state.failedTag} のデプロイでしたが、スタックは ${present} に戻っています。`
      );
    },
    resourceFailed: ({ logicalId, type, reason }) => `最初に失敗したリソースは ${logicalId}(${type})です: ${reason}`,
    tasksFailed: ({ imageTag, reasons }) => `${imageTag} のタスクについてAWSが示す理由: ${reasons.join(' / ')}`,
    noTaskListed: ({ imageTag }) =>
      `ECSのタスクの一覧に、停止した ${imageTag} のタスクがありません。一覧に残るのは、停止から1時間です。`,
    isUnderway: ({ stackStatus }) => `デプロイの実行中です(${stackStatus})。終わってから、もう一度確認してください。`,
    takesLong: ({ since, stackStatus }) => `デプロイが ${since} から続いています(${stackStatus})。`,
  },

  alarms: {
    silent: (counts) => `${alarmCounts(counts)}です。`,
    firing: (counts) => `${alarmCounts(counts)}です:`,
    alarm: ({ name, since, reason }) => `${name} は ${since} からアラーム状態: ${reason}`,
    lookIntoAlarm: ({ dashboard }) => `上に原因があれば、先にそれを取り除いてください。メトリクスの推移: ${dashboard}`,
    noSubscription: ({ topic }) =>
      `トピック ${topic} にサブスクリプションがないため、アラームの通知が誰にも届きません。`,
    notConfirmed: ({ addresses, topic }) =>
      `${addresses.join('、')} がトピック ${topic} のサブスクリプションを承認していません。` +
      'AWSからのメール "Subscription Confirmation" のリンクを開いてください。',
  },

  costs: {
    spent: ({ actual, limit, forecast }) =>
      `今月の料金は USD ${actual}、予測は USD ${forecast} で、予算は USD ${limit} です。`,
    compareCosts: ({ costCommand }) =>
      `Cost Explorerのサービス別の料金を、次のコマンドの見積もりと比べてください: ${costCommand}`,
    natGateway: ({ gatewayId }) =>
      `NATゲートウェイ ${gatewayId} が手動で作成されています。必要がなく、1時間ごとに料金がかかります。`,
    tooManyTasks: ({ serviceName, desiredCount, maximum }) =>
      `${serviceName} のWebタスクの必要数は${desiredCount}で、設定の${maximum}より多くなっています。`,
    transfer: ({ transferred, assumed, days }) =>
      `この${days}日間にロードバランサーを通ったデータは ${transferred} GiB で、想定は ${assumed} GiB です。`,
    lessTransfer:
      '利用者がそれだけ通信しているなら、前段にCloudFrontなどのCDNを置き、packages/cost/src/usage.ts の dataOut を直してください',
  },

  terminationProtection: {
    isOn: ({ stackName }) => `スタック ${stackName} の削除保護は有効です。`,
    isOff: ({ stackName }) => `スタック ${stackName} の削除保護が無効です。スタックの削除が拒否されません。`,
  },

  noBootstrap: ({ stackName, status }) =>
    `cdk bootstrap のスタック ${stackName} が${status === '' ? 'ありません' : ` ${status} です`}。` +
    '次のデプロイとリリースは失敗します(docs/runbook.ja.md の「CDKToolkitがないとき」)。',

  quota: ({ quota, environmentName, needed, neededByAll }) =>
    `Fargateのクォータは ${quota} vCPU、同時に使う最大数は ${environmentName} で ${needed} vCPU、` +
    `lib/config の同じリージョンの全環境で ${neededByAll} vCPU です。`,
};

function alarmCounts({ firingCount, alarmCount, withoutDataCount }: AlarmCounts): string {
  const withoutData = withoutDataCount > 0 ? `、データ不足は${withoutDataCount}個` : '';
  return `アラーム${alarmCount}個のうち、アラーム状態は${firingCount}個${withoutData}`;
}

function databaseText({ name, status, engine }: DatabaseState): string {
  return engine === '' ? `${name} は ${status} です` : `${name} は ${status} です(${engine})`;
}

function stateText({ stackName, stackStatus, end }: StackState): string {
  return `${stackName} は ${end} に ${stackStatus} になりました`;
}
