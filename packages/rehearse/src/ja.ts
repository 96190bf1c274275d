import type { en } from './words';

/** Sentences of `rehearse`, in Japanese. */
export const ja: typeof en = {
  command: {
    summary: '専用のアカウントで、最初のデプロイをリハーサルします。',
    details:
      '専用のスタック ProoflinkRehearsal のデプロイ、リリース、インポート、比較、削除を、何もない状態から2回繰り返し、AWSで確認できたことと異なっていたことをレポートに書きます。失敗した段階は記録し、次の段階へ進みます。ほかのスタックには触れません。中断した後や、スタックを残した後にもう一度実行すると、前回の続きから始めます。',
    exitCodes: {
      0: '完了。異なっていたことはない',
      1: '失敗した段階か、異なっていたことがある。内容はレポートに記載',
      2: '拒否。何も変更していない',
      3: '開始済み。続行または削除が必要',
    },
    account: '12桁のアカウントID',
    until: '最後の段階。終わるとスタックを削除',
    keep: '次の実行や手作業のために、スタックを残す',
    destroy: '前回の実行で残ったものの削除だけを行う',
    yes: '確認せずに始める',
    report: 'レポートの出力先',
  },

  noEnvironment:
    'リハーサルできる環境がありません。リハーサルはデプロイしたものを削除しますが、lib/config のすべての環境で terminationProtection が有効です。' +
    '無効な環境を追加してください: docs/operating.ja.md の「環境を追加する」',
  notSynthesized: ({ output }) => `リハーサルのsynthに失敗しました:\n${output}`,

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
  noDocker:
    'イメージをビルドしてコピーするDocker(buildxを含む)が、このマシンにありません。インストールするか、' +
    'イメージを使わない範囲でリハーサルしてください: --until deploy',
  notAsked: '標準入力が端末ではないので、確認できません。始めるには --yes を付けてください。',
  declined: '何も変更していません。',

  plan: {
    account: ({ account, region, environmentName }) =>
      `${environmentName} を ProoflinkRehearsal として、アカウント ${account} の ${region} でリハーサルします。` +
      'ドメイン、ファイアウォール、アラーム、予算、スナップショット、削除の防止は使いません。' +
      `料金は ${environmentName} の1日分未満です: npm run prooflink -- cost ${environmentName}`,
    stages: ({ stages, minutes }) =>
      `段階: ${stages}。AWSで約${minutes}分かかります。途中でセッションが切れたら、認証し直して、もう一度実行してください。` +
      'スケジュールが23:50から0:30(日本時間)まで停止します。',
    destroys: '最後に、スタックを削除します。ほぼ無料で残るもの: docs/operating.ja.md の「削除」',
    keeps: '最後にスタックを残すので、料金がかかり続けます。',
    sample: 'Dockerでサンプルアプリケーションをビルドします。',
    onlyDestroys: ({ arn }) => `${arn} だけを削除します。`,
    question: '始めますか? [y/N] ',
  },

  stackIs: ({ stackName, status }) => `${stackName} は ${status} です`,
  endOfOperation: 'その処理の完了',
  newRole: ({ minutes }) => `作成したばかりのサービスリンクロールはすぐには有効にならないので、${minutes}分待ちます。`,

  skips: {
    noVersion: 'イメージをリリースしていない',
    noUserImport: '設定にユーザーインポートがない',
  },

  ended: ({ command, exitCode }) => `${command} が終了コード ${exitCode} で終わりました。`,

  rowsRefuted: ({ stage, rows }) => `${stage} で異なっていたこと: ${rows}`,
  stageFailed: ({ stage, message }) => `${stage} が失敗しました: ${message}`,
  rehearsed: 'リハーサルが終わりました。異なっていたことはありません。',
  rehearsedWithFindings:
    'できるところまでリハーサルしました。失敗したことと異なっていたことは、AWSの応答とともにレポートにあります。',
  nothingLeft: ({ stackName, account, region }) =>
    `${account} の ${region} に ${stackName} はありません。削除するものはありません。`,
  reportIn: ({ file }) => `レポート: ${file}`,
  interrupted: ({ signal }) => `中断されました(${signal})。`,
  leftRunning: ({ command, destroyCommand }) =>
    `始まった処理はAWSで続き、デプロイしたものには料金がかかります。続けるには: ${command}\n削除するには: ${destroyCommand}`,
};
