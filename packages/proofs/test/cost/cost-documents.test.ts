import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAssembly } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import type { EnvironmentConfig } from '@infra/commands/app';
import { comparedCosts, costDocuments, costTableIn, withCostSentence } from '../../src/cost-documents';
import { formatUsdAsYen } from '@infra/cost/format-amounts';
import { findEnvironmentStack } from '@infra/cost/app-stacks';
import { costOf } from '@infra/cost/environment-cost';
import { assembly, configuredAssembly } from '@infra/testing/assembly';

const read = (file: string) => readFileSync(join(__dirname, '../../../..', file), 'utf8');
const stacksIn = (folder: string) => readAssembly(folder, new SecretMask()).stacks;

const configuredEnvironments = jest.requireActual<Record<string, EnvironmentConfig>>('../../../../lib/config');
const configured = costDocuments(comparedCosts(stacksIn(configuredAssembly), configuredEnvironments));

const guideStacks = stacksIn(assembly);
const guideCosts = {
  dev: costOf(findEnvironmentStack(guideStacks, 'dev')),
  prod: costOf(findEnvironmentStack(guideStacks, 'prod')),
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
  { page: 'docs/environments.md', sum: '| together | about 6,165 |' },
  { page: 'docs/environments.ja.md', sum: '| 合計 | 約6,165 |' },
] as const)("$page: the table has the guide's figures, and the sums of both environments", ({ page, sum }) => {
  const { dev, prod } = guideCosts;
  expect(guide.tables[page]).toContain(`${sum} ${formatUsdAsYen(dev.usd)} | ${formatUsdAsYen(prod.usd)} |`);
});
