import type { en } from './words';

/** Texts in the helps of the commands that people call, in Japanese, by command. */
export const ja: typeof en = {
  health: {
    comparing: ({ comparedCount, resourceCount }) => `比較中: ${resourceCount}件のうち${comparedCount}件`,
    exitCodes: {
      0: '正常、または予定どおりの停止中',
      1: '異常がある',
      2: '確認できなかったものがある、またはデプロイの実行中',
    },
  },
  status: {
    summary: '環境の状態を表示します。',
    details: 'バージョン、ヘルスチェック、稼働時間、デプロイ、アラーム、インポート。',
  },
  doctor: {
    summary: '環境の不調の最初の原因を示します。',
    details:
      '外側から順に調べます: ドメイン、ロードバランサー、Webタスク、データベース、ユーザーインポート、最後のデプロイ、料金。対処方法と、確認できなかったものも表示します。何も変更しません。',
  },
  drift: {
    summary: '手動で変更されたものをMarkdownで表示します。',
    exitCodes: {
      0: 'ドリフトなし',
      1: 'ドリフトあり',
      2: '不明',
    },
    stack: 'スタック(例: ProoflinkDev)',
  },
  revertDrift: {
    summary: '手動で変更されたものを元に戻します。',
    details: `lib/config ではなく、デプロイ済みのテンプレートによる
CloudFormationの変更セットを使います。内容を表示し、確認して
から実行します。CloudFormationが比較しないものは、
戻すコマンドとともに表示します。AWSは変更セットの一部だけを
実行できません。--only を付けると、ほかも変更する変更セットは
実行しません。`,
    exitCodes: {
      0: '元に戻したか、変更がなかった',
      1: '失敗し、ロールバックされた',
      2: '実行できず、何も変更していない',
      3: '開始したが、結果が分からない',
    },
    only: '変更してよいコンストラクトのパス。複数指定可',
    yes: '確認しない',
  },
  /** Option `--json`. */
  forPrograms: 'プログラム向けに出力',
};
