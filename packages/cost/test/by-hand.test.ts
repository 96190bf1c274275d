import { readAssembly } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import { costOf } from '../src/environment-cost';
import { readPrices } from '../src/price-file';
import { assemblyOfApp } from './support';

const { stacks } = readAssembly(assemblyOfApp(), new SecretMask());

/** The costs of a stack as the command reads them. */
function costsOf(name: string) {
  const stack = stacks.get(name);
  if (!stack) throw new Error(`There is no stack ${name}.`);
  const { lines, usd, unpricedUsages } = costOf(stack, readPrices());
  if (!usd) throw new Error(`${name} has no sum.`);
  return { lines, sum: usd, unpriced: unpricedUsages.map(({ description }) => description) };
}

/** Dollars of a month, with the fewest tasks that scaling runs and with the most. */
interface UsdRange {
  readonly from: number;
  readonly to: number;
}

/** A cost that does not depend on the number of tasks. */
const fixed = (usd: number): UsdRange => ({ from: usd, to: usd });

/** A cost of each of 2 to 4 tasks. */
const perTaskOfProd = (usd: number): UsdRange => ({ from: 2 * usd, to: 4 * usd });

/** Dollars to the sixth digit, since calculations in another order differ in the last ones. */
const rounded = ({ from, to }: UsdRange) => ({ from: from.toFixed(6), to: to.toFixed(6) });

/** Hours of a month, as AWS's calculator counts them. */
const HOURS_A_MONTH = 730;

/** Dev's hours of a month: its database runs from 09:00 to 22:05, its web task from 09:15 to 22:00. */
const DEV_DATABASE_HOURS = HOURS_A_MONTH * ((13 + 5 / 60) / 24);
const DEV_TASK_HOURS = HOURS_A_MONTH * (12.75 / 24);

/** Hours of a month in which import jobs run: packages/cost/src/usage.ts. */
const IMPORT_HOURS = 0.5;

/** Prices of Tokyo in dollars, as in packages/cost/src/prices.json. */
const PRICE = {
  dbMicroHour: 0.025,
  dbMediumTwoZonesHour: 0.202,
  dbGigabyte: 0.138,
  dbGigabyteTwoZones: 0.276,
  fargateVcpuHour: 0.05056,
  fargateGigabyteHour: 0.00553,
  loadBalancerHour: 0.0243,
  capacityUnitHour: 0.008,
  ipv4Hour: 0.005,
  s3Gigabyte: 0.025,
  s3Write: 0.0047 / 1000,
  s3Read: 0.00037 / 1000,
  ecrGigabyte: 0.1,
  logGigabyteIn: 0.76,
  logGigabyteKept: 0.033,
  transferGigabyte: 0.114,
  secret: 0.4,
  secretRead: 0.05 / 10_000,
  lambdaGigabyteSecond: 0.0000166667,
  lambdaCall: 0.2 / 1_000_000,
  alarmMetric: 0.1,
  dashboard: 3,
  mail: 2 / 100_000,
  hostedZone: 0.5,
  firewall: 5,
  firewallRule: 1,
};

/** Lambda functions that CloudFormation calls: dev has one more, which empties the bucket when the stack is deleted. */
const DEV_FUNCTIONS = 3;
const PROD_FUNCTIONS = 2;

/** A month of one function, as packages/cost/src/usage.ts assumes it: 4 seconds at 128 MiB, in 2 calls. */
const FUNCTION_GIGABYTE_SECONDS = 4 * 0.125;
const FUNCTION_CALLS = 2;

