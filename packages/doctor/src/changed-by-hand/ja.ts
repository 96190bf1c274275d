import type { en } from './words';

/** Sentences on what was changed by hand, in Japanese. */
export const ja: typeof en = {
  deleted: '手動で削除されています',
  changed: ({ property, expected, actual }) => `手動で変更されています: ${property} \`${expected}\` → \`${actual}\``,
  notSet: '未設定',
  grownStorage: ({ size, command }) =>
    `lib/config の database.allocatedStorage を拡張後の ${size} GiB に変えてデプロイし、その後に: ${command}`,
  otherAnswer: ({ status }) =>
    status === undefined ? 'CloudFormationが結果を返しません' : `CloudFormationの応答は ${status} です`,
  deploymentUnderway: ({ stackName, stackStatus }) =>
    `${stackName} は ${stackStatus} です。終わってから比較してください`,
};
