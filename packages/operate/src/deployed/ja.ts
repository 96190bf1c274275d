import type { SettingsReader } from './configured-settings';
import type { en } from './words';

const SIGN_IN = 'AWS CLIと同じ方法でサインインしてください("aws configure"、"aws sso login"、AWS_PROFILE)。';
const UNTIL_ACCOUNT_IS_SHOWN =
  '"aws sts get-caller-identity" に目的のアカウントが表示されたら、もう一度実行してください。';

const READERS: Readonly<Record<SettingsReader, string>> = {
  'web task': 'Webタスク',
  'import job': 'インポートジョブ',
  job: 'ジョブ',
  worker: 'ワーカー',
};

/** Sentences of this room, in Japanese. */
export const ja: typeof en = {
  wait: {
    line: ({ state, goal, since, until }) =>
      `${state}。${since} から${goal}を待っています(${until === undefined ? '' : `最長で ${until} まで、`}日本時間)。`,
    answer: '応答',
    noAnswer: ({ reason }) => `AWSが応答しません: ${reason.replace(/\.$/, '')}`,
  },
  signIn: SIGN_IN,
  signInElsewhere: '別の端末でセッションを更新すると("aws sso login")、この処理はそのまま続きます。',
  hiddenLines: ({ count }) =>
    `(誰でも読める場所なので、アプリケーションのログ${count}行は表示しません。確認するには: npm run prooflink -- logs <環境>)`,
  account: {
    notAsked: ({ reason }) => `アカウントをAWSに問い合わせられませんでした: ${reason}`,
    noCredentials: ({ reason }) =>
      `認証情報がないか、AWSが拒否しました(${reason})。\n${SIGN_IN}${UNTIL_ACCOUNT_IS_SHOWN}`,
  },
  endedLocalAws: ({ endpoint }) =>
    `このシェルの AWS_ENDPOINT_URL にある ${endpoint} が応答しません。ローカルAWSは終了しています。\n` +
    'もう一度起動するか(npm run deploy:local -- --keep)、新しいシェルからAWSに問い合わせてください。',
  noSuchItem: ({ item }) => `${item} がありません`,
  timeInTokyo: ({ time }) => `${time}(日本時間)`,
  stack: {
    missing: ({ stackName, region }) =>
      `認証情報のアカウント(aws sts get-caller-identity)の ${region} に、スタック ${stackName} がありません。`,
    notAsked: ({ stackName, region, reason }) =>
      `${region} の ${stackName} の状態を問い合わせられませんでした: ${reason}`,
  },
  databaseRemedy: {
    wait: 'ステータスが available になるまで待ってください',
    moreStorage: ({ environmentName, stackName }) =>
      `lib/config/${environmentName}.ts の database.allocatedStorage か maxAllocatedStorage を増やし、` +
      `デプロイしてください: npx cdk deploy ${stackName}`,
    events: ({ command }) => `RDSのイベントを確認してください: ${command}`,
  },
  image: {
    noPlatform: ({ image }) => `${image} がどのプロセッサ向けにビルドされたものか、イメージに書かれていません。`,
    noConfig: ({ repositoryName, status }) =>
      `${repositoryName} にイメージの設定を要求しましたが、応答は ${status} でした`,
  },
  scan: {
    fixedIn: ({ versions }) => `修正済みバージョン: ${versions.join('、')}`,
    acceptedUntil: ({ date }) => `受け入れの期限 ${date} が過ぎています`,
  },
  webTasks: {
    counts: ({ running, desired, healthy }) => `タスク ${running}/${desired} が実行中、正常 ${healthy}`,
    rest: 'ロールアウトの完了',
  },
  notKnownNow: '今は不明',
  tasksEnd: 'タスクが停止しています',
  restoringChapter: 'docs/moving-in.ja.md の「失われた環境の復元」',
  exitCode: ({ exitCode }) => `終了コード ${exitCode}`,
  howItIs: ({ command }) => `状態の確認: ${command}`,
  whatIsWrong: ({ command }) => `原因の確認: ${command}`,
  undeterminedActions: ({ roleName, actions }) =>
    `IAMのシミュレーションでは、ロール ${roleName} に次の権限があるか分かりません: ${actions.join('、')}`,
  deniedByOrganization: '組織のポリシーが拒否',
  deniedByBoundary: 'アクセス許可の境界が拒否',
  missingKeys: ({ keys }) => `条件 ${keys.join('、')} の値が不明`,
  refusedAction: ({ action, resource }) => `${resource} への ${action}`,
  migration: {
    runs: ({ imageTag, start, taskId }) => `${imageTag} のマイグレーションが ${start} から実行中です(タスク ${taskId})`,
    failed: ({ reason }) => `失敗しました(${reason})`,
    stoppedByTimeLimit: '制限時間を過ぎたため停止しました',
  },
  silentService: ({ serviceName }) => `${serviceName} が時間内に応答しませんでした`,
  serviceNotAsked: ({ serviceName }) => `時間を過ぎたので、${serviceName} には問い合わせていません`,
  parts: {
    notFound: ({ templateName, stackName, path, type }) =>
      `${templateName} のコンストラクトパス ${path} に ${type} がありません。まだデプロイされていないか、` +
      `その後コンストラクトの名前が変わっています。デプロイで変わる内容: npx cdk diff ${stackName} --method=template`,
    noPaths: ({ templateName, stackName }) =>
      `${templateName} は、コンストラクトパス(リソースのメタデータの aws:cdk:path)があるJSON形式のテンプレートではないため、リソースを特定できません。` +
      `CDK CLIは、--no-path-metadata を付けない限りこれを書き込みます: npx cdk deploy ${stackName}`,
  },
  stackRemedy: {
    deletesData: ({ paths }) =>
      `削除の続きでは、残っているデータも削除されます。必要なものを先に保存してください: ${paths.join('、')}`,
    deletesNoData: '削除の続きを行います。データを持つものは、すでに削除されたか、保持されます。',
    rollbackChapter: '失敗する場合: docs/runbook.ja.md の「ロールバックが失敗したとき」',
    deletionChapter: '失敗する場合: docs/runbook.ja.md の「削除が失敗したとき」',
    diagnosis: ({ stackName }) => `原因の確認: npx cdk --unstable=diagnose diagnose ${stackName}`,
  },
  settings: {
    noneConfigured: ({ environmentName }) =>
      `${environmentName} にシークレット設定はありません(lib/config/${environmentName}.ts)。`,
    set: '登録済み',
    missing: '未登録',
    reader: ({ reader }) => READERS[reader],
    setMissing: '未登録の設定を参照するコンテナは起動しません。次のデプロイやリリースの前に登録してください:',
    noJson: ({ arn, showCommand }) =>
      `シークレット設定を保存するシークレット ${arn} の値が、JSONオブジェクトではなくなっています。手動で修正してください。` +
      `最後に変更される前の値を表示するコマンド:\n  ${showCommand}`,
    tooLarge: ({ byteCount, mostBytes }) =>
      `登録できませんでした。全設定を保存するシークレットが${byteCount.toLocaleString('ja')}バイトになり、` +
      `Secrets Managerの上限(${mostBytes.toLocaleString('ja')}バイト)を超えます。` +
      'この大きさの値は、S3か別のシークレットに保存してください。',
    notAsked: ({ reason }) => `AWSに問い合わせられませんでした: ${reason}`,
    deleted: ({ arn, restoreCommand }) =>
      `シークレット設定を保存するシークレット ${arn} は削除が予定されており、どのコンテナからも読み取れません。` +
      `値ごと復元するには: ${restoreCommand}`,
    tooManyKeys: ({ keyCount }) =>
      `シークレット設定の値が${keyCount}個になり、キーの名前がステージングラベルに収まりません。` +
      'lib/config にもうないキーを、シークレットから手動で削除してください。',
  },
};
