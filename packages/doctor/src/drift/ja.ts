import type { en } from './words';

/** Sentences of `drift` and of its report, in Japanese. The texts of resources and values are Markdown. */
export const ja: typeof en = {
  unknownStack: ({ stackName, stackNames }) =>
    `lib/config にスタック ${stackName} はありません。指定できるスタック: ${stackNames.join(', ')}`,
  changed: ({ resourceCount, stack }) => `${stack} のリソース${resourceCount}個が、デプロイ時の状態と異なります。`,
  unknown: ({ stack }) => `${stack} がデプロイ時の状態のままかどうか、確認できませんでした。`,
  asDeployed: ({ stack }) => `${stack} はデプロイ時の状態のままです。`,
  nothingKnown: 'ドリフトの有無を確認できませんでした。',
  changedResource: ({ resource }) => `**${resource}** が変更されています`,
  deletedResource: ({ resource }) => `**${resource}** が削除されています`,
  changedProperty: ({ property, expected, actual }) => `${property}: デプロイ時は ${expected}、現在は ${actual}`,
  couldNotBeCompared: '比較できなかったもの:',
  nothingCompares: ({ items }) => `比較する手段がないもの: ${items.join(', ')}`,
  advice:
    '変更を残すには、`lib/config` か `lib/constructs` に書いてデプロイしてください。' +
    '元に戻すには、何が変わるかを確認してから実行してください:',
  restLeftOut: 'Issueの長さの上限により、一部だけを表示しています。以下の変更を元に戻すか残すと、続きが表示されます。',
};
