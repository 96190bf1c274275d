import type { GitHubApi } from '../github';

interface Commit {
  readonly sha: string;
  readonly parents: readonly { readonly sha: string }[];
}

interface Run {
  readonly event: string;
  readonly head_branch: string | null;
  readonly head_sha: string;
  readonly head_repository: { readonly full_name: string } | null;
  readonly html_url: string;
}

/** Events that start CI on main: a merge, or a person. */
export const CI_EVENTS: readonly string[] = ['push', 'workflow_dispatch'];
/** Number of main's commits that are read, and of CI's runs by each event. */
export const MOST_COMMITS = 100;

/**
 * Main's newest commit that passed CI, with CI's run.
 *
 * The branch is followed from its head, parent by first parent. Its name alone says nothing: a tag may be called main,
 * and has runs of "branch" main with a workflow of its own. Nor do other parents: what was merged was reviewed as a whole.
 */
export async function newestCommit(github: GitHubApi): Promise<{ commit: string; run: string } | undefined> {
  const { object: head } = await github.get<{ object: { sha: string } }>('git/ref/heads/main');
  const commits = await github.get<Commit[]>(`commits?sha=${head.sha}&per_page=${MOST_COMMITS}`);
  const passed = await passedRuns(github);
  for (let sha: string | undefined = head.sha; sha !== undefined;) {
    const run = passed.find(({ head_sha }) => head_sha === sha);
    if (run) return { commit: run.head_sha, run: run.html_url };
    sha = commits.find((commit) => commit.sha === sha)?.parents[0]?.sha;
  }
  return undefined;
}

/**
 * The newest runs of CI on main that passed. Each event has a query of its own: without one the page would fill with
 * pull requests from forks' branches called main, which anybody can open.
 */
async function passedRuns(github: GitHubApi): Promise<Run[]> {
  const pages = CI_EVENTS.map(async (event) => {
    const query = `branch=main&event=${event}&status=success&per_page=${MOST_COMMITS}`;
    return (await github.get<{ workflow_runs: Run[] }>(`actions/workflows/ci.yml/runs?${query}`)).workflow_runs;
  });
  const runs = (await Promise.all(pages)).flat();
  return runs.filter(
    (run) =>
      CI_EVENTS.includes(run.event) &&
      run.head_branch === 'main' &&
      run.head_repository?.full_name === github.repository,
  );
}
