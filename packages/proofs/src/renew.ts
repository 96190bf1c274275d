import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failureOutcome } from '@infra/common/outcome';
import { delivery, environments } from '@infra/commands/app';
import { language } from '@infra/common/language';
import { readAppStacks } from '@infra/cost/app-stacks';
import { describeUnknownSums } from '@infra/cost/unknown-sums';
import { usage } from '@infra/cost/usage';
import { words } from '@infra/cost/words';
import { WORKFLOWS_WITH_ACCOUNTS, withAccounts } from './accounts-in-workflows';
import { comparedCosts, writeCostDocuments } from './cost-documents';
import { ENVIRONMENT_PAGES, withEnvironmentTable } from './environment-table';

const REPOSITORY_FOLDER = join(__dirname, '../../..');

const PAGES_WITH_TABLES = [...ENVIRONMENT_PAGES, 'docs/cost.md'];

/** Synthesizes into cdk.out, which the costs and the last command read. */
const SYNTH = 'npx cdk synth --quiet --no-notices';

/** Shell commands that finish the renewal, in this order. */
const COMMANDS = [
  // Aligns the columns of the tables.
  `npx prettier --write --log-level warn ${PAGES_WITH_TABLES.join(' ')}`,
  'npx jest test/app/snapshot -u',
];

/**
 * Runs `npm run renew`, for a change of lib/config or an upgrade of the CDK: renews the environments' tables, the costs, the
 * snapshots, and the accounts in the workflows. Where lib/config does not synthesize, nothing is renewed. Returns the exit
 * code. A sum that lacks a price is written as "?".
 */
async function renew(): Promise<number> {
  if (!runs(SYNTH)) return 1;
  try {
    renewEnvironmentTables();
    renewAccounts();
    await renewCosts();
  } catch (error) {
    process.stderr.write(failureOutcome(error, { language }).stderr);
    return 1;
  }
  if (!COMMANDS.every(runs)) return 1;
  for (const name of Object.keys(environments)) {
    if (!usage[name]) console.error(`${name}: ${words.noAssumedUsage}`);
  }
  return 0;
}

/** Runs a shell command, which prints for itself. Returns whether it succeeds. */
function runs(command: string): boolean {
  return spawnSync(command, { shell: true, cwd: REPOSITORY_FOLDER, stdio: 'inherit' }).status === 0;
}

function renewEnvironmentTables(): void {
  for (const file of ENVIRONMENT_PAGES) {
    const path = join(REPOSITORY_FOLDER, file);
    const page = readFileSync(path, 'utf8');
    writeFileSync(path, withEnvironmentTable(file, page, environments));
  }
}

function renewAccounts(): void {
  for (const file of WORKFLOWS_WITH_ACCOUNTS) {
    const path = join(REPOSITORY_FOLDER, file);
    // Without packages/delivery there are none.
    if (!existsSync(path)) continue;
    const workflow = readFileSync(path, 'utf8');
    writeFileSync(path, withAccounts(workflow, environments, delivery));
  }
}

/** Renews what shows costs. */
async function renewCosts(): Promise<void> {
  const stacks = await readAppStacks(join(REPOSITORY_FOLDER, 'cdk.out'));
  const costs = comparedCosts(stacks, environments);
  const files = writeCostDocuments(REPOSITORY_FOLDER, costs);
  console.log(`Written: ${files.join(', ')}.`);
  for (const sentence of describeUnknownSums(Object.values(costs))) console.log(sentence);
}

if (require.main === module) {
  void renew().then((exitCode) => {
    process.exitCode = exitCode;
  });
}
