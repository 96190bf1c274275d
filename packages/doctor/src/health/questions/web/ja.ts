import type { en, TaskFailures, WebCounts } from './words';

/** Sentences of the questions on the web service, in Japanese. */
export const ja: typeof en = {
  https: {
    statement: '利用者の通信がHTTPSである',
    plainHttp: ({ environmentName }) =>
      `${environmentName} の通信は暗号化されないHTTPのため、通信経路でパスワードを読み取られるおそれがあります。`,
    chooseDomain: ({ environmentName }) =>
      `lib/config/${environmentName}.ts の loadBalancer.domain に、このアカウントのホストゾーンのドメイン名を設定してください`,
  },

  delegation: {
    statement: 'ドメインのホストゾーンがインターネットから参照されている',
    otherZone: ({ publicServers, zoneName, zoneId }) =>
      `インターネットでの ${zoneName} のネームサーバー(${publicServers.join('、') || 'なし'})が、` +
      `ホストゾーン ${zoneId} のものではありません。`,
    delegate: ({ zoneServers, environmentName }) =>
      `レジストラで、ネームサーバーを ${zoneServers.join('、')} にしてください。別のホストゾーンを使う場合は、` +
      `lib/config/${environmentName}.ts の loadBalancer.domain.hostedZoneId を変えてください`,
  },

  alias: {
    statement: 'ドメインがロードバランサーを指している',
    leadsElsewhere: ({ domainName, target, loadBalancer }) =>
      `${domainName} がロードバランサー ${loadBalancer} を指していません(現在の値: ${target || 'IPアドレス'})。`,
    isCname: ({ domainName, loadBalancer }) =>
      `${domainName} はエイリアスではなく、手動で作成されたCNAMEレコードです。${loadBalancer} を指しており、機能しています。`,
    noRecord: ({ domainName, loadBalancer }) =>
      `Aレコード ${domainName} がありません。ロードバランサーは ${loadBalancer} です。`,
  },

  certificate: {
    statement: '証明書が発行済みである',
    renewalStatement: 'ACMが証明書を更新する',
    renews: ({ domainName, endDate }) => `${domainName} の証明書の有効期限は ${endDate} で、その前にACMが更新します。`,
    notUsable: ({ domainName, status }) => `${domainName} の証明書は ${status} です。`,
    lateRenewal: ({ domainName, endDate }) =>
      `${domainName} の証明書の有効期限は ${endDate} です。ACMは通常、数週間前に更新しますが、まだ更新していません。`,
    noValidationRecord: ({ recordName }) =>
      `レコード ${recordName} がACMの求める内容と異なるため、証明書は更新されません。`,
    notRenewed: ({ domainName, status, reason }) =>
      `${domainName} の証明書の更新は ${status} です(${reason ?? '理由の記載なし'})。`,
    addRecord: ({ recordName, value }) =>
      `インターネットから参照されているホストゾーンに、CNAMEレコード ${recordName}(値 ${value})を追加してください。` +
      'ACMがこのレコードを確認します',
  },

  entrance: {
    statement: '利用者がロードバランサーに接続できる',
    traffic: ({ port, range }) => `${range} からポート${port}への通信`,
    closed: ({ securityGroups, traffic }) =>
      `ロードバランサーのセキュリティグループ ${securityGroups} が、次の通信を許可していません: ${traffic}`,
  },

  wayToTasks: {
    statement: 'ロードバランサーからWebタスクに接続できる',
    blocked: ({ blockage }) => `${blockage}。`,
  },

  arrival: {
    statement: '利用者がアクセスできる。ドメインがあればHTTPSで',
    answers: ({ url }) => `${url} が 200 を返しました。画面はブラウザーで確認してください。`,
    otherStatus: ({ url, status }) => `${url} が ${status} を返しました。`,
    lostRequest: ({ url }) =>
      `${url} は最初に502、二回目に200を返しました。アプリケーションが、アイドル接続をロードバランサーより先に閉じています。`,
    blockedByFirewall: ({ url }) =>
      `${url} への 403 は、アプリケーションではなくロードバランサーの応答です。ファイアウォールがこのリクエストを遮断しました。`,
    readFirewallLog: ({ tailCommand }) =>
      `遮断したルール(terminatingRuleId)の確認: ${tailCommand}\nルールが誤っている場合の対処: docs/firewall.ja.md`,
    originUnreachable: ({ url, status }) =>
      `${url} は ${status} を返しました。ロードバランサーではなく、CloudFrontが返しています。CloudFrontがロードバランサーに接続できません。`,
    unreachable: ({ url, reason }) => `この端末から ${url} に接続できません: ${reason}`,
    admitsOthers: ({ url, reason, ranges }) =>
      `この端末から ${url} に接続できません: ${reason}。許可されている接続元(${ranges.join('、')})から試してください。`,
  },

  signIn: {
    statement: 'Auth.jsを使うアプリケーションなら、Auth.jsが応答する',
    fails: ({ url, line }) => `${url} の応答は 500 です。誰もサインインできません。${line}`,
  },

  lostRequests: {
    statement: 'ロードバランサーとタスクの間で失われたリクエストがない',
    lost: ({ lostCount }) =>
      `この1日に、ロードバランサーが${lostCount}件のリクエストに 502 を返しました。アプリケーションの応答ではありません。` +
      'その時にタスクが停止していなければ、アプリケーションがロードバランサーより先にアイドル接続を閉じています。',
    keepConnections:
      'アプリケーションのサーバーが KEEP_ALIVE_TIMEOUT を読むようにしてください: docs/application.ja.md のアイドル接続の説明',
  },

  taskCount: {
    statement: '稼働時間内に、Webタスクの必要数が設定されている',
    fewer: ({ serviceName, desiredCount, minimum }) =>
      `${serviceName} のWebタスクの必要数は${desiredCount}で、lib/config の${minimum}より少なくなっています。`,
  },

  health: {
    statement: 'ProofLinkのイメージが起動し、正常になる',
    complete: (counts) => `${webCounts(counts)}。`,
    deploymentUnderway: (counts) =>
      `デプロイの実行中です。終わってから、もう一度確認してください。現在の状態: ${webCounts(counts)}。`,
    noTaskListed: (counts) => `${webCounts(counts)}。ただしECSのタスクの一覧は空で、実際には何も実行されていません。`,
    deploymentFails: ({ imageTag, reason, servingTags }) =>
      `${imageTag} のデプロイが失敗しています: ${reason}。ほかに稼働中のバージョン: ${servingTags.join('、') || 'なし'}。`,
    otherVersion: ({ tagOfStack, imageTag }) =>
      `スタックのタグは ${tagOfStack} ですが、実行中のバージョンは ${imageTag} です。`,
    fewerTasks: ({ runningCount, desiredCount }) =>
      `Webタスクの必要数は${desiredCount}ですが、実行中は${runningCount}個です。`,
    tasksEndAgain: (failures) => `Webタスクの停止が繰り返されています。${taskFailures(failures)}。`,
    tasksEnded: ({ failureCount, time, reason, ...counts }) =>
      `${webCounts(counts)}。その前に停止したタスクがあります。${taskFailures({ failureCount, time, reason })}。`,
    lastLines: ({ lines }) => ['タスクのログの最後の行:', ...lines].join('\n  '),
    noTargetHealthy: ({ serviceName }) => `${serviceName} に正常なターゲットがありません。`,
    targetsUnhealthy: ({ unhealthyCount, targetCount }) =>
      `ターゲット${targetCount}個のうち${unhealthyCount}個が正常ではありません。`,
    faultWithReasons: ({ fault, reasons }) =>
      reasons.length === 0 ? fault : `${fault}AWSが示す理由: ${reasons.join(' / ')}`,
    ecsSays: ({ event }) => `ECSのイベント「${event}」`,
  },

  advice: {
    wait: 'ECSが自動で再試行するので、待ってください',
    freeAddresses: ({ subnetsCommand }) =>
      `サブネットに空きアドレスがありません。サブネットごとの空きの数: ${subnetsCommand}\n` +
      'その後の対処: docs/runbook.ja.md の「空きアドレスがないとき」',
    linkedRole: ({ roleCommand, restartCommand }) =>
      `ECSのロールの確認: ${roleCommand}\n存在しない場合は、次のコマンドで作成し、再起動してください\n` +
      `npm run prooflink -- prepare\n${restartCommand}\n詳細: docs/runbook.ja.md の「サービスにリンクされたロールがないとき」`,
    diskSpace: ({ sizeCommand }) =>
      'イメージを小さくするか、アプリケーションが書き込むファイルを減らしてください。合わせて 20 GiB までです。' +
      `圧縮されたイメージの大きさ: ${sizeCommand}`,
    connections: ({ metricCommand }) =>
      'タスクごとの接続数(アプリケーションのプール)を減らすか、database.instanceType を大きくしてください。' +
      `データベースが上限に達していれば、接続数は一定のままです: ${metricCommand}`,
    restart: ({ restartCommand }) =>
      `この理由が示すものを直してください。一時的なものだった場合は不要です。その後に: ${restartCommand}`,
    mustAnswer: ({ path, logCommand }) =>
      `アプリケーションを修正してください。GET ${path} に 200 を返す必要があります。ログ: ${logCommand}`,
    mustListen: ({ port, logCommand }) =>
      `アプリケーションを修正してください。0.0.0.0 のポート${port}で待ち受ける必要があります。ログ: ${logCommand}`,
    answersLate: ({ metricCommand, logCommand }) =>
      'アプリケーションは以前は応答していたので、データベースが遅い可能性が高いです。CPUが100%に近ければそれが原因です: ' +
      `${metricCommand}\nそうでなければ、アプリケーションが何を待っているかを確認してください。ログ: ${logCommand}`,
    readLog: ({ logCommand }) => `アプリケーションのログを確認してください: ${logCommand}`,
    databaseFirst: ({ remedy }) => `先にデータベースへの対処が必要です: ${remedy}`,
  },

  moreMemory: ({ environmentName, field }) =>
    `lib/config/${environmentName}.ts の ${field} を増やし、デプロイしてください`,

  migration: {
    statement: '稼働中のバージョンがマイグレーション済みである',
    isOlder: ({ servingTag, migratedTag }) =>
      `${servingTag} は ${migratedTag} より前のバージョンです。データベースには ${migratedTag} のマイグレーションが残っています。`,
    notKnown: ({ servingTag, migratedTag }) =>
      `${servingTag} がマイグレーション済みかどうか分かりません。リリースが最後に実行したマイグレーション: ${migratedTag || 'なし'}`,
    notListed: ({ startedTag }) =>
      `ECSのタスクの一覧に、${startedTag} のマイグレーションがありません。始まらなかったか、終わってから1時間以上たっています。`,
    failed: ({ startedTag, failure }) => `${startedTag} のマイグレーションは${failure}。`,
    notDeployed: ({ startedTag }) =>
      `${startedTag} のマイグレーションは終了コード 0 で終わり、取り消されませんが、${startedTag} はデプロイされていません。`,
    repairedVersion: ({ startedTag }) =>
      `${startedTag} が起動しなかった場合は、修正したバージョンを新しいタグでリリースしてください。稼働中のバージョンのままでよければ、対処は不要です。`,
    runs: ({ migration }) => `${migration}。`,
    isOverdue: ({ migration, minutes }) => `${migration}。制限時間の${minutes}分を過ぎても停止していません。`,
    wait: ({ stopCommand }) => `終わるまで待ってください。すぐに停止するには: ${stopCommand}`,
    failureChapter: 'docs/runbook.ja.md の「マイグレーションが失敗したとき」',
  },
};

function taskFailures({ failureCount, time, reason }: TaskFailures): string {
  return `この1時間に${failureCount}個のタスクが停止し、最後の停止は ${time} です(${reason})`;
}

function webCounts(counts: WebCounts): string {
  const { imageTag, taskDefinition, runningCount, desiredCount, healthyCount, targetCount } = counts;
  const tasks = `タスク ${runningCount}/${desiredCount} が実行中`;
  const targets = `ターゲット ${healthyCount}/${targetCount} が正常`;
  return `${imageTag}(${taskDefinition}): ${tasks}、${targets}`;
}
