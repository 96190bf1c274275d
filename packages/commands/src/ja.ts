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

  refusals: {
    missingArgument: ({ name }) => `エラー: 引数 '${name}' を指定してください。`,
    optionWithoutValue: ({ option }) => `エラー: オプション '${option}' に値を指定してください。`,
    repeatedOption: ({ option }) => `エラー: オプション '${option}' は1回だけ指定できます。`,
    conflictingOptions: ({ option, other }) => `エラー: オプション '${option}' と '${other}' は同時に指定できません。`,
    unknownOption: ({ option, alike }) => `エラー: オプション '${option}' はありません。${didYouMean(alike)}`,
    unknownCommand: ({ command, alike }) => `エラー: コマンド '${command}' はありません。${didYouMean(alike)}`,
    tooManyArguments: ({ command, expected, received }) =>
      `エラー: ${command && `'${command}' の`}引数が多すぎます。${expected}個までですが、${received}個あります。`,
    invalidArgument: ({ name, value, advice }) => `エラー: 引数 '${name}' に '${value}' は指定できません。${advice}`,
    invalidOption: ({ option, value, advice }) =>
      `エラー: オプション '${option}' に '${value}' は指定できません。${advice}`,
    allowed: ({ choices }) => `指定できる値: ${choices}`,
  },

  stepFailed: '失敗: 下記を参照',
};

function didYouMean(alike: string): string {
  return alike && `\n(${alike} ではありませんか?)`;
}
