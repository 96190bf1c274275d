import { readFileSync } from 'node:fs';
import { type Assembly, readAssembly } from '@infra/common/assembly';
import { renderFailedReview } from '@infra/common/comment';
import { untranslated } from '@infra/common/message';
import { CannotTellError, failureOutcome, type Outcome } from '@infra/common/outcome';
import { SecretMask } from '@infra/common/secret-mask';
import { readAcceptedFindings } from './accepted-findings';
import { compareAssemblies } from './compare-assemblies';
import { type Language, wordsOf } from './messages';
import { join, type Words } from './messages/words';
import { type Verdict, VERDICTS } from './model/finding';
import type { Review } from './model/review';
import { renderJson } from './render/json';
import { renderMarkdown } from './render/markdown';
import { renderTerminal, type TerminalOptions } from './render/terminal';
import { type Consequence, decide, type Decision } from './render/verdict';
import { type CostChanges, stackCosts } from './stack-costs';

/** The options of the command. */
export interface ReviewOptions {
  readonly markdown?: boolean;
  /** For programs. */
  readonly json?: boolean;
  /** File with the lines of the app's configuration that changed, which are shown beside the findings. */
  readonly configDiff?: string;
  /** Verdicts that are accepted. */
  readonly accept?: readonly Verdict[];
  /** Accepts all verdicts if it is exactly what they are about, by the names that the review gives. */
  readonly lose?: string;
  /** Files with lists of accepted findings: an entry counts if each of them has it. */
  readonly acceptedFindings?: readonly string[];
  /** Stack that is about to be deployed: only this one is compared. */
  readonly stack?: string;
  /** Language of the review; English by default. */
  readonly language?: Language;
  /** Page that explains the levels. */
  readonly levelsPage?: string;
  /** Sentence on what follows from the verdicts. */
  readonly consequence?: Consequence;
}

/** Exit codes of a review that does not pass, by its worst verdict. */
const EXIT_CODES = { lost: 1, fails: 3, left: 4 } as const satisfies Record<Verdict, Outcome['exitCode']>;

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
    const decision = decisionOn(review, options);
    const { consequence = acceptedVerdicts } = options;
    const exitCode = exitCodeOf(decision, review);
    const isAccepted = exitCode === 0;
    if (options.json) return { exitCode, stdout: renderJson(review, decision, options.language), stderr: '' };
    const stdout = options.markdown
      ? renderMarkdown(review, consequence(decision), { ...options, isAccepted })
      : renderTerminal(review, consequence(decision), { ...terminal, ...options });
    return { exitCode, stdout, stderr: '' };
  } catch (error) {
    return failureOutcome(error, {
      language: options.language,
      stdout: (message) => (options.markdown ? renderFailedReview(message, options.language) : ''),
    });
  }
}

function decisionOn(review: Review, { accept = [], lose, language }: ReviewOptions): Decision {
  const decision = decide(review, accept, language);
  return decision.names === lose ? decide(review, VERDICTS, language) : decision;
}

function acceptedVerdicts({ accepted }: Decision): Words {
  if (accepted.length === 0) return [];
  const titles = accepted.map((verdict) => wordsOf(`title.${verdict}`));
  return wordsOf('verdict.accepted', { verdicts: join(titles, '; ') });
}

function reviewOf(
  baseDirectory: string,
  headDirectory: string,
  { configDiff: configDiffFile, acceptedFindings: acceptedFiles = [], stack }: ReviewOptions,
  costChanges: CostChanges,
): Review {
  const accepted = readAcceptedFindings(acceptedFiles);
  const mask = new SecretMask();
  const configDiff = configDiffFile === undefined ? '' : readConfigDiff(configDiffFile, mask);
  // First pass: a secret that either side has anywhere is masked everywhere in the second one.
  readAssembly(baseDirectory, mask);
  readAssembly(headDirectory, mask);
  const head = onlyStack(stack, readAssembly(headDirectory, mask));
  const base = onlyStack(stack, readAssembly(baseDirectory, mask), head);
  const review = compareAssemblies(base, head, configDiff, accepted);
  // The review of one stack before its deployment uses the list; that of the whole app judges it.
  const staleEntries = stack === undefined ? accepted.staleEntries() : [];
  return {
    ...review,
    notes: [...review.notes, ...staleEntries],
    hasStaleEntries: staleEntries.length > 0,
    costs: stackCosts(base, head, costChanges),
  };
}

function exitCodeOf({ open: [worst] }: Decision, { hasStaleEntries }: Review): Outcome['exitCode'] {
  if (worst) return EXIT_CODES[worst];
  return hasStaleEntries ? 2 : 0;
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
  const stacks = [...assembly.stacks].filter(([key]) => key === name || key.startsWith(`${name}/`));
  return { ...assembly, stacks: new Map(stacks) };
}

function readConfigDiff(file: string, mask: SecretMask): string {
  try {
    return mask.maskLines(readFileSync(file, 'utf8').trimEnd());
  } catch (error) {
    throw new CannotTellError(untranslated(`The configuration's diff cannot be read: ${(error as Error).message}`));
  }
}
