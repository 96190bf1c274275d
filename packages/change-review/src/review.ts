import { readFileSync } from 'node:fs';
import { type Assembly, readAssembly } from '@infra/common/assembly';
import { renderFailedReview } from '@infra/common/comment';
import { untranslated } from '@infra/common/message';
import { CannotTellError, failureOutcome, type Outcome } from '@infra/common/outcome';
import { SecretMask } from '@infra/common/secret-mask';
import { compareAssemblies } from './compare-assemblies';
import type { Language } from './messages';
import type { Review } from './model/review';
import { renderMarkdown } from './render/markdown';
import { renderTerminal, type TerminalOptions } from './render/terminal';
import { countOf, lossesOf } from './render/verdict';
import { type CostChanges, stackCosts } from './stack-costs';

/** The options of the command. */
export interface ReviewOptions {
  readonly markdown?: boolean;
  /** File with the lines of `lib/config` that changed. */
  readonly configDiff?: string;
  readonly allowDestructive?: boolean;
  /** Stack that is about to be deployed: only this one is compared. */
  readonly stack?: string;
  /** Accepts data at risk if it is exactly what the review names. */
  readonly lose?: string;
  /** Language of the review; English by default. */
  readonly language?: Language;
  /** Page that explains the levels. */
  readonly levelsPage?: string;
}

/** Compares two assemblies and renders what a reviewer must know. */
export function runDiffReview(
  baseDirectory: string,
  headDirectory: string,
  options: ReviewOptions,
  terminal: TerminalOptions,
  costChanges: CostChanges = () => undefined,
): Outcome {
  try {
    const review = reviewOf(baseDirectory, headDirectory, options, costChanges);
    const allowDestructive = options.allowDestructive === true || options.lose === lossesOf(review, options.language);
    const stdout = options.markdown
      ? renderMarkdown(review, allowDestructive, options)
      : renderTerminal(review, allowDestructive, { ...terminal, ...options });
    return { exitCode: exitCodeOf(review, allowDestructive), stdout, stderr: '' };
  } catch (error) {
    return failureOutcome(error, {
      language: options.language,
      stdout: (message) => (options.markdown ? renderFailedReview(message, options.language) : ''),
    });
  }
}

function reviewOf(
  baseDirectory: string,
  headDirectory: string,
  { configDiff: configDiffFile, stack }: ReviewOptions,
  costChanges: CostChanges,
): Review {
  const mask = new SecretMask();
  const configDiff = configDiffFile === undefined ? '' : readConfigDiff(configDiffFile, mask);
  // First pass: a secret that either side has anywhere is masked everywhere in the second one.
  readAssembly(baseDirectory, mask);
  readAssembly(headDirectory, mask);
  const head = onlyStack(stack, readAssembly(headDirectory, mask));
  const base = onlyStack(stack, readAssembly(baseDirectory, mask), head);
  return {
    ...compareAssemblies(base, head, configDiff),
    costs: stackCosts(base, head, costChanges),
    isDeployment: stack !== undefined,
  };
}

/** `1`: data is at risk, which was not accepted. */
function exitCodeOf(review: Review, allowDestructive: boolean): Outcome['exitCode'] {
  return countOf(review, 'risk') > 0 && !allowDestructive ? 1 : 0;
}

/** @param head - Assembly that has the stack, which the base may lack. */
function onlyStack(name: string | undefined, assembly: Assembly, head?: Assembly): Assembly {
  if (name === undefined) return assembly;
  const stack = assembly.stacks.get(name);
  if (!stack && head) return { ...assembly, stacks: new Map() };
  if (!stack) {
    const names = [...assembly.stacks.keys()];
    throw new CannotTellError(untranslated(`There is no stack ${name}: ${names.join(', ')}.`));
  }
  return { ...assembly, stacks: new Map([[name, stack]]) };
}

function readConfigDiff(file: string, mask: SecretMask): string {
  try {
    return mask.maskLines(readFileSync(file, 'utf8').trimEnd());
  } catch (error) {
    throw new CannotTellError(untranslated(`The configuration's diff cannot be read: ${(error as Error).message}`));
  }
}
