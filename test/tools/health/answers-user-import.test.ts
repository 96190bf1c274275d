import { ago, answers } from './aws-answers';

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
    'failed last, after one had ended well',
    jobs({ SUCCEEDED: [job(ago(2))], FAILED: [job(ago(3)), job(ago(1))] }),
    'wrong',
    /failed at 2026-11-26 11:00 .*: exit 1\. .*import prod --job j1$/,
  ],
]);
