import type { GitHubApi } from '../github';

/** GitHub's answer on a branch. */
interface Reference {
  readonly object: { readonly sha: string };
}

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

interface RunsPage {
  readonly workflow_runs: readonly Run[];
}

/** A commit that passed CI. */
export interface PassedCommit {
  readonly commit: string;
  /** Address of CI's run. */
  readonly run: string;
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
export async function newestCommit(github: GitHubApi): Promise<PassedCommit | undefined> {
  const { object: head } = await github.get<Reference>('git/ref/heads/main');
  const commits = await github.get<Commit[]>(`commits?sha=${head.sha}&per_page=${MOST_COMMITS}`);
  const passedRuns = await readPassedRuns(github);
  let sha: string | undefined = head.sha;
  while (sha !== undefined) {
    const run = runOf(sha, passedRuns);
    if (run) return { commit: run.head_sha, run: run.html_url };
    sha = firstParentOf(sha, commits);
  }
  return undefined;
}

function runOf(sha: string, runs: readonly Run[]): Run | undefined {
  return runs.find((run) => run.head_sha === sha);
}

function firstParentOf(sha: string, commits: readonly Commit[]): string | undefined {
  const commit = commits.find((candidate) => candidate.sha === sha);
  return commit?.parents[0]?.sha;
}

/**
 * The newest runs of CI on main that passed. Each event has a query of its own: without one the page would fill with
 * pull requests from forks' branches called main, which anybody can open.
 */
async function readPassedRuns(github: GitHubApi): Promise<Run[]> {
  const pages = CI_EVENTS.map((event) => readRunsBy(event, github));
  const runs = (await Promise.all(pages)).flat();
  return runs.filter((run) => isRunOnMain(run, github.repository));
}

async function readRunsBy(event: string, github: GitHubApi): Promise<readonly Run[]> {
  const query = `branch=main&event=${event}&status=success&per_page=${MOST_COMMITS}`;
  const path = `actions/workflows/ci.yml/runs?${query}`;
  const { workflow_runs: runs } = await github.get<RunsPage>(path);
  return runs;
}

/** Checks the answer of GitHub, whatever its query selects. */
function isRunOnMain({ event, head_branch, head_repository }: Run, repository: string): boolean {
  const isOfThisRepository = head_repository?.full_name === repository;
  return CI_EVENTS.includes(event) && head_branch === 'main' && isOfThisRepository;
}
