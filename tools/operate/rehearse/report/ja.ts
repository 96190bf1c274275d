import type { en } from './en';

/** Sentences of a rehearsal's report, in Japanese. Its cells are as short as those of docs/first-deploy.ja.md. */
export const ja: typeof en = {
  title: ({ date }) => `# ${date} のリハーサル`,
  mask:
    'アカウントID、IPアドレス、メールアドレス、セッションとユーザーの名前は伏せてあります。' +
    'イメージとロールの名前は伏せていないので、送る前に確認してください。',
  masks: {
    account: '(アカウントID)',
    address: '(IPアドレス)',
    mail: '(メールアドレス)',
    session: '(セッション)',
    user: '(ユーザー)',
  },

  commit: 'リポジトリ',
  cdkCli: 'CDK CLI',
  node: 'Node',
  region: 'リージョン',
  rehearsal: 'リハーサル',
  rows: 'docs/first-deploy.ja.md の行',
  localRegion: ({ region }) => `${region}(AWSではなくローカルAWS)`,
  changedCommit: ({ commit }) => `${commit}(変更されたファイルあり)`,
  unknownCommit: '不明(gitリポジトリではない)',
  counts: ({ seen, refuted, notSeen }) => `確認できた: ${seen}、異なっていた: ${refuted}、確認できなかった: ${notSeen}`,

  notSeen: '## 確認できなかったこと',
  refuted: '## 異なっていたこと',
  seen: '## 確認できたこと',
  stages: '## 段階',
  durations: '## リソースの所要時間',

  row: 'ID',
  claim: '確認すること',
  because: '確認できなかった理由',
  stage: '段階',
  began: '開始(UTC)',
  duration: '所要時間',
  expected: '予想',
  exitCode: '終了コード',
  resourceType: 'タイプ',
  operation: '操作',
  count: '件数',
  longest: '最長',
  assumed: 'ローカルAWSの想定',

  none: 'なし',
  skipped: '省略',
  notEnded: '未完了',
  observed: ({ id, claim, stages }) => `- \`${id}\`: ${claim}(${stages.join('、')})`,
  advice: ({ advice }) => `対処: ${advice}`,
  link: ({ text, page }) => `${text}(${page})`,
  wordsOfStage: ({ stage }) => `${stage} でのAWSの応答と、AWSに問い合わせたコマンドの出力:`,
  shortOperations: ({ number, seconds }) =>
    `ほかの${number}件の操作は、ローカルAWSの想定と同じく、それぞれ${seconds}秒未満で終わりました。`,
  source:
    'スタックのイベントで、IN_PROGRESS から COMPLETE または FAILED までを測りました。' +
    '想定は packages/local-aws/server/cloudformation/pace.py の値で、測ったものではなく、決めたものです。' +
    '削除中の個々のリソースには想定がありません。',

  stagesDidNotRun: ({ stages }) =>
    stages.length === 1
      ? `段階 ${stages.join('')} を実行していない`
      : `段階 ${stages.join('、')} をどれも実行していない`,
  stageSkipped: ({ stage, skippedBecause }) => `段階 ${stage} を省略した(${skippedBecause})`,
  stageFailed: ({ stage, exitCode }) => `その前に、段階 ${stage} が終了コード ${exitCode} で終わった`,
  stageNotEnded: ({ stage }) => `段階 ${stage} が終わっていない(実行中か、中断された)`,
  needs: ({ needs }) => `必要なもの: ${needs}`,
  stageSawNothing: ({ stage }) => `段階 ${stage} で結果を得られなかった`,

  unknownRow: ({ stage, row }) =>
    `段階 ${stage} の結果に、docs/first-deploy.ja.md にない行 "${row}" があります。` +
    'このリポジトリの別のバージョンで始めたリハーサルなら、そのバージョンをチェックアウトして、もう一度実行してください。',
  unsafeId: ({ rehearsalId }) =>
    `スタックのタグ Rehearsal の値 "${rehearsalId}" は、リハーサルのIDではありません。使える文字は、英数字、"_"、"-" です。`,
  unreadableRecord: ({ path, line }) =>
    `${path} に、段階の記録ではない行があります。その行を削除して、もう一度実行してください: ${line.slice(0, 200)}`,

  seconds: ({ seconds }) => `${seconds}秒`,
  minutes: ({ minutes, seconds }) => `${minutes}分${seconds}秒`,
};
