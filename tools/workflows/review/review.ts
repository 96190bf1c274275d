import type { CostChanges, ReviewOptions } from '@infra/change-review';
import type { Outcome } from '@infra/common/outcome';
import { reviewLanguage } from './language';

/** A file or a pipe has no width, and 80 columns are readable everywhere. */
const DEFAULT_COLUMNS = 80;
const FEWEST_COLUMNS = 60;
const MOST_COLUMNS = 160;

/** Pages that explain the levels. */
const LEVELS_PAGES = {
  en: 'docs/delivery.md#the-levels-of-the-review',
  ja: 'docs/delivery.ja.md#レビューのレベル',
};

type Language = keyof typeof LEVELS_PAGES;

/** Reports what a change does to the environments, and to their cost where prices are known. */
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
  // Costs load lib/config, whose code must not run where it is judged; a deployment's costs were shown before.
  const isBeforeDeployment = options.stack !== undefined;
  const costs = isBeforeDeployment ? undefined : await loadCosts?.().catch(failingCosts);
  const language = reviewLanguage();
  const levelsPage = addressOfLevelsPage(language, process.env);
  return runDiffReview(base, head, { ...options, language, levelsPage }, terminal, costs);
}

function terminalColumns(): number {
  const columns = process.stdout.columns || DEFAULT_COLUMNS;
  return Math.max(FEWEST_COLUMNS, Math.min(columns, MOST_COLUMNS));
}

/** Costs that could not be loaded: the review says why where it would have shown them. */
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
