const REPOSITORY = 'prooflink/infrastructure';

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
