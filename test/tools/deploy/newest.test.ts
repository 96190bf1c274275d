import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runNewest } from '../../../tools/deploy/newest';
import { outcomeOf } from '@infra/common/outcome';

/** GitHub's answers to what is asked for, by path and query. */
let answers: Record<string, unknown>;
let server: Server;
let api: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = answers[(request.url ?? '').replace('/repos/prooflink/infrastructure/', '')];
    response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer ?? { message: 'Not Found' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const REPOSITORY = 'prooflink/infrastructure';
const run = (head_sha: string, changes: object = {}) => ({
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

const newest = (runs: readonly object[], expected?: string) => {
  answers = {
    'git/ref/heads/main': { object: { sha: 'c3' } },
    'commits?sha=c3&per_page=100': COMMITS,
    'actions/workflows/ci.yml/runs?branch=main&status=success&per_page=100': { workflow_runs: runs },
  };
  const env = { GITHUB_REPOSITORY: REPOSITORY, GITHUB_TOKEN: 'token', GITHUB_API_URL: api };
  return outcomeOf(() => runNewest(expected, env));
};
const says = (stdout: string) => ({ exitCode: 0, stdout, stderr: '' });

describe('what may be deployed', () => {
  it('is main’s newest commit that passed CI, in whatever order the runs ended', async () => {
    expect(await newest([run('c1'), run('c3'), run('c2')])).toEqual(says('c3 https://ci/c3\n'));
    expect(await newest([run('c1'), run('c2')])).toEqual(says('c2 https://ci/c2\n'));
  });

  it('is one that a person’s run of CI passed, too', async () => {
    expect(await newest([run('c3', { event: 'workflow_dispatch' })])).toEqual(says('c3 https://ci/c3\n'));
  });

  it.each([
    ['a tag called main: its commit is not on the branch', run('evil')],
    ['a commit that a merge brought along: nobody reviewed it by itself', run('merged')],
    ['another branch', run('c3', { head_branch: 'feature' })],
    ['a pull request from a branch main', run('c3', { event: 'pull_request' })],
    ['a fork’s main', run('c3', { head_repository: { full_name: 'mallory/infrastructure' } })],
    ['a deleted fork', run('c3', { head_repository: null })],
  ])('is not %s', async (_, other) => {
    expect(await newest([other, run('c2')])).toEqual(says('c2 https://ci/c2\n'));
  });

  it('is nothing before CI has passed, and it is said how to start it', async () => {
    expect(await newest([])).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: "None of main's last 100 commits has passed CI. Start it by hand: gh workflow run ci.yml --ref main\n",
    });
  });

  it('is asked again before a late deployment, which stops where main moved on', async () => {
    expect(await newest([run('c3'), run('c2')], 'c3')).toEqual(says('c3 https://ci/c3\n'));
    const late = await newest([run('c3'), run('c2')], 'c2');
    expect(late).toMatchObject({ exitCode: 1, stdout: '' });
    expect(late.stderr).toContain('is c3 (https://ci/c3), not c2: nothing is deployed.');
  });

  it('is nothing where GitHub does not answer', async () => {
    answers = {};
    const env = { GITHUB_REPOSITORY: REPOSITORY, GITHUB_TOKEN: 'token', GITHUB_API_URL: api };
    expect(await outcomeOf(() => runNewest(undefined, env))).toMatchObject({
      exitCode: 2,
      stderr: 'GitHub refused GET repos/prooflink/infrastructure/git/ref/heads/main with 404: Not Found\n',
    });
    expect((await outcomeOf(() => runNewest(undefined, {}))).stderr).toContain('GITHUB_REPOSITORY and GITHUB_TOKEN');
  });
});
