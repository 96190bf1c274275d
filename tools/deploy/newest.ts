import { githubAccess, GitHubApi } from '../shared/github';
import type { Outcome } from '@infra/common/outcome';

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

/** What starts CI on main: a merge, or a person. */
const EVENTS = ['push', 'workflow_dispatch'];
const MOST = 100;

/** Main's newest commit that passed CI; with a commit, whether it is that one. */
export async function runNewest(expected: string | undefined, env: NodeJS.ProcessEnv): Promise<Outcome> {
  const github = new GitHubApi(...githubAccess(env));
  const newest = await newestOf(github);
  if (!newest) {
    return no(`None of main's last ${MOST} commits has passed CI. Start it by hand: gh workflow run ci.yml --ref main`);
  }
  const { head_sha: commit, html_url: run } = newest;
  if (expected === undefined || expected === commit) return { exitCode: 0, stdout: `${commit} ${run}\n`, stderr: '' };
  return no(
    `Main's newest commit that passed CI is ${commit} (${run}), not ${expected}: nothing is deployed. ` +
      'Approve the run of that commit, or start a new one: gh workflow run deploy.yml --ref main',
  );
}

/**
 * The branch is followed from its head, parent by first parent. Its name alone says nothing: a tag may be called main,
 * and has runs of "branch" main with a workflow of its own. Nor do other parents: what was merged was reviewed as a whole.
 */
async function newestOf(github: GitHubApi): Promise<Run | undefined> {
  const { object: head } = await github.get<{ object: { sha: string } }>('git/ref/heads/main');
  const commits = await github.get<Commit[]>(`commits?sha=${head.sha}&per_page=${MOST}`);
  const query = `branch=main&status=success&per_page=${MOST}`;
  const { workflow_runs: runs } = await github.get<{ workflow_runs: Run[] }>(`actions/workflows/ci.yml/runs?${query}`);
  const passed = runs.filter(
    (run) =>
      EVENTS.includes(run.event) && run.head_branch === 'main' && run.head_repository?.full_name === github.repository,
  );
  for (let sha: string | undefined = head.sha; sha !== undefined;) {
    const run = passed.find(({ head_sha }) => head_sha === sha);
    if (run) return run;
    sha = commits.find((commit) => commit.sha === sha)?.parents[0]?.sha;
  }
  return undefined;
}

function no(says: string): Outcome {
  return { exitCode: 1, stdout: '', stderr: `${says}\n` };
}
