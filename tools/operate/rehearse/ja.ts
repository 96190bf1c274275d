import type { en, QuestionResult } from './en';

const RESULTS: Readonly<Record<QuestionResult, string>> = {
  wrong: '異常',
  unknown: '確認できなかったもの',
  look: '要確認',
  asleep: '停止中',
  well: '正常',
};

/** Sentences of `rehearse`, in Japanese. */
export const ja: typeof en = {
  command: {
    summary: '専用のアカウントで、最初のデプロイをリハーサルします。',
    details:
      '専用のスタック ProoflinkRehearsal のデプロイ、リリース、インポート、停止、起動、比較、削除を、何もない状態から2回繰り返し、AWSの応答をレポートに書きます。ほかのスタックには触れません。もう一度実行すると、前回の続きから始めます。',
    exitCodes: {
      0: '完了、または削除済み',
      1: '失敗した段階か、残ったものがある。内容を表示',
      2: '拒否。何も変更していない',
      3: '開始済み。続行または削除が必要',
    },
    account: '12桁のアカウントID',
    until: '今回の最後の段階',
    destroy: '前回の実行で残ったものの削除だけを行う',
    yes: '確認せずに始める',
    appImage: 'サンプルの代わりに使う、チームのWebイメージ',
    batchImage: 'チームのインポートのイメージ',
    users: 'チームのインポートに使うCSVファイル',
    assembly: 'デプロイするクラウドアセンブリ。省略するとsynthを実行',
    report: 'レポートの出力先',
  },

  noAccount: ({ option }) => `アカウントが指定されていません。CDK CLIに ${option} を付けてください。`,
  noEnvironment: () =>
    'リハーサルできる環境がありません。リハーサルはデプロイしたものを削除しますが、lib/config のすべての環境で terminationProtection が有効です。' +
    '無効な環境を追加してください: docs/operating.ja.md の「環境を追加する」',

  refused: ({ account }) => `アカウント ${account} ではリハーサルできません:`,
  notAccount: ({ account }) =>
    `"${account}" はアカウントIDではありません。"aws sts get-caller-identity" に表示される12桁の数字を指定してください。`,
  otherCredentials: ({ account, credentialsAccount }) =>
    `認証情報のアカウントは ${credentialsAccount} ですが、リハーサルのアカウントは ${account} です。` +
    `"aws sts get-caller-identity" に ${account} が表示されるように、サインインし直してください。`,
  accountOfEnvironment: ({ account, environmentName }) =>
    `${account} は、lib/config の ${environmentName} のアカウントです。リハーサル専用のアカウントを使ってください。`,
  takenName: ({ name }) =>
    `lib/config に環境 ${name} があり、リハーサルと名前が重なります。lib/config/index.ts で環境の名前を変えてください。`,
  foreignStack: ({ account, region, stackName, status }) =>
    `${account} の ${region} に、このリハーサルのものではないスタック ${stackName}(${status})があります。` +
    'ProofLinkのないアカウントを使うか、そのスタックを自分で削除してください。',
  otherTemplate: ({ id, command }) =>
    `リハーサル ${id} は別のテンプレートをデプロイしているので、続けられません。削除するには: ${command}`,
  schedulesFire: ({ hours, fires, beginning }) =>
    `リハーサルには最長${hours}時間かかりますが、リハーサルのスタックを停止または起動するスケジュールが ${fires} に動きます。` +
    `${beginning} 以降に始めてください。`,
  schedulesAlwaysFire: ({ hours, fires }) =>
    `リハーサルには最長${hours}時間かかりますが、リハーサルのスタックのスケジュールが、それより短い間隔で動きます(次は ${fires})。` +
    '--until で分けて実行するか、lib/config の officeHours をなくしてください。',
  notAsked: () => '標準入力が端末ではないので、確認できません。始めるには --yes を付けてください。',
  declined: () => '何も変更していません。',
  onlyOneImage: () =>
    '--app-image と --batch-image は、両方を指定するか、両方を省略してください。省略すると、サンプルアプリケーションをビルドします。',
  usersWithoutImages: () =>
    '--users は、--app-image と --batch-image とともに指定してください。サンプルには、専用のユーザーがあります。',
  noUsersFile: ({ file }) => `--users: ファイル ${file} がありません。`,

  notSynthesized: ({ output }) => `リハーサルのsynthに失敗しました:\n${output}`,
  otherStacksInAssembly: ({ names, stackName }) =>
    `アセンブリのスタック: ${names.join('、') || 'なし'}。リハーサルがデプロイするのは ${stackName} だけです。` +
    'tools/operate/rehearse/app.ts のsynthを実行してください。',
  otherEnvironment: ({ environment, expectedEnvironment }) =>
    `アセンブリは ${environment} 向けで、${expectedEnvironment} 向けではありません。` +
    '-c account=<アカウントID> を付けてsynthを実行してください。',
  terminationProtected: ({ stackName }) =>
    `スタック ${stackName} の削除保護が有効です。tools/operate/rehearse/rehearsal-config.ts で無効にしてください。`,
  outlivesStack: ({ logicalId, type, attribute, policy }) =>
    `${logicalId}(${type})は、${attribute} が ${policy} なので、スタックを削除しても残ります。` +
    'keepData が無効な場合の removalPolicy を DESTROY にしてください。',
  deletionProtected: ({ logicalId, type }) =>
    `${logicalId}(${type})の削除保護が有効です。tools/operate/rehearse/rehearsal-config.ts で無効にしてください。`,
  refusedType: ({ logicalId, type }) =>
    `${logicalId} は ${type} です。リハーサルにはドメイン名も証明書もありません。ドメインがない場合は作成しないようにしてください。`,

  otherStack: ({ arn, stackName, account, region }) =>
    `${arn} は、${account} の ${region} にある ${stackName} ではないので、触れません。`,
  stackWithoutTag: ({ arn, tag }) =>
    `${arn} は、タグ ${tag} がなく、リハーサルで作成したものではないので、触れません。` +
    '自分で削除するか、別のアカウントを使ってください。',
  noStack: ({ stackName, account, region }) => `${account} の ${region} に ${stackName} がありません。`,
  waitsForStack: ({ stackName, status }) => `${stackName} は ${status} です。`,
  leftResource: ({ type, physicalId, reason }) => `${type} ${physicalId}${reason && `: ${reason}`}`,
  deletes: ({ arn }) => `${arn} を削除します`,
  deregistered: ({ arn }) => `ACTIVE のままだったので、登録を解除しました: ${arn}`,
  deletesAgain: () => 'CloudFormationが削除できなかったものがあるので、もう一度削除を要求します。',

  plan: {
    account: ({ account, region, environmentName }) =>
      `${environmentName} を ProoflinkRehearsal として、アカウント ${account} の ${region} でリハーサルします。`,
    continued: ({ id, stage }) => `リハーサル ${id} の続きを ${stage} から実行します。`,
    stages: ({ stages, minutes }) =>
      `段階: ${stages}。AWSで約${minutes}分かかります。途中でセッションが切れたら、認証し直して、もう一度実行してください。`,
    noStage: () => '実行する段階は残っていません。スタックが失敗していれば、残ったものを削除します。',
    cost: ({ usd }) => `料金は、1日動かし続けた場合の ${usd} USD未満です。`,
    costUnknown: () => '料金を計算できませんでした。確認するには: npm run prooflink -- cost',
    sample: () =>
      'Dockerでサンプルアプリケーションをビルドします。ほかのイメージを使うには、--app-image と --batch-image を指定してください。',
    own: ({ appImage, batchImage }) => `${appImage} と ${batchImage} をリリースします。`,
    users: ({ file }) => `${file} のユーザーをインポートします。`,
    switchedOff: ({ fields }) => `リハーサルで無効にする設定: ${fields}`,
    question: () => '始めますか? [y/N] ',
  },

  begins: ({ stage }) => `\n== ${stage}`,
  skipped: ({ stage, reason }) => `\n== ${stage}: 省略(${reason})`,
  newRole: ({ minutes }) => `作成したばかりのサービスリンクロールはすぐには有効にならないので、${minutes}分待ちます。`,
  changedByHand: ({ path }) => `ヘルスチェックのパスを、手動で ${path} に変更しました。`,
  resourcesCreated: ({ count }) => `CREATE_COMPLETE のイベント: ${count}件`,
  skips: {
    noDocker: () => 'イメージをビルドまたはコピーするDockerが、このマシンで動いていない',
    noImages: () => 'イメージをプッシュしていない',
    noUserImport: () => '設定にユーザーインポートがない',
    noUsersFile: () => 'ファイルの指定がない(--users)',
    noOfficeHours: () => '設定に稼働時間がない',
  },

  answer: ({ result, statement, says }) => `${RESULTS[result]}: ${statement}: ${says}`,

  notPrepared: ({ exitCode }) => `prepare が終了コード ${exitCode} で終わりました。`,
  deploymentFailed: ({ exitCode }) => `cdk deploy が終了コード ${exitCode} で終わりました。`,
  dockerFailed: ({ command, exitCode }) => `docker ${command} が終了コード ${exitCode} で終わりました。`,
  notReleased: ({ exitCode }) => `release が終了コード ${exitCode} で終わりました。`,
  notRolledBack: ({ exitCode, serves }) =>
    `失敗するはずのリリースが終了コード ${exitCode} で終わりました。稼働中のバージョン: ${serves.join('、') || 'なし'}`,
  notSet: ({ key, exitCode }) => `settings set ${key} が終了コード ${exitCode} で終わりました。`,
  notImported: ({ exitCode }) => `import が終了コード ${exitCode} で終わりました。`,
  driftBefore: ({ exitCode }) => `手動では何も変更していませんが、drift が終了コード ${exitCode} で終わりました。`,
  driftUnseen: ({ exitCode }) => `drift が終了コード ${exitCode} で終わり、手動の変更を検出していません。`,
  driftAfter: ({ exitCode }) => `手動の変更を元に戻しましたが、drift が終了コード ${exitCode} で終わりました。`,
  notStoppedOrStarted: ({ action, exitCode }) => `${action} が終了コード ${exitCode} で終わりました。`,
  notDeleted: ({ status, resources }) =>
    [`スタックは ${status} です。残っているもの:`, ...resources.map((resource) => `  ${resource}`)].join('\n'),
  stackFailed: ({ status }) => `前回のリハーサルのスタックは ${status} です。`,

  stageFailed: ({ stage, message }) => `${stage} が失敗しました: ${message}`,
  destroyedAfterFailure: () => 'デプロイしたものは削除しました。',
  rehearsed: ({ stage }) => `${stage} までのリハーサルが終わりました。`,
  goesOn: ({ command }) => `続きを実行するには: ${command}`,
  destroyed: ({ stackName }) => `${stackName} を削除しました。`,
  nothingLeft: ({ stackName, account, region }) =>
    `${account} の ${region} に ${stackName} はありません。削除するものはありません。`,
  askedToDestroy: ({ arn }) => `${arn} だけを削除します。`,
  report: ({ file }) => `レポート: ${file}`,
  interrupted: ({ signal }) => `中断されました(${signal})。`,
  leftRunning: ({ command, destroyCommand }) =>
    `始まった処理はAWSで続き、デプロイしたものには料金がかかります。続けるには: ${command}\n削除するには: ${destroyCommand}`,
  stays: () =>
    [
      '次のものは、常にアカウントに残ります:',
      '  スタック CDKToolkit とそのバケット、ロール: 数個のテンプレートの保存に月1セント未満',
      '  サービスリンクロール: 無料',
      '  遅れて届いたログで再び作成されたロググループ: 無料(数行のログの保存を除く)',
      '  タスク定義とジョブ定義の INACTIVE のリビジョン: 無料',
      '  削除待ちのシークレット: 無料。復旧期間が過ぎると削除される',
    ].join('\n'),
};
