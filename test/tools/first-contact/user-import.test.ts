import { ago, NOW, rows } from './aws-answers';

const jobs = (lists: Readonly<Record<string, readonly object[]>>) => ({
  // A job a page, behind an empty one.
  ListJobs: ({ jobStatus, nextToken = '0' }: { jobStatus: string; nextToken?: string }) => ({
    jobSummaryList: (lists[jobStatus] ?? []).slice(Number(nextToken) - 1, Number(nextToken)),
    nextToken: Number(nextToken) < (lists[jobStatus] ?? []).length ? String(Number(nextToken) + 1) : undefined,
  }),
  DescribeComputeEnvironments: {
    computeEnvironments: [{ state: 'ENABLED', status: 'INVALID', statusReason: 'subnet gone' }],
  },
});
const job = (stoppedAt: Date) => ({ jobId: 'j1', stoppedAt: stoppedAt.getTime(), statusReason: 'exit 1' });
rows('an import', /own import/, [
  [
    'ended well after it had failed',
    jobs({ SUCCEEDED: [job(ago(1))], FAILED: [job(ago(2))] }),
    'pass',
    /ended well, 2026-11-26 11:00/,
  ],
  ['failed last', jobs({ SUCCEEDED: [job(ago(2))], FAILED: [job(ago(1)), job(ago(3))] }), 'fail', /j1, failed: exit 1/],
  [
    'waits for ever',
    jobs({ RUNNABLE: [{ jobId: 'j2', createdAt: ago(1).getTime() }] }),
    'fail',
    /j2 has waited .+ENABLED, INVALID, subnet gone/,
  ],
  ['never ran', jobs({ RUNNABLE: [{ createdAt: NOW.getTime() }] }), 'look', /import prod <file\.csv>/],
]);
