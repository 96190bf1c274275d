import { prod } from '@infra/testing/configs';
import { askQuestion, environmentWith } from './aws-answers';

interface MetricRequest {
  readonly MetricDataQueries: readonly { readonly MetricStat: { readonly Metric: object } }[];
}

/** Counts of blocked requests by hour. */
const blocking = (...Values: number[]) => ({
  GetMetricData: ({ MetricDataQueries: [query] }: MetricRequest) => {
    expect(query?.MetricStat.Metric).toEqual({
      Namespace: 'AWS/WAFV2',
      MetricName: 'BlockedRequests',
      Dimensions: [
        { Name: 'WebACL', Value: 'the firewall' },
        { Name: 'Region', Value: 'ap-northeast-1' },
        { Name: 'Rule', Value: 'ALL' },
      ],
    });
    return { MetricDataResults: [{ Values }] };
  },
});

const guarded = (mode: 'count' | 'block') =>
  environmentWith({
    config: {
      loadBalancer: {
        ...prod.loadBalancer,
        firewall: { mode, requestsPerAddress: 2_000, signInsPerAddress: 100 },
      },
    },
  });

test('blocked requests may be users: the log names the rule', async () => {
  expect(await askQuestion('firewall', blocking(2, 0, 3), guarded('block'))).toEqual({
    result: 'look',
    says: 'Within a day the firewall answered 403 to 5 requests: robots, or users whom a rule locks out.',
    fix:
      'the rule (terminatingRuleId): aws logs tail --region ap-northeast-1 the firewallLogGroup --since 1d\n' +
      'If it is the wrong one: docs/firewall.md',
  });
});