/** Costs computed from the guide's numbers, the office hours, the usage that packages/cost/src/usage.ts assumes, and the prices. */
const BY_HAND: Readonly<Record<string, Readonly<Record<string, UsdRange>>>> = {
  ProoflinkDev: {
    'RDS: db.t4g.micro, one zone, 398 h': fixed(DEV_DATABASE_HOURS * PRICE.dbMicroHour),
    'RDS: 20 GB of gp3, one zone': fixed(20 * PRICE.dbGigabyte),
    'Fargate: 1 task: 0.5 vCPU (x86), 388 h': fixed(DEV_TASK_HOURS * 0.5 * PRICE.fargateVcpuHour),
    'Fargate: 1 task: 1 GB, 388 h': fixed(DEV_TASK_HOURS * PRICE.fargateGigabyteHour),
    'Load balancer: 730 h': fixed(HOURS_A_MONTH * PRICE.loadBalancerHour),
    'Load balancer: 0.1 capacity units (LCU)': fixed(HOURS_A_MONTH * 0.1 * PRICE.capacityUnitHour),
    'S3: 10 GB': fixed(10 * PRICE.s3Gigabyte),
    'S3: 10 writes': fixed(10 * PRICE.s3Write),
    'S3: 50 reads': fixed(50 * PRICE.s3Read),
    'ECR: 15 GB': fixed(15 * PRICE.ecrGigabyte),
    'Logs: 1 GB in': fixed(PRICE.logGigabyteIn),
    'Logs: kept for 3 days': fixed((3 / 30) * PRICE.logGigabyteKept),
    'Transfer: 1 GB to users': fixed(PRICE.transferGigabyte),
    'Batch: 0.5 h of jobs: 0.5 vCPU (x86)': fixed(IMPORT_HOURS * 0.5 * PRICE.fargateVcpuHour),
    'Batch: 0.5 h of jobs: 1 GB': fixed(IMPORT_HOURS * PRICE.fargateGigabyteHour),
    'Public IPv4: one per zone of the load balancer: 2': fixed(2 * HOURS_A_MONTH * PRICE.ipv4Hour),
    'Public IPv4: one per job, 0.5 h': fixed(IMPORT_HOURS * PRICE.ipv4Hour),
    'Public IPv4: one per task: 1 task, 388 h': fixed(DEV_TASK_HOURS * PRICE.ipv4Hour),
    'Secrets: 3': fixed(3 * PRICE.secret),
    'Secrets: 60 reads': fixed(60 * PRICE.secretRead),
    'Lambda: 1.5 GB-seconds': fixed(DEV_FUNCTIONS * FUNCTION_GIGABYTE_SECONDS * PRICE.lambdaGigabyteSecond),
    'Lambda: 6 calls': fixed(DEV_FUNCTIONS * FUNCTION_CALLS * PRICE.lambdaCall),
  },
  ProoflinkProd: {
    'RDS: db.t4g.medium, two zones, 730 h': fixed(HOURS_A_MONTH * PRICE.dbMediumTwoZonesHour),
    'RDS: 100 GB of gp3, two zones': fixed(100 * PRICE.dbGigabyteTwoZones),
    'Fargate: 2 to 4 tasks: 1 vCPU (x86), 730 h': perTaskOfProd(HOURS_A_MONTH * PRICE.fargateVcpuHour),
    'Fargate: 2 to 4 tasks: 2 GB, 730 h': perTaskOfProd(HOURS_A_MONTH * 2 * PRICE.fargateGigabyteHour),
    'Load balancer: 730 h': fixed(HOURS_A_MONTH * PRICE.loadBalancerHour),
    'Load balancer: 1 capacity unit (LCU)': fixed(HOURS_A_MONTH * PRICE.capacityUnitHour),
    'S3: 50 GB': fixed(50 * PRICE.s3Gigabyte),
    'S3: 2,000 writes': fixed(2_000 * PRICE.s3Write),
    'S3: 20,000 reads': fixed(20_000 * PRICE.s3Read),
    'ECR: 15 GB': fixed(15 * PRICE.ecrGigabyte),
    'Logs: 5 GB in': fixed(5 * PRICE.logGigabyteIn),
    'Logs: kept for 30 days': fixed(5 * PRICE.logGigabyteKept),
    'Transfer: 50 GB to users': fixed(50 * PRICE.transferGigabyte),
    'Batch: 0.5 h of jobs: 1 vCPU (x86)': fixed(IMPORT_HOURS * PRICE.fargateVcpuHour),
    'Batch: 0.5 h of jobs: 2 GB': fixed(IMPORT_HOURS * 2 * PRICE.fargateGigabyteHour),
    'Public IPv4: one per zone of the load balancer: 2': fixed(2 * HOURS_A_MONTH * PRICE.ipv4Hour),
    'Public IPv4: one per job, 0.5 h': fixed(IMPORT_HOURS * PRICE.ipv4Hour),
    'Public IPv4: one per task: 2 to 4 tasks, 730 h': perTaskOfProd(HOURS_A_MONTH * PRICE.ipv4Hour),
    'Secrets: 3': fixed(3 * PRICE.secret),
    'Secrets: 60 reads': fixed(60 * PRICE.secretRead),
    'Alarms, dashboard: metrics of 10 alarms: 11': fixed(11 * PRICE.alarmMetric),
    'Alarms, dashboard: alarms that scaling makes: 2': fixed(2 * PRICE.alarmMetric),
    'Alarms, dashboard: dashboards: 1': fixed(PRICE.dashboard),
    'Alarms, dashboard: 20 mails': fixed(20 * PRICE.mail),
    "Route 53: the domain's hosted zone, made before: 1": fixed(PRICE.hostedZone),
    'Lambda: 1 GB-seconds': fixed(PROD_FUNCTIONS * FUNCTION_GIGABYTE_SECONDS * PRICE.lambdaGigabyteSecond),
    'Lambda: 4 calls': fixed(PROD_FUNCTIONS * FUNCTION_CALLS * PRICE.lambdaCall),
  },
};

