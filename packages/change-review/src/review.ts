import { readFileSync } from 'node:fs';
import { compareAssemblies } from './compare';
import { type CostChanges, costsOf } from './cost';
import { SecretMask } from '@infra/common/secret-mask';
import { readDeployed } from './deployed-file';
import { type Assembly, readAssembly } from '@infra/common/assembly';
import { renderFailedReview } from '@infra/common/comment';
import { CannotTellError, failureOutcome, type Outcome } from '@infra/common/outcome';
import type { Language } from './messages';
import { renderMarkdown } from './render-markdown';
import { renderTerminal, type TerminalOptions } from './render-terminal';
import { countOf } from './report';

/** The options of the command, as it is called. */
export interface ReviewOptions {
  readonly markdown?: boolean;
  readonly configDiff?: string;
  readonly deployed?: string;
  readonly allowDestructive?: boolean;
  /** Stack that is about to be deployed: only this one, and data at risk is for the approver of the deployment. */
  readonly stack?: string;
  /** Language of the review; English by default. */
  readonly language?: Language;
  /** Page that explains the levels. */
  readonly levelsPage?: string;
}

/** Compares two assemblies and renders what a reviewer must know. */
export function runDiffReview(
  base: string,
  head: string,
  options: ReviewOptions,
  terminal: TerminalOptions,
  costs: CostChanges = () => undefined,
): Outcome {
  try {
    const mask = new SecretMask();
    const configDiff = options.configDiff === undefined ? '' : readConfigDiff(options.configDiff, mask);
    // First pass: a secret that either side has anywhere is masked everywhere in the second one.
    for (const side of [base, head]) readAssembly(side, mask);
    const read = (side: string) => only(options.stack, readAssembly(side, mask));
    const [baseAssembly, headAssembly] = [read(base), read(head)];
    const deployed = options.deployed === undefined ? undefined : readDeployed(options.deployed, headAssembly);
    const compared = {
      ...compareAssemblies(baseAssembly, headAssembly, configDiff, deployed),
      costs: costsOf(baseAssembly, headAssembly, costs),
      isDeployment: options.stack !== undefined,
    };
    const allowed = options.allowDestructive === true;
    const atRisk = countOf(compared, 'risk') > 0 && !allowed && !compared.isDeployment;
    return {
      exitCode: countOf(compared, 'unknown') > 0 ? 2 : atRisk ? 1 : 0,
      stdout: options.markdown
        ? renderMarkdown(compared, allowed, options)
        : renderTerminal(compared, allowed, { ...terminal, ...options }),
      stderr: '',
    };
  } catch (error) {
    return failureOutcome(error, (message) => (options.markdown ? renderFailedReview(message, options.language) : ''));
  }
}

function only(stack: string | undefined, assembly: Assembly): Assembly {
  if (stack === undefined) return assembly;
  const found = assembly.stacks.get(stack);
  if (!found) throw new CannotTellError(`There is no stack ${stack}: ${[...assembly.stacks.keys()].join(', ')}.`);
  return { ...assembly, stacks: new Map([[stack, found]]) };
}

function readConfigDiff(file: string, mask: SecretMask): string {
  try {
    return mask.maskLines(readFileSync(file, 'utf8').trimEnd());
  } catch (error) {
    throw new CannotTellError(`The configuration's diff cannot be read: ${(error as Error).message}`);
  }
}
