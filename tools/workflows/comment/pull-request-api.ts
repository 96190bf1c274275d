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
  readonly head_repository: Repository | null;
  readonly html_url: string;
}

interface Repository {
  readonly full_name: string;
  readonly owner: { readonly login: string };
}

interface RunsPage {
  readonly workflow_runs: readonly WorkflowRun[];
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

/** The calls of GitHub's API that read a pull request and write its comment. */
export class PullRequestApi extends GitHubApi {
  run(id: string): Promise<WorkflowRun> {
    return this.get(`actions/runs/${id}`);
  }

  /** True if a later run of the same workflow looked at the same commit of the same branch, or still does. */
  async hasLaterRun(run: WorkflowRun): Promise<boolean> {
    const query = new URLSearchParams({
      head_sha: run.head_sha,
      event: 'pull_request',
      per_page: String(MOST_RUNS),
    });
    const path = `actions/workflows/${run.workflow_id}/runs?${query.toString()}`;
    const { workflow_runs: runs } = await this.get<RunsPage>(path);
    const laterRuns = runs.filter(({ run_number }) => run_number > run.run_number);
    return laterRuns.some((laterRun) => isOfSameBranch(laterRun, run));
  }

  /**
   * The open pull requests to main whose newest commit is the run's. They are not read from the run: a fork may have
   * written it.
   */
  async pullRequests({ head_repository, head_branch, head_sha }: WorkflowRun): Promise<number[]> {
    if (!head_repository || head_branch === null) return [];
    const query = new URLSearchParams({
      state: 'open',
      base: 'main',
      head: `${head_repository.owner.login}:${head_branch}`,
    });
    const pullRequests = await this.pages<PullRequest>(`pulls?${query.toString()}`);
    const ofCommit = pullRequests.filter(({ head }) => head.sha === head_sha);
    return ofCommit.map(({ number }) => number);
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
    const ownComment = comments.find((comment) => isOwnComment(comment, marker));
    if (ownComment) {
      await this.send('PATCH', `issues/comments/${ownComment.id}`, { body });
      return 'updated';
    }
    await this.send('POST', `issues/${pullRequest}/comments`, { body });
    return 'created';
  }
}

/** Others may quote the marker, and other workflows may write comments. */
function isOwnComment({ user, body }: Comment, marker: string): boolean {
  return user?.login === BOT && body?.startsWith(marker) === true;
}

/** Another branch may have the same commit: its runs write to its own pull request. */
function isOfSameBranch(run: WorkflowRun, other: WorkflowRun): boolean {
  const repository = run.head_repository?.full_name;
  return run.head_branch === other.head_branch && repository === other.head_repository?.full_name;
}
