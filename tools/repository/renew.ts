import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failureOutcome } from '@infra/common/outcome';
import { dev, prod } from '../../lib/config';
import { findEnvironmentStack, readAppStacks } from '../cost/app-stacks';
import { costOf } from '../cost/environment-cost';
import { ageWarnings, readPrices } from '../cost/price-file';
import { writeCostDocuments } from './cost-documents';
import { READMES, withEnvironmentTable } from './environment-table';

const REPOSITORY_FOLDER = join(__dirname, '../..');

/** Shell commands that finish the renewal, in this order: the last one reads what the one before it synthesizes. */
const COMMANDS = [
  // Aligns the columns of the tables.
  `npx prettier --write --log-level warn ${READMES.join(' ')} docs/cost.md`,
  'npx jest test/app/snapshot -u',
  'npx cdk synth --quiet --no-notices',
  'npm run --silent prooflink -- check-assembly cdk.out --renew',
];

/**
 * Runs `npm run renew`, for a change of lib/config or an upgrade of the CDK: renews the READMEs' tables, the pictures of
 * the costs, the snapshots, and the keys that an assembly may have. Returns the exit code.
 */
async function renew(): Promise<number> {
  try {
    renewEnvironmentTables();
    await renewCosts();
  } catch (error) {
    process.stderr.write(failureOutcome(error).stderr);
    return 1;
  }
  for (const command of COMMANDS) {
    const { status } = spawnSync(command, { shell: true, cwd: REPOSITORY_FOLDER, stdio: 'inherit' });
    if (status !== 0) return 1;
  }
  return 0;
}

function renewEnvironmentTables(): void {
  for (const file of READMES) {
    const path = join(REPOSITORY_FOLDER, file);
    const readme = readFileSync(path, 'utf8');
    writeFileSync(path, withEnvironmentTable(file, readme, { dev, prod }));
  }
}

async function renewCosts(): Promise<void> {
  const priceFile = readPrices();
  const stacks = await readAppStacks();
  const costs = {
    dev: costOf(findEnvironmentStack(stacks, 'dev'), priceFile),
    prod: costOf(findEnvironmentStack(stacks, 'prod'), priceFile),
  };
  for (const warning of ageWarnings(priceFile, new Date())) console.error(warning);
  const files = writeCostDocuments(REPOSITORY_FOLDER, costs);
  console.log(`Written: ${files.join(', ')}.`);
}

if (require.main === module) {
  void renew().then((exitCode) => {
    process.exitCode = exitCode;
  });
}
