import { GitHubApi } from '../github';

/** The run of a workflow, as far as a comment needs it. */
export interface WorkflowRun {
  readonly id: number;
  readonly run_number: number;
  readonly event: string;
  readonly conclusion: string | null;
  readonly workflow_id: number;
  readonly head_sha: string;
  readonly head_branch: string | null;
  /** Null once the fork has been deleted. */
  readonly head_repository: { readonly full_name: string; readonly owner: { readonly login: string } } | null;
  readonly html_url: string;
}

interface PullRequest {
  readonly number: number;
  readonly head: { readonly sha: string };
}

/** A file that a pull request changes, with the hash of its new content. */
export interface ChangedFile {
  readonly filename: string;
  readonly previous_filename?: string;
  readonly status: string;
  readonly sha: string;
}

interface Comment {
  readonly id: number;
  readonly body?: string;
  readonly user: { readonly login: string } | null;
}

/** User of a workflow's `GITHUB_TOKEN`. */
const BOT = 'github-actions[bot]';
const MOST_RUNS = 100;

/** The few calls to GitHub's API that a comment takes, on one repository. */
export class GitHub extends GitHubApi {
  run(id: string): Promise<WorkflowRun> {
    return this.get(`actions/runs/${id}`);
  }

  /**
   * True if a later run of the same workflow looked at the same commit of the same branch, or still does. Another
   * branch may have the same commit: its runs write to its own pull request.
   */
  async hasLaterRun(run: WorkflowRun): Promise<boolean> {
    const query = new URLSearchParams({ head_sha: run.head_sha, event: 'pull_request', per_page: String(MOST_RUNS) });
    const { workflow_runs } = await this.get<{ workflow_runs: readonly WorkflowRun[] }>(
      `actions/workflows/${run.workflow_id}/runs?${query.toString()}`,
    );
    const isSameBranch = (other: WorkflowRun) =>
      other.head_branch === run.head_branch && other.head_repository?.full_name === run.head_repository?.full_name;
    return workflow_runs.some((other) => other.run_number > run.run_number && isSameBranch(other));
  }

  /** The open pull requests to main whose newest commit is the run's. The run is not asked: a fork may have written it. */
  async pullRequests({ head_repository, head_branch, head_sha }: WorkflowRun): Promise<number[]> {
    if (!head_repository || head_branch === null) return [];
    const head = `${head_repository.owner.login}:${head_branch}`;
    const query = new URLSearchParams({ state: 'open', base: 'main', head });
    const pulls = await this.pages<PullRequest>(`pulls?${query.toString()}`);
    return pulls.filter((pull) => pull.head.sha === head_sha).map(({ number }) => number);
  }

  /** The files that a pull request changes: 3,000 at most. */
  changedFiles(pullRequest: number): Promise<ChangedFile[]> {
    return this.pages(`pulls/${pullRequest}/files`);
  }

  /** The text of a file by its hash. */
  async blob(sha: string): Promise<string> {
    const { content } = await this.get<{ content: string }>(`git/blobs/${sha}`);
    return Buffer.from(content, 'base64').toString('utf8');
  }

  /** Creates or updates the one comment of a pull request that begins with a marker. */
  async writeComment(pullRequest: number, marker: string, body: string): Promise<'created' | 'updated'> {
    const comments = await this.pages<Comment>(`issues/${pullRequest}/comments`);
    const mine = comments.find(({ user, body }) => user?.login === BOT && body?.startsWith(marker));
    if (mine) await this.send('PATCH', `issues/comments/${mine.id}`, { body });
    else await this.send('POST', `issues/${pullRequest}/comments`, { body });
    return mine ? 'updated' : 'created';
  }
}
