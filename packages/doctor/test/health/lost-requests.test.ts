import { askQuestion } from './aws-answers';

/** Counts of requests by hour. */
const counting = (...Values: number[]) => ({
  GetMetricData: ({ MetricDataQueries: [query] }: MetricRequest) => ({
    MetricDataResults: query?.MetricStat.Metric.MetricName === 'HTTPCode_ELB_502_Count' ? [{ Values }] : [],
  }),
});

interface MetricRequest {
  readonly MetricDataQueries: readonly { readonly MetricStat: { readonly Metric: { readonly MetricName: string } } }[];
}

test('502s of the load balancer’s own: the application may close idle connections too early', async () => {
  const answer = await askQuestion('lost-requests', counting(2, 0, 3));
  expect(answer).toMatchObject({
    result: 'look',
    says: expect.stringContaining('answered 502 to 5 requests, and the application did not') as string,
    fix: expect.stringContaining('KEEP_ALIVE_TIMEOUT') as string,
  });
});
