import { readAssembly } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import { costOf } from '../../../tools/cost/environment-cost';
import { readPrices } from '../../../tools/cost/price-file';
import { assembly } from '../../support/assembly';

const { stacks } = readAssembly(assembly, new SecretMask());

/** Dollars of a month; of as few and as many tasks as scaling may start, if they differ. */
type Usd = number | { readonly fewestTasks: number; readonly mostTasks: number };

function costed(name: string) {
  const stack = stacks.get(name);
  if (!stack) throw new Error(`no stack ${name}`);
  const { lines, usd, unpricedUsages } = costOf(stack, readPrices());
  if (!usd) throw new Error(`no sum of ${name}`);
  return { lines, sum: usd, notPriced: unpricedUsages.map(({ description }) => description) };
}

/** Dollars to the sixth digit. */
const rounded = ({ from, to }: { readonly from: number; readonly to: number }) => ({
  from: from.toFixed(6),
  to: to.toFixed(6),
});

const rangeOf = (usd: Usd) =>
  typeof usd === 'number' ? { from: usd, to: usd } : { from: usd.fewestTasks, to: usd.mostTasks };

const database = 730 * ((13 + 5 / 60) / 24); // 09:00 to 22:05
const task = 730 * (12.75 / 24); // 09:15 to 22:00

/** From the numbers of the guide, the office hours and the price list alone: hours × amount × price. */
const BY_HAND: Readonly<Record<string, Readonly<Record<string, Usd>>>> = {
  ProoflinkDev: {
    'RDS: db.t4g.micro, one zone, 398 h': database * 0.025,
    'RDS: 20 GB of gp3, one zone': 20 * 0.138,
    'Fargate: 1 task: 0.5 vCPU (x86), 388 h': task * 0.5 * 0.05056,
    'Fargate: 1 task: 1 GB, 388 h': task * 0.00553,
    'Load balancer: 730 h': 730 * 0.0243,
    'Load balancer: 0.1 capacity units (LCU)': 730 * 0.1 * 0.008,
    'S3: 10 GB': 10 * 0.025,
    'S3: 10 writes': (10 * 0.0047) / 1000,
    'S3: 50 reads': (50 * 0.00037) / 1000,
    'ECR: 15 GB': 15 * 0.1,
    'Logs: 1 GB in': 0.76,
    'Logs: kept for 3 days': (3 / 30) * 0.033,
    'Transfer: 1 GB to users': 0.114,
    'Batch: 0.5 h of jobs: 0.5 vCPU (x86)': 0.5 * 0.5 * 0.05056,
    'Batch: 0.5 h of jobs: 1 GB': 0.5 * 0.00553,
    'Public IPv4: one per zone of the load balancer: 2': 2 * 730 * 0.005,
    'Public IPv4: one per job, 0.5 h': 0.5 * 0.005,
    'Public IPv4: one per task: 1 task, 388 h': task * 0.005,
    'Secrets: 3': 3 * 0.4,
    'Secrets: 60 reads': (60 * 0.05) / 10_000,
    'Lambda: 1.5 GB-seconds': 3 * 4 * 0.125 * 0.0000166667,
    'Lambda: 6 calls': 3 * 2 * 0.0000002,
  },
  ProoflinkProd: {
    'RDS: db.t4g.medium, two zones, 730 h': 730 * 0.202,
    'RDS: 100 GB of gp3, two zones': 100 * 0.276,
    'Fargate: 2 to 4 tasks: 1 vCPU (x86), 730 h': { fewestTasks: 2 * 730 * 0.05056, mostTasks: 4 * 730 * 0.05056 },
    'Fargate: 2 to 4 tasks: 2 GB, 730 h': { fewestTasks: 2 * 730 * 2 * 0.00553, mostTasks: 4 * 730 * 2 * 0.00553 },
    'Load balancer: 730 h': 730 * 0.0243,
    'Load balancer: 1 capacity unit (LCU)': 730 * 0.008,
    'S3: 50 GB': 50 * 0.025,
    'S3: 2,000 writes': 2 * 0.0047,
    'S3: 20,000 reads': 20 * 0.00037,
    'ECR: 15 GB': 15 * 0.1,
    'Logs: 5 GB in': 5 * 0.76,
    'Logs: kept for 30 days': 5 * 0.033,
    'Transfer: 50 GB to users': 50 * 0.114,
    'Batch: 0.5 h of jobs: 1 vCPU (x86)': 0.5 * 0.05056,
    'Batch: 0.5 h of jobs: 2 GB': 0.5 * 2 * 0.00553,
    'Public IPv4: one per zone of the load balancer: 2': 2 * 730 * 0.005,
    'Public IPv4: one per job, 0.5 h': 0.5 * 0.005,
    'Public IPv4: one per task: 2 to 4 tasks, 730 h': { fewestTasks: 2 * 730 * 0.005, mostTasks: 4 * 730 * 0.005 },
    'Secrets: 3': 3 * 0.4,
    'Secrets: 60 reads': (60 * 0.05) / 10_000,
    'Alarms, dashboard: metrics of 10 alarms: 11': 11 * 0.1,
    'Alarms, dashboard: alarms that scaling makes: 2': 2 * 0.1,
    'Alarms, dashboard: dashboards: 1': 3,
    'Alarms, dashboard: 20 mails': (20 * 2) / 100_000,
    "Route 53: the domain's hosted zone, made before: 1": 0.5,
    'Lambda: 1 GB-seconds': 2 * 4 * 0.125 * 0.0000166667,
    'Lambda: 4 calls': 2 * 2 * 0.0000002,
  },
};

describe.each(Object.entries(BY_HAND))('the month of %s is what a person computes', (name, byHand) => {
  test('line by line', () => {
    const lines = costed(name).lines.map(({ part, description, usd }) => [`${part}: ${description}`, rounded(usd)]);
    const linesByHand = Object.entries(byHand).map(([line, usd]) => [line, rounded(rangeOf(usd))]);
    expect(Object.fromEntries(lines)).toEqual(Object.fromEntries(linesByHand));
  });

  test('in sum', () => {
    const sumByHand = { from: 0, to: 0 };
    for (const { from, to } of Object.values(byHand).map(rangeOf)) {
      sumByHand.from += from;
      sumByHand.to += to;
    }
    expect(rounded(costed(name).sum)).toEqual(rounded(sumByHand));
  });
});

test('without assumed usage, what the template says is priced, and the rest is listed, never free', () => {
  const { sum, notPriced } = costed('ProoflinkTestlean');
  const byHand = 730 * 0.025 + 20 * 0.138 + 730 * (0.5 * 0.05056 + 0.00553) + 730 * 0.0243 + 3 * 730 * 0.005 + 3 * 0.4;
  const firewall = 5 + 5 * 1;
  expect(sum.from).toBeCloseTo(byHand + 10 * 0.1 + 3 + firewall, 6);
  expect(notPriced).toEqual(expect.arrayContaining(['S3', 'ECR', 'Logs', 'Transfer', 'Lambda', 'Load balancer']));
});

test('prod lists what has no quantity; the delivery has only roles, costs nothing, and nothing of it is unknown', () => {
  const listed = ['Container Insights', 'S3: old versions of files, kept for 90 days'];
  expect(costed('ProoflinkProd').notPriced).toEqual(expect.arrayContaining(listed));
  expect(costed('ProoflinkDelivery')).toEqual({ lines: [], sum: { from: 0, to: 0 }, notPriced: [] });
});
