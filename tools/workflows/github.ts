import { CannotTellError } from '@infra/common/outcome';
import { isRecord } from '@infra/common/values';

/** GitHub did not do what it was asked to. */
export class GitHubError extends CannotTellError {
  constructor(
    message: string,
    /** HTTP status of GitHub's answer; `undefined` where there was none. */
    readonly status?: number,
  ) {
    super(message);
  }
}

const PAGE = 100;
/** Timeout of GitHub's answers, in milliseconds. */
const PATIENCE = 30_000;

/** GitHub's API on one repository. */
export class GitHubApi {
  constructor(
    readonly repository: string,
    private readonly api: string,
    private readonly token: string,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.send('GET', path);
  }

  /** All pages of a list. */
  async pages<T>(path: string): Promise<T[]> {
    const all: T[] = [];
    for (let page = 1; ; page += 1) {
      const found = await this.get<T[]>(`${path}${path.includes('?') ? '&' : '?'}per_page=${PAGE}&page=${page}`);
      all.push(...found);
      if (found.length < PAGE) return all;
    }
  }

  async send<T>(method: string, path: string, body?: object): Promise<T> {
    const what = `${method} repos/${this.repository}/${path}`;
    const response = await fetch(`${this.api}/repos/${this.repository}/${path}`, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${this.token}`,
        'x-github-api-version': '2022-11-28',
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    }).catch((error: unknown) => {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      throw new GitHubError(`GitHub could not be reached for ${what}: ${cause}`);
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return answer as T;
    const reason = isRecord(answer) && typeof answer.message === 'string' ? answer.message : response.statusText;
    throw new GitHubError(`GitHub refused ${what} with ${response.status}: ${reason}`, response.status);
  }
}

/** Repository and token, from a workflow's variables. */
export function githubAccess(env: NodeJS.ProcessEnv): readonly [repository: string, api: string, token: string] {
  const { GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token, GITHUB_API_URL: api = 'https://api.github.com' } = env;
  if (!repository || !token) throw new CannotTellError('GITHUB_REPOSITORY and GITHUB_TOKEN must be set.');
  return [repository, api, token];
}

/** Reads GitHub's 404 as a value: there is no such thing. */
export function orMissing<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof GitHubError && error.status === 404) return value;
    throw error;
  };
}
