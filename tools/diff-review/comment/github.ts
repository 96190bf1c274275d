import { CannotTellError } from '../../shared/outcome';
import { isRecord } from '../../shared/values';

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

interface Comment {
  readonly id: number;
  readonly body?: string;
  readonly user: { readonly login: string } | null;
}

/** GitHub did not do what it was asked to. */
export class GitHubError extends CannotTellError {}

/** Who `GITHUB_TOKEN` of a workflow is. */
const BOT = 'github-actions[bot]';
const PAGE = 100;

/** The few calls to GitHub's API that a comment takes, on one repository. */
export class GitHub {
  constructor(
    readonly repository: string,
    private readonly api: string,
    private readonly token: string,
  ) {}

  run(id: string): Promise<WorkflowRun> {
    return this.call('GET', `actions/runs/${id}`);
  }

  /** Whether a later run of the same workflow looked at the same commit, or still does. */
  async hasLaterRun({ workflow_id, head_sha, run_number }: WorkflowRun): Promise<boolean> {
    const query = new URLSearchParams({ head_sha, event: 'pull_request', per_page: String(PAGE) });
    const { workflow_runs } = await this.call<{ workflow_runs: readonly WorkflowRun[] }>(
      'GET',
      `actions/workflows/${workflow_id}/runs?${query.toString()}`,
    );
    return workflow_runs.some((other) => other.run_number > run_number);
  }

  /** The open pull requests whose newest commit is the run's. The run is not asked: a fork may have written it. */
  async pullRequests({ head_repository, head_branch, head_sha }: WorkflowRun): Promise<number[]> {
    if (!head_repository || head_branch === null) return [];
    const head = `${head_repository.owner.login}:${head_branch}`;
    const query = new URLSearchParams({ state: 'open', head });
    const pulls = await this.pages<PullRequest>(`pulls?${query.toString()}&`);
    return pulls.filter((pull) => pull.head.sha === head_sha).map(({ number }) => number);
  }

  /** Creates or updates the one comment of a pull request that begins with a marker. */
  async writeComment(pullRequest: number, marker: string, body: string): Promise<'created' | 'updated'> {
    const comments = await this.pages<Comment>(`issues/${pullRequest}/comments?`);
    const mine = comments.find(({ user, body }) => user?.login === BOT && body?.startsWith(marker));
    if (mine) await this.call('PATCH', `issues/comments/${mine.id}`, { body });
    else await this.call('POST', `issues/${pullRequest}/comments`, { body });
    return mine ? 'updated' : 'created';
  }

  private async pages<T>(path: string): Promise<T[]> {
    const all: T[] = [];
    for (let page = 1; ; page += 1) {
      const found = await this.call<T[]>('GET', `${path}per_page=${PAGE}&page=${page}`);
      all.push(...found);
      if (found.length < PAGE) return all;
    }
  }

  private async call<T>(method: string, path: string, body?: object): Promise<T> {
    const what = `${method} repos/${this.repository}/${path}`;
    const response = await fetch(`${this.api}/repos/${this.repository}/${path}`, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${this.token}`,
        'x-github-api-version': '2022-11-28',
      },
      body: body && JSON.stringify(body),
    }).catch((error: unknown) => {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      throw new GitHubError(`GitHub could not be reached for ${what}: ${cause}`);
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return answer as T;
    const reason = isRecord(answer) && typeof answer.message === 'string' ? answer.message : response.statusText;
    throw new GitHubError(`GitHub refused ${what} with ${response.status}: ${reason}`);
  }
}
