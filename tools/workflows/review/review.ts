import type { CostChanges, ReviewOptions } from '@infra/change-review';
import type { Outcome } from '@infra/common/outcome';
import { reviewLanguage } from './language';

/** Reports what a change does to the environments, and to their cost where prices are known. */
export async function runReview(
  base: string,
  head: string,
  options: ReviewOptions,
  loadCosts?: () => Promise<CostChanges>,
): Promise<Outcome> {
  const { runDiffReview } = await import('@infra/change-review');
  const terminal = {
    // A file or a pipe has no width, and 80 columns are readable everywhere.
    columns: Math.max(60, Math.min(process.stdout.columns || 80, 160)),
    colour: process.stdout.isTTY && !process.env.NO_COLOR,
  };
  // Costs load lib/config, whose code must not run where it is judged; a deployment's costs were shown before.
  const costs = options.stack === undefined ? await loadCosts?.().catch(failingCosts) : undefined;
  const language = reviewLanguage();
  const page = levelsPage(language, process.env);
  return runDiffReview(base, head, { ...options, language, levelsPage: page }, terminal, costs);
}

/** Costs that could not be loaded: the review says why where it would have shown them. */
function failingCosts(error: unknown): CostChanges {
  return () => {
    throw error instanceof Error ? error : new Error(String(error));
  };
}

/** Page that explains the levels: on GitHub in a workflow, else in this repository. */
function levelsPage(language: 'en' | 'ja', env: NodeJS.ProcessEnv): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env;
  const page = language === 'ja' ? 'docs/delivery.ja.md#レビューのレベル' : 'docs/delivery.md#the-levels-of-the-review';
  return server === undefined || repository === undefined
    ? page
    : encodeURI(`${server}/${repository}/blob/main/${page}`);
}
