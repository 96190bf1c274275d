import { ago, NOW, answers } from './aws-answers';

const jobs = (lists: Readonly<Record<string, readonly object[]>>) => ({
  // A job a page, behind an empty one.
  ListJobs: ({ jobStatus, nextToken = '0' }: { jobStatus: string; nextToken?: string }) => ({
    jobSummaryList: (lists[jobStatus] ?? [])
      .slice(Number(nextToken) - 1, Number(nextToken))
      .map((job) => ({ ...job, status: jobStatus })),
    nextToken: Number(nextToken) < (lists[jobStatus] ?? []).length ? String(Number(nextToken) + 1) : undefined,
  }),
});
const job = (stoppedAt: Date) => ({ jobId: 'j1', stoppedAt: stoppedAt.getTime(), statusReason: 'exit 1' });
answers('import', [
  [
    'ended well after it had failed',
    jobs({ SUCCEEDED: [job(ago(1))], FAILED: [job(ago(2))] }),
    'well',
    /ended well, 2026-11-26 11:00/,
  ],
  [
    'failed last',
    jobs({ SUCCEEDED: [job(ago(2))], FAILED: [job(ago(1)), job(ago(3))] }),
    'wrong',
    /failed at .*: exit 1\. .*import prod --job j1$/,
  ],
  ['never ran', jobs({ RUNNABLE: [{ createdAt: NOW.getTime() }] }), 'look', /import prod <file\.csv>/],
]);
answers('jobs-start', [
  [
    'waits for ever',
    jobs({ RUNNABLE: [{ createdAt: ago(1).getTime() }] }),
    'wrong',
    /^1 import job RUNNABLE, since 2026-11-26 11:00/,
  ],
  ['waits for a moment', jobs({ RUNNABLE: [{ createdAt: NOW.getTime() }] }), 'well', /^$/],
]);
