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

  noFolder: ({ path }) => `${path} はフォルダーではありません。`,
  noManifest: ({ path }) =>
    `${path} に読める package.json がありません。Node.jsのアプリケーションだけに対応しています。`,

  read: ({ folder, files }) => `${folder}: ソースファイル${files}個を読みました(テストとパッケージを除く)`,
  unread: ({ paths }) => `大きすぎて読まなかったファイル: ${paths.join(', ')}`,
  morePlaces: ({ more }) => `ほか${more}か所`,

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

  healthRoute: 'GET /api/health のルートがあります。セッションなしで200を返す必要があります。',
  healthMentioned:
    'コードに /api/health があります。GET /api/health がセッションなしで200を返すことを確かめてください。',
  noHealthRouteOfNext:
    'GET /api/health に応答するものがないので、タスクがhealthyになりません。データベースに問い合わせる ' +
    'app/api/health/route.ts を追加してください(docs/application.ja.md「Webのイメージ」)。',
  noHealthRoute:
    'GET /api/health に応答するものがないので、タスクがhealthyになりません。データベースに問い合わせるルートを追加してください。',

  databaseUrl: 'コードは DATABASE_URL を読みます。',
  otherDatabaseVariable: ({ names }) =>
    `コードは ${names.join(', ')} を読みますが、スタックが設定するのは DATABASE_URL です。lib/config に ` +
    `databaseVariable: '${names[0]}' を書いてください。` +
    (names.length > 1 ? '加えられる名前は1つなので、コードもその名前にそろえてください。' : ''),
  databaseParts: ({ names }) =>
    `コードは ${names.join(', ')} を読みますが、スタックが設定するのは DATABASE_URL だけです。接続先を DATABASE_URL から読んでください。`,
  noDatabaseVariable: 'データベースの環境変数は見つかりませんでした。スタックは DATABASE_URL を設定します。',

  noAuth: 'Auth.jsはありません。',
  authFour: ({ version }) => `next-auth ${version} は、スタックが設定する NEXTAUTH_URL を読みます。`,
  authFive: ({ version }) =>
    `next-auth ${version} は、スタックが設定する AUTH_URL によってロードバランサーを信頼します。`,
  authOutsideNext: ({ name }) =>
    `${name} は AUTH_URL のパスをbasePathとして使います。basePath: '/auth' と secret: process.env.NEXTAUTH_SECRET を設定してください。`,

  noForcedCookies: 'アドレスに関係なくSecureになるCookieはありません。',
  forcedCookies:
    'ドメインのない開発環境のようにHTTPで接続すると、ブラウザーはこのCookieを捨てます。アドレスで決めてください: ' +
    "secure: process.env.AUTH_URL?.startsWith('https://')",

  noRedirects: 'リクエストのアドレスから作るリダイレクトはありません。',
  redirectsToTask:
    'ロードバランサーの背後では、リクエストのアドレスはタスクのもので、ブラウザーからは接続できません。process.env.AUTH_URL から作ってください。',

  keepsIdle: 'サーバーは、KEEP_ALIVE_TIMEOUT または65000であれば、アイドル接続をロードバランサーより長く保ちます。',
  standaloneKeepsIdle: 'Next.jsのstandaloneサーバーは KEEP_ALIVE_TIMEOUT を読みます。',
  nextStart: ({ start }) =>
    `「${start}」はロードバランサーより先にアイドル接続を閉じるので、一部のリクエストが502になります。` +
    '「next start --keepAliveTimeout 65000」にしてください。',
  otherStart: ({ start }) => `「${start}」がアイドル接続をどう扱うかは分かりません。60秒より長く保ってください。`,
  noStart: 'package.json にスクリプト start がありません。アイドル接続を60秒より長く保ってください。',
  ownServer:
    'Node 26より前のサーバーは5秒でアイドル接続を閉じるので、一部のリクエストが502になります。' +
    'server.keepAliveTimeout = Number(process.env.KEEP_ALIVE_TIMEOUT) を設定してください。',

  noPublicVariables: 'ありません。1つのイメージをすべての環境で使えます。',
  publicVariables: ({ names }) =>
    `${names.join(', ')}: イメージに組み込まれます。開発環境と本番環境で値が同じ場合だけ、1つのイメージを使えます。`,

  noLockFile: 'ロックファイルがないので、イメージのパッケージが毎回変わります。コミットしてください。',
  locked: ({ lockFile }) => `${lockFile} で固定されています。`,
  otherManager: ({ lockFile }) =>
    `${lockFile} で固定されています。app-workflow が対応するのはnpmとpnpmです。Dockerfileは自分で書いてください。`,

  noWorkspace: 'フォルダーは単独のアプリケーションです。',
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
