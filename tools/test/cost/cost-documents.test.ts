import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAssembly } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { CONTAINER_INSIGHTS_METRICS } from '../../cost/monitoring-costs';
import { comparedCosts, costDocuments, costTableIn, withCostSentence } from '../../repository/cost-documents';
import { findEnvironmentStack } from '../../cost/app-stacks';
import { costOf } from '../../cost/environment-cost';
import { priceOf, readPrices } from '../../cost/price-file';
import { assembly, configuredAssembly } from '../../../test/support/assembly';
import { changed, having, stackOf } from './support';

const read = (file: string) => readFileSync(join(__dirname, '../../..', file), 'utf8');
const prices = readPrices();
const stacksIn = (folder: string) => readAssembly(folder, new SecretMask()).stacks;

const configuredEnvironments = jest.requireActual<Record<string, EnvironmentConfig>>('../../../lib/config');
const configured = costDocuments(comparedCosts(stacksIn(configuredAssembly), configuredEnvironments, prices));

const guideStacks = stacksIn(assembly);
const guideCosts = {
  dev: costOf(findEnvironmentStack(guideStacks, 'dev'), prices),
  prod: costOf(findEnvironmentStack(guideStacks, 'prod'), prices),
};
const guide = costDocuments(guideCosts);

/** A table without the spaces and hyphens by which Prettier aligns it. */
const withoutAlignment = (markdown: string) =>
  markdown
    .split('\n')
    .map((line) => line.replace(/ +/g, ' ').replace(/(:?)-{3,}(:?)/g, '$1---$2'))
    .join('\n')
    .trim();

test.each(Object.entries(configured.tables))(
  '%s says what the templates and the prices say: renew it with "npm run renew"',
  (file, table) => {
    expect(withoutAlignment(costTableIn(read(file), file))).toBe(withoutAlignment(table));
  },
);

test.each(Object.entries(configured.sentences))('%s says it in a sentence', (file, sentence) => {
  const page = read(file);
  expect(page).toContain(sentence);
  expect(withCostSentence(page, 'other sums')).not.toContain(sentence);
});

test.each([
  { page: 'docs/environments.md', sum: '| together | about 6,165 | 8,410 | 48,251–62,840 |' },
  { page: 'docs/environments.ja.md', sum: '| 合計 | 約6,165 | 8,410 | 48,251–62,840 |' },
] as const)("$page: the table has the guide's figures, and the sums of both environments", ({ page, sum }) => {
  expect(guide.tables[page]).toContain(sum);
});

test('the chart of prod has its parts, with the fewest tasks', () => {
  const [, chart = ''] = /title prod: ([^]*?)```/.exec(guide.tables['docs/environments.md']) ?? [];
  expect(chart).toMatch(/^USD per month, with the fewest tasks\n/);
  expect(chart).toContain('  "Fargate" : 89.97\n');
});

test('a part with a missing price is "?" in the tables, and so is its total; the chart says that it is missing', () => {
  const { prod } = guideCosts;
  const withoutPrice = costOf(stackOf(changed(having('RDS::DBInstance', { DBInstanceClass: 'db.r8g.large' }))), prices);
  const { tables } = costDocuments({ dev: withoutPrice, prod });
  expect(tables['docs/environments.md'].split('\n')).toEqual(
    expect.arrayContaining([
      '| RDS | 1,500 | ? | 26,259 |',
      '| Fargate | 1,800 | 1,792 | 13,495–26,990 |',
      '| together | about 6,165 | ? | 48,251–62,840 |',
      '| USD | – | ? | 321.67–418.94 |',
    ]),
  );
  expect(tables['docs/environments.ja.md']).toContain('| 合計 | 約6,165 | ? | 48,251–62,840 |');
  const [, chart = ''] = /title dev: ([^]*?)```/.exec(tables['docs/environments.md']) ?? [];
  expect(chart).toMatch(/^USD per month, with the fewest tasks, without what has no price\n/);
  expect(chart).not.toContain('"RDS"');
});

test('a part without any price has its row', () => {
  const { prod } = guideCosts;
  const osaka = costOf(stackOf(changed({}), 'ProoflinkDev', 'ap-northeast-3'), prices);
  const { tables } = costDocuments({ dev: osaka, prod });
  expect(tables['docs/environments.md']).toContain('| Load balancer | 2,500 | ? | 3,537 |');
});

