import { GitHubApi } from '../github';

/** GitHub's answer on the run of a workflow: the fields that a comment depends on. */
export interface WorkflowRun {
  readonly id: number;
  /** Number among the runs of the workflow. A later run has a larger one. */
  readonly run_number: number;
  readonly conclusion: string | null;
  readonly workflow_id: number;
  readonly head_sha: string;
  readonly head_branch: string | null;
  /** `null` if the fork has been deleted. */
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

/** GitHub's answer on a file that a pull request changes. */
export interface ChangedFile {
  readonly filename: string;
  /** Name before the change, if the file was renamed. */
  readonly previous_filename?: string;
}

interface Comment {
  readonly id: number;
  readonly body?: string;
  readonly user: { readonly login: string } | null;
}

/** User of a workflow's `GITHUB_TOKEN`. */
const BOT_LOGIN = 'github-actions[bot]';

/** GitHub's limit for a page. One commit hardly has more runs. */
const MOST_RUNS = 100;

/** Calls of GitHub's API that read a pull request and write its comment. */
export class PullRequestApi extends GitHubApi {
  readRun(id: string): Promise<WorkflowRun> {
    return this.get(`actions/runs/${id}`);
  }

  /** True if a later run of the same workflow, for the same commit of the same branch, has ended or is under way. */
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
   * Finds the numbers of the open pull requests to main whose newest commit is that of the run. The run itself may also
   * name pull requests, but those of a fork's run could be forged.
   */
  async findPullRequests({ head_repository, head_branch, head_sha }: WorkflowRun): Promise<number[]> {
    if (!head_repository || head_branch === null) return [];
    const query = new URLSearchParams({
      state: 'open',
      base: 'main',
      head: `${head_repository.owner.login}:${head_branch}`,
    });
    const pullRequests = await this.getAllPages<PullRequest>(`pulls?${query.toString()}`);
    const pullRequestsOfCommit = pullRequests.filter(({ head }) => head.sha === head_sha);
    return pullRequestsOfCommit.map(({ number }) => number);
  }

  /** Reads the files that a pull request changes. GitHub lists 3,000 at most. */
  readChangedFiles(pullRequest: number): Promise<ChangedFile[]> {
    return this.getAllPages(`pulls/${pullRequest}/files`);
  }

  /** Creates the comment of a pull request that begins with a marker, or updates the one that exists. */
  async writeComment(pullRequest: number, marker: string, body: string): Promise<'created' | 'updated'> {
    const comments = await this.getAllPages<Comment>(`issues/${pullRequest}/comments`);
    const ownComment = comments.find((comment) => isOwnComment(comment, marker));
    if (ownComment) {
      await this.send('PATCH', `issues/comments/${ownComment.id}`, { body });
      return 'updated';
    }
    await this.send('POST', `issues/${pullRequest}/comments`, { body });
    return 'created';
  }
}

/** True for a comment that a workflow wrote with the marker: people may quote it, and other workflows write comments. */
function isOwnComment({ user, body }: Comment, marker: string): boolean {
  return user?.login === BOT_LOGIN && body?.startsWith(marker) === true;
}

/** False for runs for two branches with the same commit: each of them has a pull request of its own. */
function isOfSameBranch(run: WorkflowRun, otherRun: WorkflowRun): boolean {
  const repository = run.head_repository?.full_name;
  const otherRepository = otherRun.head_repository?.full_name;
  return run.head_branch === otherRun.head_branch && repository === otherRepository;
}
