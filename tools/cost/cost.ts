import { join } from 'node:path';
import { readAssembly, type SynthesizedStack } from '@infra/common/assembly';
import { makeTemporaryFolder } from '@infra/common/own-paths';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { SecretMask } from '@infra/common/secret-mask';
import type * as config from '../../lib/config';
import { stackId } from '../../lib/config/names';
import { cdk } from '../program/cdk-cli';
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

/** Public address of AWS's price list. */
const PRICE_LIST = 'https://pricing.us-east-1.amazonaws.com';

export async function runCost(names: readonly string[], options: CostOptions): Promise<Outcome> {
  const { stacks } = readAssembly(options.assembly ?? synthesized(), new SecretMask());
  const named = options.docs ? ['dev', 'prod'] : names;
  const all = named.length > 0 ? named : Object.keys(require('../../lib/config') as typeof config);
  const prices = readPrices();
  const costs = all.map((name) => costOf(stackOf(stacks, name), prices));
  if (options.renew) {
    return renew(
      PRICE_FILE,
      PRICE_LIST,
      costs.flatMap(({ missing }) => missing),
    );
  }
  const warnings = ageWarnings(prices, new Date());
  const stderr = warnings.map((one) => `${one}\n`).join('');
  if (options.json) return { exitCode: 0, stdout: asJson(costs, prices, warnings), stderr };
  if (!options.docs) return { exitCode: 0, stdout: renderTerminal(costs, prices), stderr };
  // The library of the plots is large.
  const { writeDocs } = await import('./docs');
  return { exitCode: 0, stdout: writeDocs(ROOT, costs), stderr };
}

function stackOf(stacks: ReadonlyMap<string, SynthesizedStack>, name: string): SynthesizedStack {
  const stack = stacks.get(stackId(name));
  if (!stack) throw new CannotTellError(`${name}: the assembly has no stack ${stackId(name)}. Synthesize it again.`);
  return stack;
}

/** A new assembly, which is removed at the end of this process. */
function synthesized(): string {
  const folder = makeTemporaryFolder('prooflink-cost-');
  const env = { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' };
  const { exitCode, output } = cdk(['synth', '-q', '-o', folder], { cwd: ROOT, env });
  if (exitCode !== 0) throw new CannotTellError(`The app cannot be synthesized:\n${output}`);
  return folder;
}
