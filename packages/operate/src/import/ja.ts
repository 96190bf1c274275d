import type { en } from './words';

/** Sentences of `import`, in Japanese. Those on a file are for people in an office, who know it from Excel. */
export const ja: typeof en = {
  notImportable: ({ path, reason }) => `${path} をインポートできません: ${reason}`,
  unreadableFile: ({ reason }) => `ファイルを読み取れません(${reason})。`,
  csv: {
    notFound: 'ファイルがありません。',
    otherName: 'ファイル名の末尾が .csv ではありません。',
    invisibleCharacter: 'ファイル名に、目に見えない文字が含まれています。名前を変更してください。',
    otherEncoding:
      '文字コードがUTF-8ではないか、テキストではありません。Excelでは、ファイルの種類に「CSV UTF-8」を選んで保存してください。',
    crAlone: '改行コードがCRだけになっています。LFまたはCRLFで保存してください。',
    noUsers: '列名の行の下に、ユーザーの行がありません。',
    noHeader: ({ excerpt }) =>
      `1行目には、すべての列の名前を1回ずつ、カンマで区切って書く必要があります。現在の1行目: ${excerpt}`,
    fieldCount: ({ row, fieldCount, columnCount }) =>
      `${row}行目には項目が${fieldCount}個ありますが、1行目の列名は${columnCount}個です。`,
    strayQuote: ({ row }) =>
      `${row}行目に、項目の中にあるか、閉じられていないダブルクォーテーション(")があります。その項目をダブルクォーテーションで囲み、` +
      '中のものは2個続けて書いてください(例: "山田 ""タロー"" 太郎")。',
    otherFault: ({ row, code }) => `${row}行目がCSVの形式ではありません(${code})。`,
  },

  file: ({ path, rowCount, byteCount, fileUrl }) =>
    `${path}: 列名の行を除いて${rowCount.toLocaleString('ja')}行、${byteCount.toLocaleString('ja')}バイト。アップロード先:\n${fileUrl}`,
  steps: {
    checkDatabase: 'データベースの稼働の確認',
    upload: 'ファイルのアップロード',
    uploading: ({ percent }) => `ファイルのアップロード: ${percent}%`,
    submit: 'ジョブの投入',
    submitted: ({ jobId }) => `ジョブの投入: ${jobId}`,
  },
  startOfJob: 'ジョブの開始',
  endOfJob: '終了',

  imported: 'インポートしました。',
  notImported: ({ exitCode, logCommand }) => {
    const detail = exitCode === undefined ? '' : `(終了コード ${exitCode})`;
    const log = logCommand === undefined ? 'ジョブが開始されていないので、ログはありません。' : `ログ: ${logCommand}`;
    return `インポートできませんでした${detail}。${log}`;
  },
  moreMemory: ({ environmentName }) =>
    '強制終了されました。多くの場合はメモリ不足が原因です。' +
    `lib/config/${environmentName}.ts の userImport.size.memory を増やし、デプロイしてください。`,
  noLocalImage:
    'ローカルAWSでは、npm run deploy:local -- --job <folder> のフォルダーがインポートのイメージになります。',
  notFollowed: ({ reason, followCommand }) =>
    `ジョブの経過を確認できません: ${reason}\nジョブは続いている可能性があります。経過を見るには: ${followCommand}`,

  left: ({ followCommand, stopCommand }) =>
    `ジョブはこのまま続きます。経過を見るには:\n\n  ${followCommand}\n\n中止するには:\n\n  ${stopCommand}`,
  nothingBegan: ({ fileUrl }) =>
    `ジョブは始まっていません。ファイルがアップロード済みでも、読み取られることはありません: ${fileUrl}`,
  waitingForBatch: 'ジョブが始まっている可能性があるので、AWS Batchの応答を待ちます。',

  notConfigured: ({ environmentName }) =>
    `${environmentName} にユーザーインポートはありません(lib/config/${environmentName}.ts の userImport)。`,
  databaseNotAvailable: ({ status, remedy }) =>
    `データベースが ${status} なので、ジョブは接続できません。先に必要なこと: ${remedy}`,
  notBegun: ({ reason }) => `インポートは始まっていません: ${reason}`,
  unknownJob: ({ jobName, reason, listCommand }) =>
    `ジョブが始まったかどうか分かりません: ${reason}\n` +
    `もう一度始める前に、ジョブ ${jobName} があるか確認してください:\n\n  ${listCommand}`,
  run: {
    notConfigured: ({ environmentName, name, names }) =>
      `${environmentName} にジョブ ${name} はありません。あるもの: ${names.join(', ') || 'なし'}(lib/config/${environmentName}.ts の jobs)。`,
    noImage: ({ environmentName }) =>
      `${environmentName} には、ジョブが使うWebイメージがまだありません。先に必要なこと: npm run prooflink -- release ${environmentName} --app <tag>`,
  },
  forgottenJob: ({ jobId }) => `AWS Batchにジョブ ${jobId} がありません(終了の1週間後に消えます)。`,
  otherJob: ({ jobId, definition, importDefinition, region }) =>
    `ジョブ ${jobId} のジョブ定義は ${definition} で、インポートの ${importDefinition} ではありません。` +
    `ジョブの状態: aws batch describe-jobs --jobs ${jobId} --region ${region}`,
};
