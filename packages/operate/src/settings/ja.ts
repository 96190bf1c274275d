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
    `${stackName} には、シークレット設定を保存するシークレットがまだありません。` +
    `新しいイメージを使わずに一度デプロイしてください: npx cdk deploy ${stackName}`,
  noSecretBesideTasks: ({ environmentName, stackName }) =>
    `${stackName} には、シークレット設定を保存するシークレットがまだありません。名前だけをデプロイすると、値がないためWebタスクが` +
    `起動せず、ロールバックされます。次の順序で行ってください: lib/config/${environmentName}.ts の ` +
    '`settings: { variables: {}, secrets: [] }` をデプロイしてシークレットを作成し、名前を書いて値を登録し、' +
    `もう一度デプロイする: npx cdk deploy ${stackName}`,
  overtaken: ({ key }) =>
    `${key} を登録できませんでした。書き込むたびに、別の人がほかの設定を変更していました。もう一度実行してください。`,
  noText:
    '値を登録できませんでした。UTF-8のテキストではありません。' +
    'ファイルなら先に変換し(iconv -t UTF-8)、バイナリデータならbase64で符号化してください。',
  severalLines: ({ key }) =>
    `${key} を登録できませんでした。複数行の貼り付けは、PEMだけで使えます。ファイルに保存し、パイプでこのコマンドに渡してください。`,
  typedBeforeQuestion: ({ key }) =>
    `${key} を登録できませんでした。入力を求める前に何かが入力され、端末に表示された可能性があります。` +
    'もう一度実行し、入力を求められるまで待ってください。',
};
