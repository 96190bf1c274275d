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
    started: ({ environmentName, url }) => `${environmentName} を起動しました: ${url}`,
    stopped: ({ environmentName }) => `${environmentName} を停止しました。`,
    nextChange: ({ time }) => `スケジュールによる次の変更: ${time}`,
    failed: ({ environmentName, reason }) => `${environmentName} を変更できませんでした: ${reason}`,
    somebodyElse: ({ environmentName, status, desiredCount, command }) =>
      `同時に別の人かスケジュールが ${environmentName} に逆の操作をしています。データベースは ${status}、` +
      `Webタスクの必要数は${desiredCount}です。\nそれでも続けるには、その操作が終わってから: ${command}`,
    scheduleUnderway: ({ environmentName, name, time, command }) =>
      `スケジュールが ${environmentName} を変更している途中で、${name} が ${time} に実行されます。\nその後に実行してください: ${command}`,
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
