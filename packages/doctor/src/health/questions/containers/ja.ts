import type { en } from './words';

/** Sentences of the questions on what containers need, in Japanese. */
export const ja: typeof en = {
  webTasks: 'Webタスク',
  importJobs: 'インポートジョブ',

  statements: {
    definition: ({ containers }) => `${containers}がスタックのリソースを使っている`,
    publicAddress: ({ containers }) => `${containers}にパブリックIPアドレスがある`,
    route: ({ containers }) => `${containers}からインターネットへのルートがある`,
    internetAccess: ({ containers }) => `${containers}からインターネットに接続できる`,
    image: ({ containers }) => `${containers}のイメージがある`,
    executionRole: ({ containers }) => `${containers}をロールの権限で開始できる`,
    secrets: ({ containers }) => `${containers}のシークレットに値がある`,
    logGroup: ({ containers }) => `${containers}のロググループがある`,
    wayToDatabase: ({ containers }) => `${containers}からデータベースに接続できる`,
    taskRole: ({ containers }) => `${containers}がバケットを使える`,
  },

  definition: {
    byHand: ({ containers, revision, revisionOfStack, differences }) =>
      `${containers}が、スタックの ${revisionOfStack} ではなく、手動で登録された ${revision} を使っています。` +
      `異なる点: ${differences.join('、')}。`,
    notSet: '未設定',
  },

  network: {
    noPublicAddress: ({ containers }) =>
      `${containers}にパブリックIPアドレスがないため、ECRにもSecrets Managerにも接続できません。`,
    noRoute: ({ containers, routeTableId, range }) =>
      `${routeTableId} に、${containers}に必要なルート(${range} からインターネットゲートウェイへ)がありません。`,
    deadRoute: ({ containers, routeTableId, range }) =>
      `${routeTableId} の ${range} の宛先で、${containers}に必要なインターネットゲートウェイがデタッチされています: ` +
      'docs/runbook.ja.md の「インターネットゲートウェイがデタッチされたとき」',
    notLetOut: ({ containers, securityGroups, range }) =>
      `${securityGroups} が、${containers}から ${range} への通信を許可していません。`,
    wayToDatabaseBlocked: ({ blockage }) => `${blockage}(connect ETIMEDOUT)。`,
  },

  image: {
    isGone: ({ containers, repositoryName, reference }) =>
      `${repositoryName} に、${containers}が使うイメージ ${reference} がありません。`,
    giveJob: 'インポートのフォルダーを指定して始め直す: npm run deploy:local -- --job <folder>',
    pushOrRelease: ({ releaseCommand, listCommand }) =>
      `そのイメージをプッシュするか、既存のタグをリリースしてください: ${releaseCommand}\n既存のタグの確認: ${listCommand}`,
    otherPlatform: ({ containers, image, imagePlatforms, platform }) =>
      `${image} は ${imagePlatforms.join('、')} 向けですが、${containers}は ${platform} で実行されます。`,
    buildAgain: ({ platform, releaseCommand }) =>
      `docker build --platform ${platform} でビルドし、新しいタグでプッシュして、そのタグをリリースしてください: ${releaseCommand}`,
  },

  roles: {
    cannotStart: ({ containers, roleName, actions }) =>
      `${containers}を開始できません。ロール ${roleName} にない権限: ${actions}`,
    accessDenied: ({ containers, roleName, actions }) =>
      `${containers}が AccessDenied になります。ロール ${roleName} にない権限: ${actions}`,
  },

  secrets: {
    secretOf: ({ containers, variable }) => `${containers}の ${variable}`,
    isDeleted: ({ secretName }) => `${secretName} のシークレットは、削除が予定されています。`,
    unknown: ({ containers }) =>
      `シークレットを読む権限(secretsmanager:GetSecretValue)がないため、${containers}のシークレットを確認できません。`,
    isEmpty: ({ containers, variable }) => `${containers}の ${variable} のシークレットが空です。`,
    noJson: ({ containers, secretName, jsonKey }) =>
      `${containers}が ${jsonKey} を読むシークレット ${secretName} は、JSONオブジェクトではありません。`,
    noValue: ({ containers, jsonKey }) => `${containers}のシークレット設定 ${jsonKey} が未登録です。`,
    rotatePassword: 'docs/runbook.ja.md の「データベースのパスワードのローテーション」',
    rotateSessionSecret: 'docs/runbook.ja.md の「NEXTAUTH_SECRETのローテーション」',
  },

  logGroupIsGone: ({ containers, logGroupName }) =>
    `ロググループ ${logGroupName} がないため、${containers}を開始できません。`,
};
