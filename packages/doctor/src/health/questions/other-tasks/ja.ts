import type { en } from './words';

/** Sentences of the questions on jobs and workers, in Japanese. */
export const ja: typeof en = {
  statements: { workers: 'ワーカーが稼働している', jobs: '各ジョブの最後の実行が成功している' },
  worker: ({ serviceName, running, desired, reason }) =>
    `${serviceName}: ${desired}個中${running}個のタスクが実行中${reason && `(${reason})`}`,
  sentence: ({ text }) => `${text}。`,
  failedJob: ({ name, time, reason }) => `${name} が ${time} に失敗: ${reason}`,
};
