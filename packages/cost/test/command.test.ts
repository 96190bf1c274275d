import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeAssembly } from '@infra/change-review/testing';
import { CopyOfApp } from '@infra/commands/test/support/copy-of-app';
import { command } from '@infra/commands/test/support/prooflink';
import { assemblyOfApp, changed, having } from './support';

const assembly = assemblyOfApp();

const cost = (...args: string[]) => command('cost', ...args);

test('shows each environment in USD and yen, what is assumed apart, and what has no price, in 80 columns', async () => {
  const { stdout, stderr, exitCode } = await cost('--assembly', assembly);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  expect(stdout).toMatch(/^ProoflinkDev: USD 56\.06, 8,410 yen a month\n\nBy its template:\n┌/);
  expect(stdout).toMatch(/\nProoflinkProd: USD 321\.67–418\.94, 48,251–62,840 yen a month\n/);
  expect(stdout).toMatch(/\nBy the usage that packages\/cost\/src\/usage\.ts assumes:\n┌/);
  expect(stdout).toMatch(/\nNot priced, and in no sum:\n[^┌]* {2}- Container Insights\. /);
  expect(stdout).toMatch(/│ Fargate +│ 2 to 4 tasks: 1 vCPU +│ +73\.82–147\.64 │ 11,073–22,145 │/);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(stdout).not.toContain('\u001b');
});

test('--json has the same for programs, of the environments that are named', async () => {
  const { stdout, exitCode } = await cost('dev', '--assembly', assembly, '--json');
  const report = JSON.parse(stdout) as { readonly environments: readonly unknown[] };
  expect(exitCode).toBe(0);
  expect(report).toMatchObject({ yenPerDollar: 150, warnings: [] });
  expect(report.environments).toHaveLength(1);
  expect(report.environments[0]).toMatchObject({
    stack: 'ProoflinkDev',
    usd: { from: expect.closeTo(56.065, 2) as number },
    yen: { to: expect.closeTo(8409.74, 1) as number },
    notPriced: expect.arrayContaining([expect.objectContaining({ what: 'Schedules: 4' })]) as unknown,
    free: expect.arrayContaining([expect.objectContaining({ type: 'AWS::IAM::Role' })]) as unknown,
  });
});

describe('a sum with a missing price is no sum', () => {
  const withoutPrice = writeAssembly({
    stacks: {
      ProoflinkDev: { template: { ...changed(having('RDS::DBInstance', { DBInstanceClass: 'db.r8g.large' })) } },
    },
  });
  const reason =
    "RDS: db.r8g.large, one zone, 398 h. No price of AmazonRDS's APN1-InstanceUsage:db.r8g.large: add it to " +
    'packages/cost/src/prices.json with its unit, source and date, or run "npm run prooflink -- cost --renew", which fetches it.';

  it('in the terminal: "?" in the row and in the totals, and exit 1 with the command that fetches it', async () => {
    const { stdout, stderr, exitCode } = await cost('dev', '--assembly', withoutPrice);
    expect(exitCode).toBe(1);
    expect(stderr).toBe(`ProoflinkDev: its sum is unknown, since a cost is missing. ${reason}\n`);
    expect(stdout).toMatch(/^ProoflinkDev: USD \?, \? yen a month\n/);
    expect(stdout).toMatch(/│ RDS +│ 20 GB of gp3, one zone +│ +2\.76 │ +414 │\n/);
    expect(stdout).toMatch(/│ +│ db\.r8g\.large, one zone, +│ +\? │ +\? │\n/);
    const [totalByTemplate, totalOfAssumed] = stdout.split('\n').filter((line) => line.includes('together'));
    expect(totalByTemplate).toMatch(/│ together +│ +\? │ +\? │$/);
    expect(totalOfAssumed).toMatch(/│ together +│ +\d[\d.]* │ +\d[\d,]* │$/);
    expect(stdout.replace(/\n {4}/g, ' ')).toContain(`\nMissing, so that the sum is unknown:\n  - ${reason}\n`);
  });

  it('for programs: null, the missing price, and exit 1', async () => {
    const { stdout, exitCode } = await cost('dev', '--assembly', withoutPrice, '--json');
    const { environments } = JSON.parse(stdout) as { environments: unknown[] };
    expect(exitCode).toBe(1);
    expect(environments).toEqual([
      expect.objectContaining({
        usd: null,
        yen: null,
        notPriced: expect.arrayContaining([
          expect.objectContaining({ what: 'RDS: db.r8g.large, one zone, 398 h', isMissing: true }),
        ]) as unknown,
        missing: [expect.objectContaining({ usageType: 'APN1-InstanceUsage:db.r8g.large' })],
      }),
    ]);
  });

  it('in a region without prices: the first missing price, and the number of the others', async () => {
    const template = { ...changed({}) };
    const environment = 'aws://123456789012/ap-northeast-3';
    const osaka = writeAssembly({ stacks: { ProoflinkDev: { template, environment } } });
    const { stderr, exitCode } = await cost('dev', '--assembly', osaka);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^ProoflinkDev: its sum is unknown, /);
    expect(stderr).toContain(' run "npm run prooflink -- cost --renew", which fetches it. ');
    expect(stderr).toMatch(/ Missing costs besides: \d\d, which "npm run prooflink -- cost" lists\.\n$/);
  });
});

describe('without an assembly', () => {
  const app = new CopyOfApp();
  afterAll(() => {
    app.remove();
  });

  it('the app is synthesized, and no file is left', () => {
    app.addEverything();
    app.useTestConfigs();
    const { status, stdout } = app.run('npm run --silent prooflink -- cost dev');
    expect(stdout).toMatch(/^ProoflinkDev: USD \d/);
    expect(status).toBe(0);
  }, 300_000);
});

test.each([
  {
    title: 'a folder that is no assembly',
    args: ['--assembly', join(tmpdir(), 'no-such-assembly')],
    reason: 'is not a directory',
  },
  {
    title: 'an environment that lib/config does not have',
    args: ['staging', '--assembly', assembly],
    reason: 'There are: dev, prod.',
  },
  { title: 'two forms at once', args: ['--json', '--renew'], reason: "cannot be used with option '--renew'" },
])('$title is refused', async ({ args, reason }) => {
  const { stderr, exitCode } = await cost(...args);
  expect(stderr).toContain(reason);
  expect(exitCode).toBe(2);
});
