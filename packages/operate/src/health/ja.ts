import type { HealthResult } from './answer';
import type { en } from './words';

const TITLES: Readonly<Record<HealthResult, string>> = {
  wrong: '異常',
  unknown: '確認できなかったもの',
  look: '要確認',
  asleep: '停止中',
  well: '正常',
};

/** Sentences of the report of `status` and `doctor`, in Japanese. */
export const ja: typeof en = {
  titles: TITLES,
  answerWithFix: ({ says, fix }) => `${says}\n対処: ${fix}`,
  brokenCommands: '表の中で改行されたコマンド(コピー用、1行に1つ):',
  counts: ({ environmentName, counts }) => {
    const texts = counts.map(({ result, answerCount }) => `${TITLES[result]}${answerCount}件`);
    return `${environmentName}: ${texts.join('、')}`;
  },
  verdict: {
    notWell: ({ environmentName }) => `${environmentName} に異常があります。外側から順に調べた最初の原因:`,
    whatFixesIt: '対処:',
    allCauses: ({ command }) => `すべての原因: ${command}`,
    notAsked: ({ environmentName }) => `${environmentName} には、確認できなかったものがあります。`,
    asleep: ({ environmentName }) => `${environmentName} は正常で、稼働時間外のため停止中です。`,
    well: ({ environmentName }) => `${environmentName} は正常です。`,
  },
  list: ({ items }) => items.join('、'),
  notThere: ({ reason }) => `見つかりません: ${reason}`,
  databaseFirst: ({ restoringChapter }) => `先にデータベースを復元してください: ${restoringChapter}`,
  waitForStack: ({ stackName, stackStatus }) =>
    `${stackName} が ${stackStatus} でなくなるまで待ってから、次を実行してください:`,
  path: {
    notAdmitted: ({ destination, port, source }) =>
      `${destination} が、${source} からポート${port}への通信を許可していません`,
    notLetOut: ({ source, port, destination }) =>
      `${source} が、${destination} のポート${port}への通信を許可していません`,
  },
};
