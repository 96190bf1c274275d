import { setTimeout } from 'node:timers/promises';
import { Batch } from '@aws-sdk/client-batch';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { Account } from './support/account';
import { logGroup } from './support/log-groups';

const account = Account.shared({ usedBefore: true });

/** Seconds that a client which keeps AWS's time has to count for the answer to a request. */
async function secondsOf(action: string, parameters: Record<string, string>, now = 0) {
  const response = await fetch(account.aws.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/ap-northeast-1/cloudformation/aws4_request',
      'x-local-aws-now': String(now),
    },
    body: new URLSearchParams({ Action: action, Version: '2010-05-15', ...parameters }),
  });
  return { status: response.status, seconds: Number(response.headers.get('x-local-aws-seconds')) };
}

beforeAll(async () => {
  await account.deploy('Paced', { Group: logGroup('paced') });
  account.aws.keepAwsPace();
});

it('the comparison of a resource takes seconds, and more than five at once are throttled', async () => {
  const compare = () => secondsOf('DetectStackResourceDrift', { StackName: 'Paced', LogicalResourceId: 'Group' });
  const results = await Promise.all(Array.from({ length: 6 }, compare));
  expect(results.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 200, 400]);
  expect(Math.max(...results.map(({ seconds }) => seconds))).toBeGreaterThan(1);
});

it('an update lasts until the clock of the client has passed its time, and not longer', async () => {
  const statusAt = async (now: number) => {
    await secondsOf('DescribeStacks', {}, now);
    await setTimeout(200);
    const { Stacks = [] } = await account.cloudFormation.describeStacks({ StackName: 'Paced' });
    return Stacks[0]?.StackStatus;
  };
  const before = 100;
  await secondsOf('DescribeStacks', {}, before);
  await account.cloudFormation.updateStack({
    StackName: 'Paced',
    TemplateBody: JSON.stringify({ Resources: { Group: logGroup('paced', { RetentionInDays: 3 }) } }),
  });
  expect(await statusAt(before + 5)).toBe('UPDATE_IN_PROGRESS');
  expect(await statusAt(before + 20)).toBe('UPDATE_COMPLETE');
});

it('a figure of CloudWatch can be read minutes later', async () => {
  const cloudWatch = new CloudWatch(account.client);
  const listed = async () => (await cloudWatch.listMetrics({ Namespace: 'Late' })).Metrics;
  await cloudWatch.putMetricData({ Namespace: 'Late', MetricData: [{ MetricName: 'Requests', Value: 1 }] });
  expect(await listed()).toEqual([]);
  account.aws.wait(180);
  expect(await listed()).toHaveLength(1);
});

it('a fault of an operation of REST is set by its method and path', async () => {
  account.aws.fault({ 'POST /v1/describejobs': 'denied' });
  const jobs = new Batch(account.client).describeJobs({ jobs: ['none'] });
  await expect(jobs).rejects.toThrow('The caller is not authorized');
  account.aws.fault({});
});
