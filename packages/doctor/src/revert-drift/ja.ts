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
  question: '元に戻しますか? (y/N) ',
  notAsked: '確認は端末でのみ行います。確認なしで実行するには --yes を付けてください。',
  declined: '実行しないことが選ばれました。',
  nothingChanged: '何も変更していません。',
  emptyDatabase: ({ restoringChapter }) =>
    `空のデータベースが作成されます。先にデータを復元してください: ${restoringChapter}`,
  smallerStorage: ({ remedy }) =>
    `データベースのストレージが縮小されます。RDSはこれを拒否し、変更全体が失敗します。対処: ${remedy}`,
  emptySettings:
    '設定のシークレットが空のまま作成されます。Webタスクが起動しないため、全体がロールバックされます。' +
    'docs/operating.ja.md の「最初のシークレット設定」の手順で行い、その最初のデプロイに --revert-drift を付けてください。',
  lostPassword: ({ name }) =>
    'マスターシークレットが失われています。CloudFormationは新しいパスワードの設定前にそれを読むため、全体がロールバックされます。' +
    `Webタスクは DATABASE_URL で動き続けます。同じ名前 ${name} のシークレットを、ユーザー postgres の username と、` +
    'DATABASE_URL の password を持つJSONで作成し、このコマンドをもう一度実行し、再起動してから、そのシークレットを削除してください。',
  goesOn: ({ stackName }) =>
    `CloudFormationの処理は続いており、結果は ${stackName} で確認できます。Webタスクの必要数は、テンプレートの値になっている可能性があります。`,
  nothingToRevert: ({ stackName }) => `${stackName} は、CloudFormationが比較する範囲では、デプロイ時の状態のままです。`,
  reverted: ({ stackName }) =>
    `${stackName} を、CloudFormationが比較する範囲で、デプロイ時の状態に戻しました。Webタスクの必要数は変わりません。`,
  failed: ({ stackName, status, failures }) =>
    [`${stackName} を元に戻せませんでした(${status}):`, ...failures].join('\n'),
  skipped: 'CloudFormationが比較しないため戻らないものと、それを戻すコマンド:',
  nothingCompares: ({ types }) => `比較する手段がないもの: ${types.join(', ')}`,
};