const HOURS = 730;

const inYen = (usd: number) => Math.round(usd * 150).toLocaleString('en');

/** Price in Tokyo. */
function usdOf(service: string, usageType: string, attributes?: Record<string, string>): number {
  const price = priceOf(prices, { region: 'ap-northeast-1', service, usageType: `APN1-${usageType}`, attributes });
  if (!price) throw new Error(`There is no price of ${usageType}`);
  return price.usd;
}

const POSTGRESQL = { databaseEngine: 'PostgreSQL' };

/** A number alone, and no part of a longer one. */
const figure = (text: string) => new RegExp(`(?<![\\d,])${text}(?!\\d)`);

describe.each(['docs/environments.md', 'docs/environments.ja.md'])(
  '%s: what a choice saves, of the sizes that the guide gives',
  (file) => {
    const text = read(file);
    const usdWithOfficeHours = costOf(stackOf(changed({})), prices).usd?.from ?? NaN;
    const usdAlways = costOf(stackOf(changed({ without: 'AWS::Scheduler::Schedule' })), prices).usd?.from ?? NaN;
    const saved = usdAlways - usdWithOfficeHours;

    test('a month of the database', () => {
      const databaseUsd = HOURS * usdOf('AmazonRDS', 'InstanceUsage:db.t4g.micro', POSTGRESQL);
      expect(text).toMatch(figure(inYen(databaseUsd)));
    });

    test('office hours, in yen', () => {
      expect(text).toMatch(figure(inYen(saved)));
    });

    test('office hours, as a part of the whole', () => {
      expect(text).toMatch(figure(`${Math.round((100 * saved) / usdAlways)}`));
    });

    test('no NAT gateway, and no public address of one', () => {
      const hourlyUsd = usdOf('AmazonEC2', 'NatGateway-Hours') + usdOf('AmazonVPC', 'PublicIPv4:InUseAddress');
      expect(text).toMatch(figure(inYen(HOURS * hourlyUsd)));
    });

    test('no Container Insights', () => {
      const metricUsd = usdOf('AmazonCloudWatch', 'CW:MetricMonitorUsage');
      const { from, to } = CONTAINER_INSIGHTS_METRICS;
      expect(text).toMatch(figure(`${inYen(from * metricUsd)}–${inYen(to * metricUsd)}`));
    });

    test('a gigabyte of files', () => {
      expect(text).toMatch(figure((150 * usdOf('AmazonS3', 'TimedStorage-ByteHrs')).toFixed(2)));
    });
  },
);

/** Dollars of an hour of db.t4g.medium in two zones, reserved for a year with nothing upfront (estimate B, 2026-09-27). */
const RESERVED_USD = 0.1572;

describe.each(['docs/guide-index.md', 'docs/guide-index.ja.md'])('%s on reservations (guide 5.6)', (file) => {
  const [, chapter = ''] = /\n\*\*5\.6([^]+?)\n\n/.exec(read(file)) ?? [];
  const text = chapter.replaceAll(' %', '%');
  const onDemandUsd = usdOf('AmazonRDS', 'Multi-AZUsage:db.t4g.medium', POSTGRESQL);

  test('a month of the database on demand', () => {
    expect(text).toMatch(figure(inYen(HOURS * onDemandUsd)));
  });

  test('what a reservation saves, in yen and as a part', () => {
    expect(text).toMatch(figure(inYen(HOURS * (onDemandUsd - RESERVED_USD))));
    expect(text).toMatch(figure(`${Math.round(100 * (1 - RESERVED_USD / onDemandUsd))}%`));
  });

  test('from which part of the hours on a reservation saves', () => {
    expect(text).toMatch(figure(`${Math.round((100 * RESERVED_USD) / onDemandUsd)}%`));
  });

  test('the part of the hours in which dev’s database runs: 13 h 5 min of a day', () => {
    expect(text).toMatch(figure(`${Math.round((100 * (13 + 5 / 60)) / 24)}%`));
  });

  test('what a savings plan of 17 % saves of two tasks of prod', () => {
    const taskUsd = usdOf('AmazonECS', 'Fargate-vCPU-Hours:perCPU') + 2 * usdOf('AmazonECS', 'Fargate-GB-Hours');
    expect(text).toMatch(figure(inYen(0.17 * 2 * taskUsd * HOURS)));
  });
});
