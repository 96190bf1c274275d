import type { en } from './words';

/** Sentences of `npm run deploy:local`, in Japanese. */
export const ja: typeof en = {
  help: {
    summary: 'このマシンのローカルAWSに環境をデプロイし、実行します。',
    details: `
アプリケーションの実行環境と、満たすべき条件:
docs/application.ja.md。--settings に値のないシークレット設
定には、仮の値が入ります。このファイルはアプリケーションの
フォルダーの外に置いてください。中に置くと、Next.jsが自分で
読みます。`,
    exitCodes: {
      0: 'デプロイ済み',
      1: 'デプロイできないか、応答がない',
      2: '拒否。理由を表示',
    },
    keep: '終了後も実行を続ける',
    app: 'このWebアプリケーションを実行してログを表示し、キーで再起動',
    appCommand: '起動コマンド。ポートは PORT で渡す(既定値: "npm start")',
    job: 'このユーザーインポートを実行',
    jobCommand: '起動コマンド。省略するとジョブ定義のコマンド',
    settings: 'シークレット設定の値を NAME=value の行で書いたファイル',
    strict: 'ローカルAWSが対応していないリソースタイプやプロパティがあれば失敗',
  },

  steps: {
    startAws: 'ローカルAWSの起動',
    awsRuns: ({ endpoint }) => `ローカルAWSの起動: ${endpoint}`,
    prepare: 'アカウントとテンプレートの準備',
    deploy: ({ stackName }) => `cdk deploy ${stackName} (レジストリはまだ空)`,
    setSettings: 'シークレット設定の登録',
  },

  standIns: ({ types }) =>
    `ローカルAWSは ${types.join(', ')} に対応していません。これらのリソースは実際には存在せず、そのアドレスに接続しても応答はありません。`,
  ignoredProperties: ({ properties }) =>
    `ローカルAWSは ${properties.join(', ')} に対応していません。これらのプロパティはここでは効果がありません。`,

  failure: {
    errors: ({ errors }) => `ローカルAWSの最後のエラー:\n\n${errors}`,
    command: ({ command, output }) => `${command} が失敗しました\n\n${output}`,
    deployment: ({ stackName, reason }) => `cdk deploy ${stackName} が失敗しました:\n${reason}`,
    wholeOutput: ({ file }) => `すべての出力:\n  ${file}`,
  },

  programs: {
    folderMissing: ({ option }) => `--${option}-command には --${option} <folder> が必要です。`,
    noImport: ({ environmentName }) =>
      `--job: ${environmentName} にはユーザーインポートがありません(lib/config/${environmentName}.ts)。`,
    noFolder: ({ option, path, folder }) => `--${option} ${path}: フォルダー ${folder} がありません。`,
    cannotStart: ({ option, path, reason }) =>
      `--${option} ${path}: ${reason}別の起動方法がある場合: --${option}-command "<command>"`,
    noManifest: ({ command }) => `"${command}" に必要な package.json がありません。`,
    noScript: ({ script, scriptNames }) => {
      const choice = scriptNames.length === 0 ? 'スクリプトなし' : `あるもの: ${scriptNames.join('、')}`;
      return `package.json にスクリプト "${script}" がありません(${choice})。`;
    },
    noFile: ({ file, command }) => `"${command}" が起動する ${file} がありません。先にビルドしてください。`,
    runsInPlace: ({ option, reason }) =>
      `--${option} はフォルダーの中で直接実行します。どのタグも、ロールバックでも、フォルダーの現在のコードになります。理由: ${reason}`,
    takesUpChanges: ({ command }) => `"${command}" は変更を自分で読み込むため。`,
    leadsOut: ({ command }) => `"${command}" がフォルダーの外を使うため。`,
    copies: ({ option }) => `--${option} のフォルダーをコピーしています。しばらくかかります。`,
    notCopied: ({ reason }) => `フォルダーをコピーできないため(${reason})。`,
  },

  farewell: {
    startAgain: ({ commands }) => `\nその時点のコードでもう一度起動するには、上のシェルで:\n\n${indented(commands)}`,
    stopEverything: ({ command }) => `\nすべてを停止するには:\n\n  ${command}`,
    stopped: ({ environmentName, command }) =>
      `\n${environmentName} の稼働を確認し、停止しました。停止せずに開くには:\n\n  ${command}`,
  },
  session: {
    begin: ({ keeps }) => {
      const end = keeps ? '環境を残して' : 'すべて';
      return `起動します。r でマイグレーションからもう一度リリースし、q か Ctrl-C で${end}終了します。ログ:`;
    },
    releaseEnds: 'このリリースとマイグレーションを中止し、次のリリースを始めます。',
    releaseWaits: 'CloudFormationのデプロイは中断できません。終わりしだい、次のリリースを始めます。',
    failed: 'r でもう一度起動し、q で終了します。',
    jobFailed: ({ jobName, jobId, statusReason }) =>
      `インポートジョブ ${jobName}(${jobId})が失敗しました: ${statusReason}`,
    noConfig: ({ environmentName }) =>
      `lib/config に環境 ${environmentName} がなくなっています。追加し直してから r を押してください。`,
  },
  findings: {
    secureCookie: ({ request, cookie }) =>
      `AWSでは動きません: ${request} が、HTTPなのにクッキー ${cookie} に Secure を付けています。ブラウザーが受け付けるのは localhost だけです。` +
      'NEXTAUTH_URL が https で始まる場合だけ付けるか、loadBalancer.domain または edge を設定してください。',
    ownAddress: ({ request, location }) =>
      `AWSでは動きません: ${request} のリダイレクト先 ${location} はタスク自身のアドレスで、ユーザーからは届きません。` +
      'URLは request.url ではなく NEXTAUTH_URL から作ってください。',
    closedEarly: ({ request }) =>
      `AWSでは動きません: ${request} が 502 になりました。ロードバランサーが1分間保つアイドル接続を、プログラムが先に閉じています。` +
      '「next start --keepAliveTimeout 65000」で起動するか、server.keepAliveTimeout を設定してください(docs/application.ja.md)。',
  },
  usage: {
    domain:
      'バケットがほかのオリジンからのアップロードを受け付けないため、このドメインでのみ応答します。' +
      '上のコマンドは、専用プロファイルのブラウザで、このドメインをこのマシンに向けます。',
    tryImport: '試すには: 最初の行が email,name のCSVファイルを、開いた画面で選んでください。',
    shell: 'ローカルAWSを使うシェルと、そこで使える README.ja.md「日常の操作」のコマンド:',
    furtherCommands: ({ commands }) => `ほかに ${commands.join('、')}`,
    onlyOnAws: ({ hasImport }) =>
      'レジストリのDockerイメージは、AWSでしか使えません。' +
      (hasImport ? '' : '--job がないので、インポートは使えません。'),
  },
  settings: {
    noSuchFile: ({ file }) =>
      `--settings ${file}: ファイルがありません。NAME=value の行を書いたファイルを指定してください。`,
    envFile: ({ file, names, environmentName }) =>
      `${file} をNext.jsが自分で読むため、AWSにはない値がアプリケーションに入ります: ${names.join('、')}。` +
      configAdvice(environmentName),
    notConfigured: ({ names, environmentName }) =>
      `${environmentName} の設定にないため、アプリケーションに渡されない値: ${names.join('、')}。` +
      configAdvice(environmentName),
    replaced: ({ keys, environmentName }) =>
      `r は、\`settings ${environmentName} set\` の値も含めて、シークレット設定を --settings の値か仮の値にします。` +
      `置き換えたもの: ${keys.join('、')}`,
    placeholders: 'AWSでは、未登録の設定を参照するコンテナは起動しません。ここでは仮の値が入ります。値を指定するには:',
    fileOption: ({ name }) => `  --settings <file> (${name}=<value> などの行)`,
  },
};

function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join('\n');
}

function configAdvice(environmentName: string): string {
  return `アプリケーションに必要なら、lib/config/${environmentName}.ts の webService.settings に名前を追加してください。`;
}
