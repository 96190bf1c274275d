import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dev, prod } from '../../lib/config';
import { PAGES, withTable } from './environment-table';

const ROOT = join(__dirname, '../..');

/** Other generated files, in the order of their renewal. */
const COMMANDS = [
  'npm run --silent prooflink -- cost --docs',
  `npx prettier --write --log-level warn ${PAGES.join(' ')} docs/cost.md`,
  'npx jest test/app/snapshot -u',
  'npx cdk synth --quiet --no-notices',
  'npm run --silent prooflink -- check-assembly cdk.out --renew',
];

/**
 * `npm run renew`: the READMEs' tables, the figures of the costs, the snapshots and the keys of assemblies, after a
 * change of lib/config or an upgrade of the CDK.
 */
function renew(): number {
  for (const file of PAGES) {
    const path = join(ROOT, file);
    writeFileSync(path, withTable(file, readFileSync(path, 'utf8'), [dev, prod]));
  }
  for (const command of COMMANDS) {
    const { status } = spawnSync(command, { shell: true, cwd: ROOT, stdio: 'inherit' });
    if (status !== 0) return 1;
  }
  return 0;
}

if (require.main === module) process.exitCode = renew();