describe.each(Object.entries(BY_HAND))('the monthly cost of %s is what a person computes', (name, byHand) => {
  test('each line, and no other', () => {
    const lines = costsOf(name).lines.map(({ part, description, usd }) => [`${part}: ${description}`, rounded(usd)]);
    const linesByHand = Object.entries(byHand).map(([line, usd]) => [line, rounded(usd)]);
    expect(Object.fromEntries(lines)).toEqual(Object.fromEntries(linesByHand));
  });

  test('the sum', () => {
    const sumByHand = { from: 0, to: 0 };
    for (const { from, to } of Object.values(byHand)) {
      sumByHand.from += from;
      sumByHand.to += to;
    }
    expect(rounded(costsOf(name).sum)).toEqual(rounded(sumByHand));
  });
});

/** Testlean is dev with ten alarms and a firewall of five rules. It has no import and no office hours: it runs all day. */
describe('an environment whose usage packages/cost/src/usage.ts does not assume', () => {
  test('costs what its template alone says', () => {
    const database = HOURS_A_MONTH * PRICE.dbMicroHour + 20 * PRICE.dbGigabyte;
    const task = HOURS_A_MONTH * (0.5 * PRICE.fargateVcpuHour + PRICE.fargateGigabyteHour);
    const loadBalancer = HOURS_A_MONTH * PRICE.loadBalancerHour;
    // Two zones of the load balancer, and the task.
    const addresses = 3 * HOURS_A_MONTH * PRICE.ipv4Hour;
    const secrets = 3 * PRICE.secret;
    const monitoring = 10 * PRICE.alarmMetric + PRICE.dashboard;
    const firewall = PRICE.firewall + 5 * PRICE.firewallRule;
    const byHand = database + task + loadBalancer + addresses + secrets + monitoring + firewall;
    expect(costsOf('ProoflinkTestlean').sum.from).toBeCloseTo(byHand, 6);
  });

  test('lists the rest as unpriced: left out, it would look free', () => {
    const parts = ['S3', 'ECR', 'Logs', 'Transfer', 'Lambda', 'Load balancer'];
    expect(costsOf('ProoflinkTestlean').unpriced).toEqual(expect.arrayContaining(parts));
  });
});

test('prod lists as unpriced what has no quantity, although its usage is assumed', () => {
  const unpriced = ['Container Insights', 'S3: old versions of files, kept for 90 days'];
  expect(costsOf('ProoflinkProd').unpriced).toEqual(expect.arrayContaining(unpriced));
});

test('the delivery costs nothing, since IAM is free, and has nothing unpriced', () => {
  expect(costsOf('ProoflinkDelivery')).toEqual({ lines: [], sum: { from: 0, to: 0 }, unpriced: [] });
});
