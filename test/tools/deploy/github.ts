import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

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

/** Answers of GitHub about a main of three merges, by path and query. */
export const mainWith = (...runs: readonly object[]): Record<string, unknown> => ({
  'git/ref/heads/main': { object: { sha: 'c3' } },
  'commits?sha=c3&per_page=100': COMMITS,
  'actions/workflows/ci.yml/runs?branch=main&status=success&per_page=100': { workflow_runs: runs },
});

/** GitHub on loopback. An answer that is a number is a refusal with that status; where there is no answer, it is a 404. */
export class FakeGitHub {
  public answers: Record<string, unknown> = {};
  /** Comments that were written, with the calls. */
  public readonly written: [call: string, body: string][] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const { method = 'GET', url = '', headers } = request;
      const path = url.replace(`/repos/${REPOSITORY}/`, '');
      const isKnown = headers.authorization === 'Bearer token';
      void text(request).then((body) => {
        if (method !== 'GET') this.written.push([`${method} ${path}`, (JSON.parse(body) as { body: string }).body]);
        const answer = isKnown ? (this.answers[path] ?? (method === 'GET' ? 404 : {})) : 401;
        const status = typeof answer === 'number' ? answer : 200;
        response.writeHead(status).end(JSON.stringify(status === 200 ? answer : { message: 'Refused' }));
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get env(): NodeJS.ProcessEnv {
    const { port } = this.server.address() as AddressInfo;
    return { GITHUB_REPOSITORY: REPOSITORY, GITHUB_TOKEN: 'token', GITHUB_API_URL: `http://127.0.0.1:${port}` };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
