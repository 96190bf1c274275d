import type { HealthResult } from './answer';
import type { en } from './words';

const TITLES: Readonly<Record<HealthResult, string>> = {
  wrong: '異常',
  unknown: '確認できなかったもの',
  underway: 'デプロイの実行中',
  look: '要確認',
  asleep: '停止中',
  well: '正常',
};

/** Sentences of the report of `status` and `doctor`, in Japanese. */
export const ja: typeof en = {
  titles: TITLES,
  answerWithFix: ({ says, fix }) => `${says}\n対処: ${fix}`,
  fixAsAbove: '上記のとおり',
  counts: ({ environmentName, counts }) => {
    const texts = counts.map(({ result, answerCount }) => `${TITLES[result]}${answerCount}件`);
    return `${environmentName}: ${texts.join('、')}`;
  },
  missingRights: ({ rights }) => `権限がないため確認していないもの: ${rights.join('、')}`,
  verdict: {
    withoutService: ({ environmentName }) => `${environmentName}: 利用者がサービスを使えません。`,
    notWellButServed: ({ environmentName }) =>
      `${environmentName} に異常がありますが、利用者はサービスを使えています。`,
    notWell: ({ environmentName }) => `${environmentName} に異常があります。`,
    notAsked: ({ environmentName }) => `${environmentName} には、確認できなかったものがあります。`,
    underway: ({ environmentName }) =>
      `${environmentName} はデプロイの実行中です。終わってから、もう一度確認してください。`,
    underwayWithoutService: ({ environmentName }) =>
      `${environmentName} はデプロイの実行中で、終わるまで利用者はサービスを使えません。`,
    asleep: ({ environmentName }) => `${environmentName} は正常で、稼働時間外のため停止中です。`,
    well: ({ environmentName }) => `${environmentName} は正常です。`,
  },
  firstCause: ({ statement }) => `最初の原因: 「${statement}」が成り立っていません。`,
  cutOff: ({ lineCount }) => `(残りの${lineCount}行は下にあります)`,
  whatFixesIt: '対処:',
  allCauses: ({ command }) => `すべての原因: ${command}`,
  beginAtTop: ({ lineCount }) => `最初の原因と対処は、この${lineCount}行の先頭にあります。`,
  list: ({ items }) => items.join('、'),
  askAgain: ({ command }) =>
    `1分ほど後に、もう一度確認してください。このアカウントのほかのプログラムも、同時にAWSへ多くのリクエストを送っています: ${command}`,
  notThere: ({ reason }) => `見つかりません: ${reason}`,
  makeNewOne: ({ path }) => `lib/constructs で ${path} のIDを変えてデプロイし、新しいものを作成してください`,
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
