import type { en } from './words';

/** Sentences of `settings`, in Japanese. */
export const ja: typeof en = {
  isSet: ({ key, restartCommand }) =>
    `${key} を登録しました。コンテナが読むのは起動時なので、インポートは次のジョブから、Webタスクは次のリリースから有効になります。` +
    `すぐに有効にするには: ${restartCommand}`,
  noValue: ({ key }) => `値が入力されなかったので、${key} は変更していません。`,
  unknownKey: ({ environmentName, keys }) =>
    `${environmentName} に、その名前のシークレット設定はありません。` +
    (keys.length > 0 ? `登録できる名前: ${keys.join(', ')}。` : '登録できる名前は一つもありません。') +
    `名前は lib/config/${environmentName}.ts の settings.secrets に書きます。`,
  noSecret: ({ stackName }) =>
    `${stackName} には、シークレット設定を保存するシークレットがまだありません。最初のリリースの前なら、デプロイしてください: npx cdk deploy ${stackName}。` +
    '稼働中の環境に最初のシークレット設定を追加する手順: docs/operating.ja.md の「リリースと設定」。',
  overtaken: ({ key }) =>
    `${key} を登録できませんでした。書き込むたびに、別の人がほかの設定を変更していました。もう一度実行してください。`,
  noText:
    '値を登録できませんでした。UTF-8のテキストではありません。' +
    'ファイルなら先に変換し(iconv -t UTF-8)、バイナリデータならbase64で符号化してください。',
  severalLines: ({ key }) =>
    `${key} を登録できませんでした。複数行の値は貼り付けられません。ファイルに保存し、パイプでこのコマンドに渡してください。`,
  typedBeforeQuestion: ({ key }) =>
    `${key} を登録できませんでした。入力を求める前に何かが入力され、端末に表示された可能性があります。` +
    'もう一度実行し、入力を求められるまで待ってください。',
};
