import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '@infra/common/outcome';
import { dev, prod } from '../../lib/config';
import { environmentStack, readStacks } from '../cost/app-stacks';
import { costOf } from '../cost/environment-cost';
import { ageWarnings, readPrices } from '../cost/price-file';
import { writeCostDocuments } from './cost-pages';
import { PAGES, withEnvironmentTable } from './environment-table';

const ROOT = join(__dirname, '../..');

/** Commands that renew the other generated files, in their order. */
const COMMANDS = [
  `npx prettier --write --log-level warn ${PAGES.join(' ')} docs/cost.md`,
  'npx jest test/app/snapshot -u',
  'npx cdk synth --quiet --no-notices',
  'npm run --silent prooflink -- check-assembly cdk.out --renew',
];

/**
 * `npm run renew`: the READMEs' tables, the pictures of the costs, the snapshots and the keys of assemblies, after a
 * change of lib/config or an upgrade of the CDK. Returns the exit code.
 */
async function renew(): Promise<number> {
  try {
    renewEnvironmentTables();
    await renewCosts();
  } catch (error) {
    process.stderr.write(failure(error).stderr);
    return 1;
  }
  const areAllRenewed = COMMANDS.every(succeeds);
  return areAllRenewed ? 0 : 1;
}

function renewEnvironmentTables(): void {
  for (const file of PAGES) {
    const path = join(ROOT, file);
    const page = readFileSync(path, 'utf8');
    writeFileSync(path, withEnvironmentTable(file, page, [dev, prod]));
  }
}

async function renewCosts(): Promise<void> {
  const prices = readPrices();
  const stacks = await readStacks();
  const costs = ['dev', 'prod'].map((name) => costOf(environmentStack(stacks, name), prices));
  for (const warning of ageWarnings(prices, new Date())) console.error(warning);
  const files = writeCostDocuments(ROOT, costs);
  console.log(`Written: ${files.join(', ')}.`);
}

function succeeds(command: string): boolean {
  const { status } = spawnSync(command, { shell: true, cwd: ROOT, stdio: 'inherit' });
  return status === 0;
}

if (require.main === module) {
  void renew().then((exitCode) => {
    process.exitCode = exitCode;
  });
}
