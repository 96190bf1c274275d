import type { en } from './words';

/** Sentences of the questions on import jobs and their queue, in Japanese. */
export const ja: typeof en = {
  queue: {
    statement: 'ジョブキューがジョブを受け付けている',
    takesNoJobs: ({ faults }) => `インポートジョブが RUNNABLE のまま始まりません: ${faults}`,
    isGone: 'ジョブキューなし',
    queueIs: ({ state }) => `ジョブキューは ${state}`,
    computeEnvironmentIs: ({ state }) => `コンピューティング環境は ${state}`,
    fewerVcpus: ({ maximumVcpus, configuredVcpus }) =>
      `全ジョブの上限は ${maximumVcpus} vCPU(設定は ${configuredVcpus} vCPU)`,
    validateAgain: ({ command }) => `理由が示すもの(存在しないロールやサブネットなど)を直し、その後に: ${command}`,
  },

  start: {
    statement: 'インポートジョブが開始される',
    stuck: ({ jobCount, since, reason }) =>
      `RUNNABLE のインポートジョブが${jobCount}個あり、最初のものは ${since} から待機しています。${reason}`,
    wait: ({ environmentName }) =>
      `ほかのジョブが終わるまで待つか、lib/config/${environmentName}.ts の userImport.maxvCpus を増やしてください`,
  },

  lastImport: {
    statement: 'ProofLink自身のインポートが最後まで実行される',
    none: ({ imageTag, jobDefinition }) => `${imageTag}(${jobDefinition}): この1週間に終わったインポートがありません。`,
    succeeded: ({ imageTag, jobDefinition, time }) =>
      `${imageTag}(${jobDefinition}): 最後のインポートは ${time} に正常に終わりました。`,
    failed: ({ jobName, time, reason }) => `インポート ${jobName} は ${time} に失敗しました: ${reason}。`,
    withExitCode: ({ reason, exitCode }) => `${reason}、終了コード ${exitCode}`,
    noLog: ({ importCommand }) =>
      '上の理由が示す問題(イメージやシークレットの不足など)を解決してください。ジョブは開始されていないので、ログはありません。' +
      `その後に実行するコマンド: ${importCommand}`,
    readLog: ({ logCommand }) => `ログを確認してください: ${logCommand}`,
  },
};
