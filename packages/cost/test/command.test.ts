import { writeAssembly } from '@infra/change-review/testing';
import { command } from '@infra/testing/prooflink';
import { costOf } from '../src/environment-cost';
import { formatUsd, formatUsdAsYen } from '../src/format-amounts';
import { changed, stackOf, templateOfApp, withClass } from './support';

const assembly = writeAssembly({
  stacks: {
    ProoflinkDev: { template: { ...templateOfApp('dev') } },
    ProoflinkProd: { template: { ...templateOfApp('prod') } },
  },
});
const unpriced = writeAssembly({ stacks: { ProoflinkDev: { template: { ...withClass('db.r8g.large') } } } });

const dev = costOf(stackOf(changed({})));
const cost = (...args: string[]) => command('cost', ...args);

test('shows each environment in USD and yen, what is assumed, and what is in no sum, in 80 columns', async () => {
  const { stdout, stderr, exitCode } = await cost('--assembly', assembly);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  expect(stdout).toMatch(
    new RegExp(`^ProoflinkDev: USD ${formatUsd(dev.usd)}, ${formatUsdAsYen(dev.usd)} yen a month\n┌`),
  );
  expect(stdout).toMatch(/\nProoflinkProd: USD [\d.]+–[\d.]+, [\d,]+–[\d,]+ yen a month\n/);
  expect(stdout).toMatch(/│ Fargate +│ Fargate-vCPU-Hours:perCPU +│ +73\.82–147\.64 │ 11,073–22,145 │/);
  expect(stdout).toMatch(/│ +│ 50 GB-Mo \* +│/);
  expect(stdout).toMatch(/\nNot in the sum [^┌]*\n?CW:MetricMonitorUsage \(Container Insights\)/);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(stdout).not.toContain('\u001b');
});

test('a class whose price is not in prices.json is one calm line: "?" in its row and in the sum, and exit 0', async () => {
  const { stdout, stderr, exitCode } = await cost('dev', '--assembly', unpriced);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  expect(stdout).toMatch(/^ProoflinkDev: USD \?, \? yen a month\n/);
  expect(stdout).toMatch(/│ RDS +│ InstanceUsage:db\.r8g\.large +│ +\? │ +\? │\n/);
  expect(stdout).toMatch(/│ +│ RDS:GP3-Storage +│ +2\.76 │ +414 │\n/);
  expect(stdout.replaceAll('\n', ' ')).toContain(
    ' ProoflinkDev: the sum is unknown: packages/cost/src/prices.json has no price of ap-northeast-1, or the template ' +
      'no number, for AmazonRDS InstanceUsage:db.r8g.large. Prices to add with their date: https://aws.amazon.com/pricing/ ',
  );
});

test('--json has the same for programs, of the environments that are named; a sum without a price is null', async () => {
  const { stdout, exitCode } = await cost('dev', '--assembly', assembly, '--json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    yenPerDollar: 150,
    environments: [{ stackName: 'ProoflinkDev', usd: dev.usd }],
  });
  const { stdout: withoutPrice } = await cost('dev', '--assembly', unpriced, '--json');
  expect(JSON.parse(withoutPrice)).toMatchObject({
    environments: [{ usd: null, missing: ['AmazonRDS InstanceUsage:db.r8g.large'] }],
  });
});

test('an environment that lib/config does not have is refused', async () => {
  const { stderr, exitCode } = await cost('staging', '--assembly', assembly);
  expect(stderr).toContain('There are: dev, prod.');
  expect(exitCode).toBe(2);
});
