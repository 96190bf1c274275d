import type { en } from './words';

/** Sentences of the frame of every command, in Japanese. */
export const ja: typeof en = {
  overview: {
    summary: '環境を運用するコマンドと、CIのコマンドです。',
    forPeople: '運用のコマンド:',
    forCi: 'CIのコマンド:',
  },

  help: {
    usage: '使い方:',
    arguments: '引数:',
    options: 'オプション:',
    commands: 'コマンド:',
    exitCodes: '終了コード:',
    choices: '選択肢',
    default: '既定値',
    helpOption: 'この説明を表示',
    howToCall: ({ command }) => `使い方の表示: ${command} --help`,
  },

  environments: {
    one: 'lib/config の環境',
    oneOrFirst: 'lib/config の環境。省略すると最初の環境',
    several: 'lib/config の環境。省略するとすべての環境',
    known: ({ names }) => `指定できる環境: ${names.join(', ')}`,
    missing: ({ environmentName, names }) =>
      `lib/config に環境 ${environmentName} はありません。指定できる環境: ${names.join(', ')}`,
  },

  stepFailed: '失敗: 下記を参照',
};
