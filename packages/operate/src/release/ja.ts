import type { en } from './words';

/** Sentences of `release`, in Japanese. */
export const ja: typeof en = {
  headlines: {
    0: ({ environmentName }) => `${environmentName} をリリースしました。`,
    1: ({ environmentName }) => `${environmentName} では、リリースしたバージョンが稼働していません。`,
    2: ({ environmentName }) => `${environmentName} には何も変更していません:`,
    3: ({ environmentName }) => `${environmentName} を変更しましたが、結果が分かりません:`,
  },

  steps: {
    check: ({ environmentName }) => `1/4 ${environmentName} の確認`,
    noMigration: ({ reason }) => `2/4 マイグレーションなし: ${reason}`,
    migrate: ({ imageTag }) => `2/4 ${imageTag} のマイグレーション`,
    deploy: ({ stackName }) => `3/4 ${stackName} のデプロイ`,
    wait: () => '4/4 稼働するまで待機',
  },

  noMigration: {
    notDeployed: 'デプロイ済みのスタックに設定されていません',
    noImage: 'イメージをリリースしません',
    leftOut: '--no-migration により省略します',
    migratedAlready: ({ imageTag }) => `${imageTag} は稼働中で、マイグレーションも済んでいます`,
  },

  notChecked: ({ reason }) => `確認できませんでした: ${reason}`,
  noTag:
    'リリースするタグがありません。--app <tag>、--batch <tag>、--image <パラメータ>=<tag> のいずれかを指定してください。',
  noMigrationToRun: ({ environmentName }) =>
    `実行するマイグレーションがありません。--migration には --app <tag> と、lib/config/${environmentName}.ts の webService.migration が必要です。`,
  migrationNotDeployed: ({ environmentName, stackName }) =>
    `lib/config/${environmentName}.ts の webService.migration が、${stackName} にまだデプロイされていません。` +
    `先に必要なこと: npx cdk deploy ${stackName}。マイグレーションなしでリリースするには --no-migration を付けてください。`,

  settings: {
    missing: '未登録のシークレット設定があります:',
    changedByHand: ({ environmentName, command }) =>
      `${environmentName} のシークレット設定は手動で変更されており、値を読まなければ、どれが登録済みか分かりません。` +
      `値を読んで記録するコマンド: ${command}`,
  },

  images: {
    pushedAgain: ({ imageTag }) =>
      `${imageTag} は同じタグで再びプッシュされ、稼働中またはマイグレーション済みのイメージではなくなっています。新しいタグでプッシュしてください。`,
    pushedBefore: ({ imageTag, pushed, deployedTag }) =>
      `${imageTag} は ${pushed} にプッシュされたもので、稼働中の ${deployedTag} より前のものか、${deployedTag} がもうレジストリにありません。` +
      '以前に稼働していたイメージなら --no-migration、一度も稼働していないイメージなら --migration を付けてください。',
    registryNotAsked: ({ repositoryName, reason }) =>
      `レジストリ ${repositoryName} に問い合わせられませんでした: ${reason}`,
    deployRights: 'GitHubから実行している場合: npx cdk deploy ProoflinkDelivery',
    noRegistry: ({ repositoryName }) =>
      `レジストリ ${repositoryName} がありません。先にスタックをデプロイし(npx cdk deploy)、イメージをプッシュしてください。`,
    noImage: ({ repositoryName, imageTag }) =>
      `${repositoryName} に ${imageTag} がありません。イメージがまだ一つもプッシュされていません。`,
    noTag: ({ repositoryName, imageTag }) => `${repositoryName} に ${imageTag} がありません。あるタグ(新しい順):`,
    pushed: ({ time }) => `${time} にプッシュ`,
    olderTags: ({ count }) => `ほかに古いものが${count}個`,
    otherPlatform: ({ image, platforms, platform }) =>
      `${image} は ${platforms.join('、')} 向けですが、デプロイ済みのタスクには ${platform} が必要です(cpuArchitecture)。\n` +
      `"docker build --platform ${platform}" でビルドし、新しいタグでプッシュしてください。`,
  },

  scan: {
    is: ({ imageName, status }) => `${imageName} のスキャンは ${status} です`,
    findings: '結果',
    takesTooLong: ({ imageName, status, minutes }) =>
      `${imageName} のスキャンが、${minutes}分たっても ${status} のままです。終わってから、もう一度リリースしてください。`,
    refused: ({ imageName }) => `${imageName} には、imageRegistry.refuse により拒否される脆弱性があります:`,
    advice:
      '新しいベースイメージでビルドし直すか、期限を付けて受け入れてください: docs/delivery.ja.md の「拒否されるイメージ」。',
    indexNotScanned: ({ imageName }) =>
      `${imageName} はスキャンされていません。イメージのインデックスは、ECRのスキャン対象外です。` +
      '--provenance=false を付けてビルドし、新しいタグでプッシュしてください。',
    notScanned: ({ imageName, reason }) =>
      `${imageName} はスキャンされておらず(${reason || 'imageRegistry.scanOnPush のデプロイより前にプッシュ'})、脆弱性の有無が分かりません。` +
      '対処: docs/delivery.ja.md の「拒否されるイメージ」。',
  },

  emptyTag: ({ option }) =>
    `${option} が空です(シェルの変数が未設定だと空になります)。タグを指定するか、${option} を省いてください。` +
    '省くと、デプロイ済みのイメージのままになります。',
  noImport: ({ environmentName }) =>
    `${environmentName} にはユーザーインポートがありません。--batch を省くか、先にデプロイしてください(lib/config の userImport)。`,

  unknownParameter: ({ parameter, parameters }) =>
    `--image には <パラメータ>=<tag> を指定してください。デプロイ済みのスタックに、タグが ${parameter} の追加レジストリはありません。` +
    `あるもの: ${parameters.join('、') || 'なし'}。新しいレジストリは先にデプロイしてください。`,

  furtherServices: {
    rest: 'ほかのサービス',
    counts: ({ serviceName, runningCount, desiredCount }) =>
      `${serviceName}: タスク${desiredCount}個のうち${runningCount}個が実行中`,
  },

  interrupted: ({ signal }) => `中断されました(${signal})。`,
  timeOver: ({ minutes }) => `${minutes}分が過ぎたので、ジョブのセッションが切れる前に終了します。`,

  goesOn: {
    nothing: '何も変更していません。',
    deployment: 'デプロイが始まっていれば、CloudFormationが処理を続けます。',
    startOfMigration: ({ imageTag, listCommand }) =>
      `${imageTag} のマイグレーションが始まっている可能性があります。そのタスクがあるかどうか:\n  ${listCommand}`,
    migration: ({ taskId, tailCommand, stopCommand }) =>
      `途中で止めるとかえって危険なので、マイグレーション(タスク ${taskId})はそのまま続きます。ログ:\n` +
      `  ${tailCommand}\n` +
      '制限時間が過ぎると、ECSが停止します。すぐに停止するには:\n' +
      `  ${stopCommand}\n` +
      '終わったら、もう一度リリースしてください。済んだマイグレーションが二度実行されることはありません。',
    migrated: ({ imageTag }) =>
      `${imageTag} のマイグレーションは終了コード 0 で終わり、取り消されません。${imageTag} はデプロイされていません。もう一度リリースしてください。`,
    rollout: 'デプロイは終わっており、ECSがタスクの入れ替えを続けます。',
  },
  signInAgain: ({ signIn }) => `AWSが認証情報を拒否する場合: ${signIn}`,

  doesNotServe: ({ imageTag, reason }) => `${imageTag} は稼働していません: ${reason}`,
  notDeployed: ({ reason }) => `デプロイされていません: ${reason}`,
  servingUnknown: ({ reason }) => `稼働中のバージョンを問い合わせられませんでした: ${reason}`,

  migrationFailed: ({ failure }) => `マイグレーション: ${failure}。`,
  overtaken: ({ deployedTag }) =>
    `その間に、別のリリースが ${deployedTag || 'イメージなしの状態'} をデプロイしました。`,
  updateRefused: ({ reason }) => `CloudFormationが更新を拒否しました: ${reason}`,
  deploymentFailed: ({ failures }) => `デプロイが失敗しました。${failures}`,
  stackStuck: ({ status, failures, remedy }) => `デプロイが失敗し、スタックは ${status} です。${failures}\n${remedy}`,

  deploymentUnderway: ({ stackName, status }) =>
    `${stackName} は ${status} です。そのデプロイが終わるまで待ってください。`,
  databaseNotAvailable: ({ name, status, remedy }) =>
    `データベース ${name} は ${status} なので、Webタスクは正常になりません。先に必要なこと: ${remedy}`,
  neverDeployed: ({ stackName, status }) =>
    `${stackName} は一度もデプロイされておらず(${status})、リリースで変わるのはイメージのタグだけです。先に必要なこと: npx cdk deploy ${stackName}`,
  updatedAlready: 'スタックには、すでにこれらのタグが設定されています。',
  stackEvent: ({ resource, status, reason }) =>
    `  CloudFormation: ${resource} は ${status} です${reason && `: ${reason}`}`,
  stackIs: ({ stackName, status }) => `${stackName} は ${status} です`,
  endOfDeployment: 'そのデプロイの完了',
  updateTaken: 'CloudFormationが更新を受け付けました',
  stackStillBusy: ({ stackName, status, minutes }) =>
    `${minutes}分たっても ${stackName} は ${status} のままです。終わったら、もう一度リリースしてください。`,
  noDeploymentTaken: ({ stackName, status, remedy }) =>
    `${stackName} は ${status} で、デプロイを受け付けません。\n${remedy}`,

  migrationRuns: ({ migration, stopCommand }) =>
    `${migration}。終わるまで待ってください。続けてはならない場合は、次のコマンドで停止できますが、途中の状態が残ることがあります:\n` +
    `  ${stopCommand}`,
  startedTask: ({ taskId }) => `タスク ${taskId}`,
  notStartedYet: ({ reason }) => `ECSがタスクを開始しないので、要求を繰り返します: ${reason}`,
  startOfTask: '開始',
  endOfTask: '終了',
  notStarted: ({ reason }) => `開始できませんでした(${reason})`,
  gaveWay: ({ migration }) => `先に始まったマイグレーションがあるため停止しました(${migration})`,
  whatToDo: '対処方法: docs/runbook.ja.md の「マイグレーションが失敗したとき」',
  neverStarted: ({ minutes }) => `${minutes}分以内に開始しなかったため停止しました`,
  logUnreadable: ({ reason }) => `マイグレーションのログを読み取れませんでした: ${reason}`,
  taskUnknown: ({ taskArn }) => `ECSにタスク ${taskArn} がありません。`,
  migrated: 'マイグレーションは終了コード 0 で終わりました。',
  migratedAndStays: 'マイグレーションは終了コード 0 で終わり、取り消されません。',

  stoppedTasks: '停止したタスク(新しい順):',
  stoppedTask: ({ taskId, imageTag, reason }) => `  ${taskId}(${imageTag}): ${reason}`,
  lastLines: 'ログの最後の行:',
  stoppedTasksUnknown: ({ reason }) => `停止したタスクを問い合わせられませんでした: ${reason}`,
  ecsSays: ({ message }) => `  ECS: ${message}`,
  rollBackNow: ({ stoppedCount, minutes, command }) =>
    `デプロイは${minutes}分間続いており、タスクが${stoppedCount}個停止しました。すぐにロールバックするには:\n  ${command}`,

  serving: {
    noTagYet: 'イメージのタグがまだないので、待つタスクはありません。',
    asleep: ({ imageTag }) => `稼働時間外のため停止しています。稼働時間になると ${imageTag} が起動します。`,
    nothing: ({ counts }) => `稼働中のバージョンはありません(${counts})。`,
    serves: ({ imageTags, url, counts }) => `${imageTags.join('、')} が稼働中です: ${url} (${counts})`,
    targets: 'ターゲット:',
    events: 'ECSのイベント(新しい順):',
  },

  notHealthyInTime: ({ minutes }) => `${minutes}分たっても正常になりません。`,
  servingOvertaken: ({ tag, wantedTag }) =>
    `スタックのタグは ${tag} ではなく ${wantedTag || 'なし'} になっています。別のリリースが後からデプロイしました。`,

  restart: {
    headlines: {
      0: ({ environmentName }) => `${environmentName} を再起動しました。`,
      1: ({ environmentName }) => `${environmentName} では、新しいタスクが稼働していません。`,
      3: ({ environmentName }) => `${environmentName} の再起動を始めましたが、結果が分かりません:`,
    },
    steps: {
      check: ({ environmentName }) => `1/3 ${environmentName} の確認`,
      restart: ({ tag }) => `2/3 ${tag} の再起動`,
      wait: '3/3 稼働するまで待機',
    },
    noImage: ({ environmentName }) =>
      `${environmentName} にはイメージのタグがまだなく、再起動するWebタスクがありません。先に必要なこと: ` +
      `npm run prooflink -- release ${environmentName} --app <tag>`,
    noTask: ({ serviceName, command }) =>
      `${serviceName} のタスクの必要数は0なので、再起動するタスクがありません。次に起動するタスクは、現在のシークレットを読みます。` +
      `起動するには: ${command}`,
    goesOn: '再起動が始まっていれば、ECSが処理を続けます。新しいタスクが正常になるまで、古いタスクが応答します。',
    asleep: '稼働時間の終わりなどのため、その間に停止しました。次に起動するのは新しいタスクです。',
    overtaken:
      'その間に、Webサービスの別のデプロイが始まりました。ECSがロールバックしたか、別の人がデプロイしています。',
  },
};
