import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { makeTemporaryFolder, removeMade } from '@infra/common/own-paths';
import { stackId } from '../../lib/config/names';
import { readAssembly, type SynthesizedStack } from '@infra/common/assembly';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { SecretMask } from '@infra/common/secret-mask';
import type * as config from '../../lib/config';
import { costOf } from './environment-cost';
import { ageWarnings, PRICE_FILE, readPrices } from './price-list';
import { asJson, renderTerminal } from './render-terminal';
import { renew } from './renew';

export interface CostOptions {
  readonly assembly?: string;
  readonly json?: true;
  readonly docs?: true;
  readonly renew?: true;
}

const ROOT = join(__dirname, '../..');

/** Where AWS publishes its price list, for everybody to read. */
const PRICE_LIST = 'https://pricing.us-east-1.amazonaws.com';

export async function runCost(names: readonly string[], options: CostOptions): Promise<Outcome> {
  const all = stacksOf(options.assembly);
  const wanted = names.length > 0 ? names : Object.keys(require('../../lib/config') as typeof config);
  const prices = readPrices();
  const costs = wanted.map((name) => costOf(stackOf(all, name), prices));
  if (options.renew)
    return renew(
      PRICE_FILE,
      PRICE_LIST,
      costs.flatMap(({ missing }) => missing),
    );
  const warnings = ageWarnings(prices, new Date());
  const told = (stdout: string): Outcome => ({
    exitCode: 0,
    stdout,
    stderr: warnings.map((each) => `${each}\n`).join(''),
  });
  if (options.docs) {
    // The library of the plots is large.
    const { writeDocs } = await import('./docs');
    return told(
      writeDocs(
        ROOT,
        ['dev', 'prod'].map((name) => costOf(stackOf(all, name), prices)),
      ),
    );
  }
  return told(options.json ? asJson(costs, prices, warnings) : renderTerminal(costs, prices));
}

function stackOf(stacks: ReadonlyMap<string, SynthesizedStack>, name: string): SynthesizedStack {
  const stack = stacks.get(stackId(name));
  if (!stack) throw new CannotTellError(`${name}: the assembly has no stack ${stackId(name)}. Synthesize it again.`);
  return stack;
}

/** The stacks of an assembly, which is synthesized where none is given. */
function stacksOf(assembly?: string): ReadonlyMap<string, SynthesizedStack> {
  if (assembly !== undefined) return readAssembly(assembly, new SecretMask()).stacks;
  const folder = makeTemporaryFolder('prooflink-cost-');
  try {
    const cdk = join(ROOT, 'node_modules/aws-cdk/bin/cdk');
    const { status, stdout, stderr } = spawnSync(process.execPath, [cdk, 'synth', '-q', '--no-notices', '-o', folder], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' },
    });
    if (status !== 0) throw new CannotTellError(`The app cannot be synthesized:\n${stdout}${stderr}`);
    return readAssembly(folder, new SecretMask()).stacks;
  } finally {
    removeMade(folder);
  }
}
