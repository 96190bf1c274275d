export const REPOSITORY = 'prooflink/infrastructure';

/** A run of CI on main. */
export const ciRun = (head_sha: string, changes: object = {}) => ({
  event: 'push',
  head_branch: 'main',
  head_sha,
  head_repository: { full_name: REPOSITORY },
  html_url: `https://ci/${head_sha}`,
  ...changes,
});

/** A main of three merges, c3 the newest; the commits that c3 merged are its second parent's. */
const COMMITS = [
  { sha: 'c3', parents: [{ sha: 'c2' }, { sha: 'merged' }] },
  { sha: 'merged', parents: [{ sha: 'c1' }] },
  { sha: 'c2', parents: [{ sha: 'c1' }] },
  { sha: 'c1', parents: [] },
];

/** Query for CI's runs by an event. */
const RUNS_BY = (event: string) =>
  `actions/workflows/ci.yml/runs?branch=main&event=${event}&status=success&per_page=100`;

/** Answers of GitHub about a main of three merges, by path and query. */
export const mainWith = (...runs: readonly object[]): Record<string, unknown> => ({
  'git/ref/heads/main': { object: { sha: 'c3' } },
  'commits?sha=c3&per_page=100': COMMITS,
  [RUNS_BY('push')]: { workflow_runs: runs },
  [RUNS_BY('workflow_dispatch')]: { workflow_runs: [] },
});

/** Setting of a GitHub environment that admits the branches, or tags, of a list. */
export const CHOSEN_BRANCHES = { protected_branches: false, custom_branch_policies: true };

/** Query for that list. */
export const POLICIES = (environment: string) => `environments/${environment}/deployment-branch-policies?per_page=100`;

/** Answers of GitHub: no environment asks a reviewer, and each admits the branch main alone. */
export const MAIN_ALONE: Readonly<Record<string, unknown>> = {
  ...answersOnEnvironment('dev'),
  ...answersOnEnvironment('staging'),
  ...answersOnEnvironment('prod'),
};

function answersOnEnvironment(name: string): Record<string, unknown> {
  return {
    [`environments/${name}`]: {
      protection_rules: [{ type: 'branch_policy' }],
      deployment_branch_policy: CHOSEN_BRANCHES,
    },
    [POLICIES(name)]: { branch_policies: [{ name: 'main', type: 'branch' }] },
  };
}

const API = 'https://api.github.test';

/** A call that writes something. */
interface Written {
  /** Method and path. */
  readonly call: string;
  readonly body: string;
}

/**
 * Plays GitHub in the tests of a file: it answers by path. A number is a refusal with that status; without an answer it
 * is a 404.
 */
export function playGitHub() {
  const github = {
    env: { GITHUB_REPOSITORY: REPOSITORY, GITHUB_TOKEN: 'token', GITHUB_API_URL: API },
    answers: {} as Record<string, unknown>,
    written: [] as Written[],
  };
  const { fetch } = globalThis;
  beforeAll(() => {
    jest.spyOn(globalThis, 'fetch').mockImplementation((url, options = {}) => {
      const { method = 'GET', headers, body } = options;
      const [, path] = (url as string).split(`${API}/repos/${REPOSITORY}/`);
      if (path === undefined) return fetch(url, options);
      if (method !== 'GET') {
        const content = JSON.parse(body as string) as { body: string };
        github.written.push({ call: `${method} ${path}`, body: content.body });
      }
      const hasToken = new Headers(headers).get('authorization') === 'Bearer token';
      const ofPath = github.answers[path] ?? (method === 'GET' ? 404 : {});
      const answer = hasToken ? ofPath : 401;
      const status = typeof answer === 'number' ? answer : 200;
      return Promise.resolve(Response.json(status === 200 ? answer : { message: 'Refused' }, { status }));
    });
  });
  afterAll(() => {
    jest.restoreAllMocks();
  });
  return github;
}
