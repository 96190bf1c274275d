import type { en } from './words';

/** Sentences of `logs`, `shell` and `database`, in Japanese. */
export const ja: typeof en = {
  missing: ({ program, install }) =>
    `${program} が必要ですが、このマシンにありません(PATHにない)。インストールするには:\n  ${install}`,
  oldAwsCli: ({ install }) =>
    `AWS CLIのバージョン2が必要ですが、この aws はバージョン1です。インストールするには:\n  ${install}`,
  switchedOff: ({ environmentName }) =>
    `lib/config/${environmentName}.ts の webService.executeCommand が false なので、${environmentName} のタスクではECS Execを使えません。` +
    '緊急時: docs/runbook.ja.md「緊急時に本番環境でシェルを使う」',
  noTask: ({ serviceName, advice }) =>
    [`${serviceName} のタスクは実行されていません。`, advice].filter(Boolean).join('\n'),
  noAgent: ({ serviceName, command }) =>
    `${serviceName} のタスクでECS Execのエージェントが動いていません。webService.executeCommand を有効にする前か、数秒前に起動したタスクです。` +
    `新しいタスクにするには: ${command}`,
  unknownTask: ({ environmentName, name, names }) =>
    `このコマンドで指定できるタスクに ${name} はありません。lib/config/${environmentName}.ts のもの: ${names.join('、') || 'なし'}`,
  noLog: ({ environmentName }) =>
    `${environmentName} にこのロググループはありません。インポートの設定がないか、このタスクがまだデプロイされていません。`,
  noProgramHere: ({ taskId }) =>
    `タスク ${taskId} のプログラムは、このマシンで動いていません。イメージにプログラムがないか、このシェルがローカルAWSのファイル「shell」を読み込んでいません。`,
  tunnelIsOpen: ({ port }) => `データベースへのトンネル: localhost:${port}(psql を開いている間)`,
  noTunnel: ({ lines }) => `データベースへのトンネルを開けませんでした:\n${lines.join('\n')}`,
};
