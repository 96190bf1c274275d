import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAssembly } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { CONTAINER_INSIGHTS_METRICS } from '../../../tools/cost/monitoring-costs';
import { comparedCosts, costDocuments, costTableIn } from '../../../tools/repository/cost-documents';
import { findEnvironmentStack } from '../../../tools/cost/app-stacks';
import { costOf } from '../../../tools/cost/environment-cost';
import { formatUsd } from '../../../tools/cost/format-amounts';
import { priceOf, readPrices } from '../../../tools/cost/price-file';
import { assembly, configuredAssembly } from '../../support/assembly';
import { changed, having, stackOf } from './support';

const read = (file: string) => readFileSync(join(__dirname, '../../..', file), 'utf8');
const prices = readPrices();
const stacksIn = (folder: string) => readAssembly(folder, new SecretMask()).stacks;

// First: ECharts numbers its classes within a process, and the command starts at 1.
const configuredEnvironments = jest.requireActual<Record<string, EnvironmentConfig>>('../../../lib/config');
const configured = costDocuments(comparedCosts(stacksIn(configuredAssembly), configuredEnvironments, prices));

const guideStacks = stacksIn(assembly);
const guideCosts = {
  dev: costOf(findEnvironmentStack(guideStacks, 'dev'), prices),
  prod: costOf(findEnvironmentStack(guideStacks, 'prod'), prices),
};
const guide = costDocuments(guideCosts);

/** Without what Prettier does to tables. */
const plain = (markdown: string) =>
  markdown
    .split('\n')
    .map((line) => line.replace(/ +/g, ' ').replace(/(:?)-{3,}(:?)/g, '$1---$2'))
    .join('\n')
    .trim();

test.each(Object.entries(configured.tables))(
  '%s says what the templates and the prices say: renew it with "npm run renew"',
  (file, table) => {
    expect(plain(costTableIn(read(file), file))).toBe(plain(table));
  },
);

test.each(Object.entries(configured.pictures))('%s shows it', (file, svg) => {
  expect(read(file)).toBe(svg);
});

test("the tables have the guide's figures and their sum, the plots each sum, and the READMEs show both", () => {
  const sums = ['| together | about 6,165 | 8,410 | 48,251–62,840 |', '| 合計 | 約6,165 | 8,410 | 48,251–62,840 |'];
  for (const [index, [page, table]] of Object.entries(guide.tables).entries()) {
    expect(table).toContain(sums[index]);
    for (const [file, svg] of Object.entries(guide.pictures)) {
      for (const text of ['ProoflinkDev: USD 56.06', '89.97–179.93']) expect(svg).toContain(`>${text}</text>`);
      expect(read(page)).toContain(`"${file}"`);
    }
  }
});

test('a part with a missing price is "?" in the tables and pictures, and so is its total', () => {
  const { dev, prod } = guideCosts;
  const withoutPrice = costOf(stackOf(changed(having('RDS::DBInstance', { DBInstanceClass: 'db.r8g.large' }))), prices);
  const { tables, pictures } = costDocuments({ dev: withoutPrice, prod });
  expect(tables['README.md'].split('\n')).toEqual(
    expect.arrayContaining([
      '| RDS | 1,500 | ? | 26,259 |',
      '| Fargate | 1,800 | 1,792 | 13,495–26,990 |',
      '| together | about 6,165 | ? | 48,251–62,840 |',
      '| USD | – | ? | 321.67–418.94 |',
    ]),
  );
  expect(tables['README.ja.md']).toContain('| 合計 | 約6,165 | ? | 48,251–62,840 |');
  for (const svg of Object.values(pictures)) {
    expect(svg).toContain('>ProoflinkDev: USD ?</text>');
    expect(svg.match(/>\?<\/text>/g)).toHaveLength(1);
    expect(svg).not.toContain(formatUsd(dev.usd));
  }
});

test('a part without any price has its row and its place in the picture', () => {
  const { prod } = guideCosts;
  const osaka = costOf(stackOf(changed({}), 'ProoflinkDev', 'ap-northeast-3'), prices);
  const { tables, pictures } = costDocuments({ dev: osaka, prod });
  expect(tables['README.md']).toContain('| Load balancer | 2,500 | ? | 3,537 |');
  expect(pictures['docs/images/cost-light.svg'].match(/>\?<\/text>/g)?.length).toBeGreaterThan(5);
});

const HOURS = 730;
const yen = (usd: number) => Math.round(usd * 150).toLocaleString('en');
const usd = (service: string, usageType: string, attributes?: Record<string, string>) =>
  priceOf(prices, { region: 'ap-northeast-1', service, usageType: `APN1-${usageType}`, attributes })?.usd ??
  fail(usageType);
const engine = { databaseEngine: 'PostgreSQL' };

test.each(['README.md', 'README.ja.md'])('%s: what choices save, of the sizes that the guide gives', (file) => {
  const [hours, always] = [changed({}), changed({ without: 'AWS::Scheduler::Schedule' })].map(
    (template) => costOf(stackOf(template), prices).usd?.from,
  ) as [number, number];
  const insights = usd('AmazonCloudWatch', 'CW:MetricMonitorUsage');
  for (const figure of [
    yen(HOURS * usd('AmazonRDS', 'InstanceUsage:db.t4g.micro', engine)),
    yen(always - hours),
    `${Math.round((100 * (always - hours)) / always)}`,
    yen(HOURS * (usd('AmazonEC2', 'NatGateway-Hours') + usd('AmazonVPC', 'PublicIPv4:InUseAddress'))),
    `${yen(CONTAINER_INSIGHTS_METRICS.from * insights)}–${yen(CONTAINER_INSIGHTS_METRICS.to * insights)}`,
    (150 * usd('AmazonS3', 'TimedStorage-ByteHrs')).toFixed(2),
  ])
    expect(read(file)).toMatch(new RegExp(`(?<![\\d,])${figure}(?!\\d)`));
});

/** An hour of db.t4g.medium in two zones, reserved for a year with nothing upfront (estimate B, 2026-09-27). */
const RESERVED = 0.1572;

test.each(['docs/guide-index.md', 'docs/guide-index.ja.md'])('%s says of 5.6 what the prices say', (file) => {
  const [, text = ''] = /\n\*\*5\.6([^]+?)\n\n/.exec(read(file)) ?? [];
  const onDemand = usd('AmazonRDS', 'Multi-AZUsage:db.t4g.medium', engine);
  const tasks = 2 * (usd('AmazonECS', 'Fargate-vCPU-Hours:perCPU') + 2 * usd('AmazonECS', 'Fargate-GB-Hours')) * HOURS;
  for (const figure of [
    yen(HOURS * (onDemand - RESERVED)),
    yen(HOURS * onDemand),
    `${Math.round(100 * (1 - RESERVED / onDemand))}%`,
    `${Math.round((100 * RESERVED) / onDemand)}%`,
    `${Math.round((100 * (13 + 5 / 60)) / 24)}%`, // dev's database runs 13 h 5 min of 24 h
    yen(0.17 * tasks),
  ])
    expect(text.replaceAll(' %', '%')).toMatch(new RegExp(`(?<![\\d,])${figure}(?!\\d)`));
});

function fail(what: string): never {
  throw new Error(`no ${what}`);
}
