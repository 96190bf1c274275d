import type { en } from './words';

/** Sentences of the commands that have no folder of their own, in Japanese, by command. */
export const ja: typeof en = {
  officeHours: {
    steps: {
      startDatabase: () => 'データベースの起動',
      stopDatabase: () => 'データベースの停止',
      noWebTasks: () => 'イメージのタグがまだないので、起動するWebタスクはありません',
      startWebTasks: ({ taskCount }) => `Webタスクの起動(${taskCount}個)`,
      stopWebTasks: () => 'Webタスクの停止',
    },
    start: {
      done: ({ environmentName, url }) => `${environmentName} を起動しました: ${url}`,
      nextChange: ({ time }) => `次の停止: ${time}`,
      failed: ({ environmentName, reason }) => `${environmentName} を起動できませんでした: ${reason}`,
    },
    stop: {
      done: ({ environmentName }) => `${environmentName} を停止しました。`,
      nextChange: ({ time }) => `次の起動: ${time}`,
      failed: ({ environmentName, reason }) => `${environmentName} を停止できませんでした: ${reason}`,
    },
    notConfigured: ({ environmentName }) =>
      `${environmentName} には稼働時間がなく、常に稼働しています(lib/config の officeHours)。`,
    diagnosis: ({ problem, doctorCommand }) => `${problem}\n原因の確認: ${doctorCommand}`,
    slowDatabase: ({ status, minutes, finalStatus }) =>
      `${minutes}分たってもデータベースは ${status} のままで、${finalStatus} になりません。`,
    brokenDatabase: ({ status, remedy }) => `データベースは ${status} で、自動では元に戻りません。\n対処: ${remedy}`,
    slowWebTasks: ({ minutes }) => `${minutes}分たっても、Webタスクの起動または停止が終わりません。`,
    brokenWebTasks: ({ reason }) => `Webタスクが起動しません(${reason})。`,
    webTasksStarted: ({ environmentName }) =>
      `その間に別の人が ${environmentName} のWebタスクを起動したので、データベースは停止していません。`,
    disturbed: ({ environmentName, desiredCount, status }) =>
      `同時に別の人が ${environmentName} を起動または停止しました。データベースは ${status}、` +
      `Webタスクの必要数は${desiredCount}です。どちらにするか決めてから、もう一度実行してください。`,
  },

  reachability: {
    noNetwork: ({ assemblyFolder, stackNames }) =>
      `${assemblyFolder} に、ネットワークを持つスタックがありません。あるスタック: ${stackNames.join(', ')}。` +
      `先に環境のsynthを実行してください: npx cdk synth -o ${assemblyFolder}`,
    stackWithoutNetwork: ({ stackName }) => `${stackName} にネットワークはありません。`,
    titles: {
      from: () => '送信元',
      to: () => '送信先',
      ports: () => 'ポート',
      through: () => '経路',
    },
    nothingElse: 'ほかに到達できるものはありません。',
    notAllowed: ({ from, to, ports, through }) => `許可外  ${from} → ${to}、${ports}: ${through}`,
    missing: ({ from, to, ports }) => `不足    ${from} → ${to}、${ports.join(' または ')}`,
    problem: ({ problem }) => `問題    ${problem}`,
    unknown: ({ problem }) => `不明    ${problem}`,
  },
};
