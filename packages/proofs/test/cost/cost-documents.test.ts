import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAssembly } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import type { EnvironmentConfig } from '@infra/commands/app';
import { comparedCosts, costDocuments, costTableIn, withCostSentence } from '../../src/cost-documents';
import { findEnvironmentStack } from '@infra/cost/app-stacks';
import { costOf } from '@infra/cost/environment-cost';
import { readPrices } from '@infra/cost/price-file';
import { assembly, configuredAssembly } from '../../../../test/support/assembly';
import { changed, having, stackOf } from '@infra/cost/test/support';

const read = (file: string) => readFileSync(join(__dirname, '../../../..', file), 'utf8');
const prices = readPrices();
const stacksIn = (folder: string) => readAssembly(folder, new SecretMask()).stacks;

const configuredEnvironments = jest.requireActual<Record<string, EnvironmentConfig>>('../../../../lib/config');
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
