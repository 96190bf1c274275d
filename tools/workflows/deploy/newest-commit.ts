import type { GitHubApi } from '../github';

/** GitHub's answer on a branch. */
interface Reference {
  readonly object: { readonly sha: string };
}

interface Commit {
  readonly sha: string;
  /** The first one is the commit that main had before; the others are commits that were merged into it. */
  readonly parents: readonly { readonly sha: string }[];
}

/** A run of CI. */
interface CiRun {
  readonly event: string;
  readonly head_branch: string | null;
  readonly head_sha: string;
  readonly head_repository: { readonly full_name: string } | null;
  readonly html_url: string;
}

interface RunsPage {
  readonly workflow_runs: readonly CiRun[];
}

/** A commit that passed CI. */
export interface PassedCommit {
  readonly sha: string;
  /** Page of CI's run. */
  readonly ciRunUrl: string;
}

/** Events that start CI on main: a merge, and a person who starts it directly. */
export const CI_EVENTS: readonly string[] = ['push', 'workflow_dispatch'];

/** Most commits of main that are searched, and most runs of CI that are read for each event. */
export const MOST_COMMITS = 100;

/**
 * Finds main's newest commit that passed CI; `undefined` if none of the last ones did.
 *
 * Goes from the head of the branch main to the first parent of each commit. Runs of CI that claim to be of the branch
 * main are not enough: a tag may be called main, too, and its run may be of another workflow file. Other parents than the
 * first do not count: what was merged has been reviewed as a whole, not commit by commit.
 */
export async function findNewestPassedCommit(github: GitHubApi): Promise<PassedCommit | undefined> {
  const { object: head } = await github.get<Reference>('git/ref/heads/main');
  const commits = await github.get<Commit[]>(`commits?sha=${head.sha}&per_page=${MOST_COMMITS}`);
  const passedRuns = await readPassedRuns(github);
  let sha: string | undefined = head.sha;
  while (sha !== undefined) {
    const passedRun = findRunOf(sha, passedRuns);
    if (passedRun) return { sha, ciRunUrl: passedRun.html_url };
    sha = firstParentOf(sha, commits);
  }
  return undefined;
}

function findRunOf(sha: string, runs: readonly CiRun[]): CiRun | undefined {
  return runs.find((run) => run.head_sha === sha);
}

/** First parent of a commit; `undefined` if the commit has none, or is not among those that were read. */
function firstParentOf(sha: string, commits: readonly Commit[]): string | undefined {
  const commit = commits.find((candidate) => candidate.sha === sha);
  return commit?.parents[0]?.sha;
}

/**
 * Reads the newest runs of CI on main that passed. There is a query for each event: without an event, the page would be
 * full of runs for pull requests from forks' branches called main, which anybody can open.
 */
async function readPassedRuns(github: GitHubApi): Promise<CiRun[]> {
  const pages = await Promise.all(CI_EVENTS.map((event) => readRunsFor(event, github)));
  return pages.flat().filter((run) => isRunOnMain(run, github.repository));
}

async function readRunsFor(event: string, github: GitHubApi): Promise<readonly CiRun[]> {
  const query = `branch=main&event=${event}&status=success&per_page=${MOST_COMMITS}`;
  const path = `actions/workflows/ci.yml/runs?${query}`;
  const { workflow_runs: runs } = await github.get<RunsPage>(path);
  return runs;
}

/** Checks again what the query asks for, and that the run is not one for a fork. */
function isRunOnMain({ event, head_branch, head_repository }: CiRun, repository: string): boolean {
  const isOfThisRepository = head_repository?.full_name === repository;
  return CI_EVENTS.includes(event) && head_branch === 'main' && isOfThisRepository;
}
