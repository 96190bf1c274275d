import type { en } from './words';

/** Sentences of `revert-drift`, in Japanese. */
export const ja: typeof en = {
  compare: ({ stackName }) =>
    `CloudFormationが ${stackName} のリソースを一つずつデプロイ済みのテンプレートと比較しています`,
  changeSet: '変更セット',
  noChangeSet: ({ reason }) => `CloudFormationは変更セットを作成できませんでした: ${reason}`,
  plan: ({ stackName }) => `${stackName} で、デプロイ済みのテンプレートの状態に戻すもの:`,
  created: ({ resource }) => `  ${resource}: 再作成`,
  changed: ({ resource, properties }) => `  ${resource}: ${properties.join('、')}`,
  replaced: ({ resource, properties }) => `  ${resource}: 新しいものに置き換え(${properties.join('、')})`,
  mayBeReplaced: ({ resource, properties }) =>
    `  ${resource}: ${properties.join('、')}(新しいものに置き換えられる場合があります)`,
  effects: {
    closesConnections: '手動で開いた通信経路は、接続ごと閉じられます。',
    deletesBackups: 'RDSが、保持期間より古い自動バックアップを削除します。0日の場合はすべて削除します。',
    deletesFiles: 'S3が、ルールで期限切れになったファイルを削除します。',
    deletesImages: 'ECRが、ルールで期限切れになったイメージを削除します。',
    deletesLogLines: 'CloudWatchが、保持期間より古いログを削除します。',
    interruptsDatabase: 'データベースが、長くて数分間、中断します。',
    movesRequests: 'リクエストは、すぐにテンプレートの経路を通ります。',
    newAddress: '新しいアドレスになります。スタック外のDNSレコードは古いアドレスを指したままです。',
    refusesRequests: '手動で許可されたリクエストは拒否されます。',
    replacesTasks: 'ECSがWebタスクを入れ替えます。新しいタスクが正常になるまで、古いタスクが処理を続けます。',
    setsTaskCount: 'ECSがWebタスクを起動または停止します。',
    signsUsersOut: '新しい値になり、全ユーザーがサインアウトされます。',
    startsEmpty: '空の状態です。',
  },
  falseChanges: ({ resources, issues }) =>
    `CloudFormationは次のものも挙げますが、実際の差異はありません(cloudformation-coverage-roadmap ${issues.join('、')}): ` +
    resources.join('、'),
  changedMeanwhile: 'その間に、ほかの変更がありました。',
  question: '元に戻しますか? (y/N) ',
  notAsked: '確認は端末でのみ行います。確認なしで実行するには --yes を付けてください。',
  declined: '実行しないことが選ばれました。',
  nothingChanged: '何も変更していません。',
  changeSetStays: ({ reason, command }) =>
    `変更セットが残っています: ${reason}\n削除するには、1分ほど待ってから実行してください: ${command}`,
  emptyDatabase: ({ restoringChapter }) =>
    `空のデータベースが作成されます。先にデータを復元してください: ${restoringChapter}`,
  smallerStorage: ({ remedy }) =>
    `データベースのストレージが縮小されます。RDSはこれを拒否し、変更全体が失敗します。対処: ${remedy}`,
  emptySettings:
    '設定のシークレットが空のまま作成されます。Webタスクが起動しないため、全体がロールバックされます。' +
    'docs/operating.ja.md の「最初のシークレット設定」の手順で行い、その最初のデプロイに --revert-drift を付けてください。',
  changedSecrets: ({ changes }) =>
    [
      '次のシークレットを変更することになりますが、CloudFormationが値を生成し直すかどうかをAWSは説明していません。' +
        'Secrets Managerで元に戻してください:',
      ...changes,
    ].join('\n'),
  notChosen: ({ paths, chosen }) =>
    `--only ${chosen.join(' --only ')} 以外も変更することになります。CloudFormationは変更セットの一部だけを実行できません: ` +
    `${paths.join('、')}。lib/config に書いて残すか、各サービスで元に戻すか、--only に加えてください。`,
  overtaken: 'その間に、ほかの人がスタックを変更しました。',
  lost: 'CloudFormationから応答がなく、処理は始まっていません。もう一度実行してください。',
  lostPassword: ({ name }) =>
    'マスターシークレットが失われています。CloudFormationは新しいパスワードの設定前にそれを読むため、全体がロールバックされます。' +
    `Webタスクは DATABASE_URL で動き続けます。同じ名前 ${name} のシークレットを、ユーザー postgres の username と、` +
    'DATABASE_URL の password を持つJSONで作成し、このコマンドをもう一度実行し、再起動してから、そのシークレットを削除してください。',
  goesOn: ({ stackName }) => `始まっていれば、CloudFormationの処理は続いており、結果は ${stackName} で確認できます。`,
  nothingToRevert: ({ stackName }) => `${stackName} は、CloudFormationが比較する範囲では、デプロイ時の状態のままです。`,
  reverted: ({ stackName }) => `${stackName} を、CloudFormationが比較する範囲で、デプロイ時の状態に戻しました。`,
  failed: ({ stackName, status, failures }) =>
    [`${stackName} を元に戻せませんでした(${status}):`, ...failures].join('\n'),
  skipped: 'CloudFormationが比較しないため戻らないものと、それを戻すコマンド:',
  nothingCompares: ({ types }) => `比較する手段がないもの: ${types.join(', ')}`,
};
