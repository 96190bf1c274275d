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
      somebodyElse: ({ environmentName, status, desiredCount, command }) =>
        `同時に別の人かスケジュールが ${environmentName} を停止しています。データベースは ${status}、` +
        `Webタスクの必要数は${desiredCount}です。\nそれでも起動するには、データベースが停止してから: ${command}`,
      scheduleUnderway: ({ environmentName, name, time, command }) =>
        `${environmentName} は稼働時間の終わりで、${name} が ${time} にデータベースを停止します。\n` +
        `その後に実行してください: ${command}`,
    },
    stop: {
      done: ({ environmentName }) => `${environmentName} を停止しました。`,
      nextChange: ({ time }) => `次の起動: ${time}`,
      failed: ({ environmentName, reason }) => `${environmentName} を停止できませんでした: ${reason}`,
      somebodyElse: ({ environmentName, status, desiredCount, command }) =>
        `同時に別の人かスケジュールが ${environmentName} を起動しています。データベースは ${status}、` +
        `Webタスクの必要数は${desiredCount}です。\nそれでも停止するには、起動が終わってから: ${command}`,
      scheduleUnderway: ({ environmentName, name, time, command }) =>
        `${environmentName} は稼働時間の始まりで、${name} が ${time} にWebタスクを起動します。\n` +
        `その後に実行してください: ${command}`,
    },
    databaseIs: ({ status }) => `データベースは ${status} です`,
    databaseBecomes: ({ status }) => `ステータス ${status} `,
    goesOn: {
      nothing: '何も変更していません。',
      startDatabase: ({ command }) =>
        'データベースの起動は、RDSが続けます(数分かかります)。Webタスクはまだ起動していません。\n' +
        `データベースが available になったら: ${command}`,
      startWebTasks: 'Webタスクの起動は、ECSが続けます。',
      stopWebTasks: ({ command }) =>
        `Webタスクの停止は、ECSが続けます。データベースはまだ停止しておらず、料金がかかります。停止するには: ${command}`,
      stopDatabase: 'データベースの停止は、RDSが続けます(数分かかります)。',
    },
    notConfigured: ({ environmentName }) =>
      `${environmentName} には稼働時間がなく、常に稼働しています(lib/config の officeHours)。`,
    slowDatabase: ({ status, minutes, finalStatus }) =>
      `${minutes}分たってもデータベースは ${status} のままで、${finalStatus} になりません。`,
    brokenDatabase: ({ status, remedy }) => `データベースは ${status} で、自動では元に戻りません。\n対処: ${remedy}`,
    slowWebTasks: ({ minutes }) => `${minutes}分たっても、Webタスクの起動または停止が終わりません。`,
    brokenWebTasks: ({ reason }) => `Webタスクが起動しません(${reason})。`,
  },
};
