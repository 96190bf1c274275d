import type { en } from './words';

/** Sentences on an application, in Japanese. */
export const ja: typeof en = {
  checkHelp: {
    summary: 'アプリケーションのフォルダーを読み、AWSで動かない原因を示します。',
    details: 'アプリケーションは実行しません。項目ごとに、コードの場所と直し方を示します。',
    exitCodes: {
      0: '変更は不要',
      1: '変更が必要',
      2: '読めなかった',
    },
  },
  folder: 'package.json のあるアプリケーションのフォルダー',

  workflowHelp: {
    summary: 'アプリケーションのリポジトリに置くワークフローとDockerfileを表示します。',
    details: 'ファイルを指定しないと、一覧と、書き込むコマンドを表示します。内容はフォルダーに合わせます。',
    exitCodes: {
      0: '表示した',
      2: '作れなかった',
    },
  },
  file: '表示するファイル',

  noManifest: ({ path }) =>
    `${path} に読める package.json がありません。Node.jsのアプリケーションのフォルダーだけに対応しています。`,

  read: ({ folder, files }) => `${folder}: ソースファイル${files}個を読みました(テストとパッケージを除く)`,

  facts: {
    health: 'ヘルスチェック',
    database: 'データベース',
    auth: 'サインイン',
    cookies: 'Cookie',
    redirects: 'リダイレクト',
    idle: 'アイドル接続',
    publicVariables: 'NEXT_PUBLIC_',
    packageManager: 'パッケージ',
    workspace: 'ワークスペース',
  },

  nothingToDo: '対応は不要です。',

  healthRoute: 'GET /api/health のルートがあります。セッションなしで200を返す必要があります。',
  healthToSee: 'コードに /api/health があります。セッションなしで200を返し、ミドルウェアが通すことを確かめてください。',
  noHealthRoute:
    'GET /api/health に応答するものがないので、タスクがhealthyになりません。データベースに問い合わせるルート(Next.jsでは ' +
    'app/api/health/route.ts か pages/api/health.ts)を追加し、ミドルウェアで通してください(docs/application.ja.md「Webのイメージ」)。',

  otherDatabaseVariable: ({ names }) =>
    `コードは ${names.join(', ')} を読みますが、スタックが設定するのは DATABASE_URL です。lib/config に ` +
    `databaseVariable: '${names[0]}' を書いてください。` +
    (names.length > 1 ? '加えられる名前は1つなので、コードもその名前にそろえてください。' : ''),
  noDatabaseVariable: 'データベースの環境変数は見つかりませんでした。スタックは DATABASE_URL を設定します。',

  betterAuth:
    'better-authは BETTER_AUTH_SECRET を読みますが、スタックは設定しません。webService.settings.secrets に書いてください。' +
    'baseURLには process.env.AUTH_URL を使えます。',
  authSecret:
    'コードは AUTH_SECRET を読みますが、スタックが設定するのは NEXTAUTH_SECRET です。そちらを読むか、' +
    'webService.settings.secrets に AUTH_SECRET を書いてください。',
  authOutsideNext: ({ name }) =>
    `${name} は AUTH_URL のパスをbasePathとして使います。basePath: '/auth' と secret: process.env.NEXTAUTH_SECRET を設定してください。`,

  forcedCookies:
    'ドメインのない開発環境のようにHTTPで接続すると、ブラウザーはこのCookieを捨て、getToken()はセッションを見つけられません。' +
    "アドレスで決めてください: process.env.AUTH_URL?.startsWith('https://')",

  redirectsToTask:
    'ロードバランサーの背後では、リクエストのアドレスはタスクのもので、ブラウザーからは接続できません。process.env.AUTH_URL から作ってください。',

  keepsIdle: 'サーバーは、KEEP_ALIVE_TIMEOUT または65000であれば、アイドル接続をロードバランサーより長く保ちます。',
  nextStart: ({ start }) =>
    `「${start}」はロードバランサーより先にアイドル接続を閉じるので、一部のリクエストが502になります。` +
    '「next start --keepAliveTimeout 65000」にしてください。',
  otherStart: ({ start }) =>
    `スクリプト start(「${start}」)がアイドル接続をどう扱うかは分かりません。60秒より長く保ってください。`,
  ownServer:
    'Node 26より前のサーバーは5秒でアイドル接続を閉じるので、一部のリクエストが502になります。' +
    'server.keepAliveTimeout = Number(process.env.KEEP_ALIVE_TIMEOUT) を設定してください。',

  publicVariables: ({ names }) =>
    `${names.join(', ')}: イメージに組み込まれます。開発環境と本番環境で値が同じ場合だけ、1つのイメージを使えます。`,

  noLockFile: 'ロックファイルがないので、イメージのパッケージが毎回変わります。コミットしてください。',
  otherManager: ({ lockFile }) =>
    `${lockFile} で固定されています。app-workflow が対応するのはnpmとpnpmです。Dockerfileは自分で書いてください。`,

  workspaceHere:
    'フォルダーは何も起動しないワークスペースのルートです。その中のアプリケーションのフォルダーを指定してください。',
  workspaceAbove: ({ root }) => `ワークスペースは ${root} です。イメージはそこからビルドします。`,

  isThere: ({ target }) => `${target} はすでにあります。自分で比べてください。`,
  migration: ({ command }) =>
    `イメージにマイグレーションが入っています: lib/config の webService.migration に command: [${command}] を書いてください。`,
  noImport:
    'Dockerfile.batch がないので、インポートのイメージはビルドしません(docs/application.ja.md「インポートのイメージ」)。',
  notBuilt: 'どれもビルドして確かめていません。最初のリリースの前に一度イメージをビルドしてください。',
  notConnected:
    'lib/config/delivery.ts にリポジトリか環境の指定がありません。先にインフラのリポジトリを接続してください(docs/delivery.ja.md)。',
  noAccount: ({ names }) =>
    `lib/config の ${names.join(', ')} に account がありません。GitHubはアカウントのレジストリにプッシュします。`,
  unknownManager: ({ manager }) =>
    `Dockerfileを作れるのはnpmとpnpmだけですが、ロックファイルは ${manager} のものです。自分で書いてください。`,
};
