import type { CostChanges, ReviewOptions } from '@infra/change-review';
import type { Outcome } from '@infra/common/outcome';
import { withMarker } from '../comment/marker';
import { consequenceIn } from './consequence';
import { reviewLanguage } from './language';

/** Width of the output if it goes into a file or a pipe, which have none. */
const DEFAULT_COLUMNS = 80;
const FEWEST_COLUMNS = 60;
const MOST_COLUMNS = 160;

/** Chapters of the documents, by language, that explain the levels of the review's findings. */
const LEVELS_PAGES = {
  en: 'docs/delivery.md#the-levels-of-the-review',
  ja: 'docs/delivery.ja.md#レビューのレベル',
};

type Language = keyof typeof LEVELS_PAGES;

/**
 * Runs `review`: reports what a change does to the environments, and to their cost.
 *
 * @param base - Folder of the assembly without the change.
 * @param head - Folder of the assembly with the change.
 * @param loadCosts - Loads the function that computes the change of the cost; without it, no cost is reported.
 */
export async function runReview(
  base: string,
  head: string,
  options: ReviewOptions,
  loadCosts?: () => Promise<CostChanges>,
): Promise<Outcome> {
  const { runDiffReview } = await import('@infra/change-review');
  const terminal = {
    columns: terminalColumns(),
    colour: process.stdout.isTTY && !process.env.NO_COLOR,
  };
  // Only the review before a deployment is of one stack.
  const isBeforeDeployment = options.stack !== undefined;
  // Costs load lib/config, whose code must not run before a deployment. The pull request showed the costs already.
  const costs = isBeforeDeployment ? undefined : await loadCosts?.().catch(failingCosts);
  const language = reviewLanguage();
  const levelsPage = addressOfLevelsPage(language, process.env);
  const consequence = consequenceIn(language, isBeforeDeployment);
  const outcome = runDiffReview(base, head, { ...options, language, levelsPage, consequence }, terminal, costs);
  return options.markdown ? { ...outcome, stdout: withMarker(outcome.stdout) } : outcome;
}

function terminalColumns(): number {
  const columns = process.stdout.columns || DEFAULT_COLUMNS;
  return Math.max(FEWEST_COLUMNS, Math.min(columns, MOST_COLUMNS));
}

/** In place of costs that could not be loaded: throws the error where the review would show a cost, so that it says why. */
function failingCosts(error: unknown): CostChanges {
  return () => {
    throw error instanceof Error ? error : new Error(String(error));
  };
}

/** Page that explains the levels: on GitHub in a workflow, else in this repository. */
function addressOfLevelsPage(language: Language, env: NodeJS.ProcessEnv): string {
  const page = LEVELS_PAGES[language];
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env;
  const isInWorkflow = server !== undefined && repository !== undefined;
  return isInWorkflow ? encodeURI(`${server}/${repository}/blob/main/${page}`) : page;
}
