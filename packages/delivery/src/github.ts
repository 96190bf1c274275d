import { untranslated } from '@infra/common/message';
import { CannotTellError } from '@infra/common/outcome';
import { valueAtPath } from '@infra/common/values';

/** GitHub could not be reached, or refused a request. */
export class GitHubError extends CannotTellError {
  constructor(reason: string) {
    super(untranslated(reason));
  }
}

/** A repository, and the token by which a workflow's job may use it. */
export interface GitHubAccess {
  /** `<owner>/<name>`. */
  readonly repository: string;
  readonly apiUrl: string;
  readonly token: string;
}

/** Most items that GitHub returns on a page of a list. */
const PAGE_SIZE = 100;
const TIMEOUT_MS = 30_000;

/** GitHub's REST API on one repository. Paths are relative to the repository: `actions/runs/1`. */
export class GitHubApi {
  readonly repository: string;

  constructor(private readonly access: GitHubAccess) {
    this.repository = access.repository;
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  /** The items on all pages of a list. */
  async getAllPages<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    const separator = path.includes('?') ? '&' : '?';
    for (let page = 1; ; page += 1) {
      const itemsOfPage = await this.get<Item[]>(`${path}${separator}per_page=${PAGE_SIZE}&page=${page}`);
      items.push(...itemsOfPage);
      if (itemsOfPage.length < PAGE_SIZE) return items;
    }
  }

  /** @throws GitHubError if GitHub cannot be reached, or refuses the request. */
  async send<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const { repository, apiUrl, token } = this.access;
    const request = `${method} repos/${repository}/${path}`;
    const response = await fetch(`${apiUrl}/repos/${repository}/${path}`, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'x-github-api-version': '2022-11-28',
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => {
      throw new GitHubError(`GitHub could not be reached for ${request}: ${causeOf(error)}`);
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return answer as Answer;
    const message = valueAtPath(answer, 'message');
    const reason = typeof message === 'string' ? message : response.statusText;
    throw new GitHubError(`GitHub refused ${request} with ${response.status}: ${reason}`);
  }
}

/** The reason for which `fetch` failed: the message of its error says no more than "fetch failed". */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error ? cause.message : String(error);
}

/** Access by the variables that GitHub, and the workflow, set for a step. */
export function githubAccess(env: NodeJS.ProcessEnv): GitHubAccess {
  const { GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token } = env;
  const { GITHUB_API_URL: apiUrl = 'https://api.github.com' } = env;
  if (!repository || !token) throw new CannotTellError(untranslated('GITHUB_REPOSITORY and GITHUB_TOKEN must be set.'));
  return { repository, apiUrl, token };
}
