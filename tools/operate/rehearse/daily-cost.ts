import { REHEARSAL } from './environment';
import { runProoflink } from './processes';

const DAYS_PER_MONTH = 30;

/** Part of what `cost --json` prints. */
interface CostReport {
  readonly environments: readonly { readonly lines: readonly { readonly usd: { readonly to: number } }[] }[];
}

/**
 * US dollars for a day of the rehearsal's stack, without what depends on its use, of which there is hardly any. `undefined`:
 * not known.
 */
export async function dailyCost(assemblyFolder: string): Promise<number | undefined> {
  const { stdout } = await runProoflink(['cost', REHEARSAL, '--assembly', assemblyFolder, '--json']);
  if (stdout === '') return undefined;
  const [environment] = (JSON.parse(stdout) as CostReport).environments;
  if (!environment) return undefined;
  const monthly = environment.lines.reduce((sum, { usd }) => sum + usd.to, 0);
  return monthly / DAYS_PER_MONTH;
}
