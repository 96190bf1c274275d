import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LONGEST_COMMENT, MARKER } from '@infra/common/comment';
import { runDiffComment } from '../../../../tools/review/comment/run';
import { outcomeOf } from '@infra/common/outcome';
import { FakeGitHub } from './fake-github';
import { temporaryFolder } from '@infra/common/testing';

const github = new FakeGitHub();
const directory = temporaryFolder('diff-comment-');
const file = join(directory, 'comment.md');
let api = '';

beforeAll(async () => {
  api = await github.start();
});
afterAll(async () => {
  await github.stop();
});

const SHA = 'a'.repeat(40);
const URL_OF_RUN = 'https://github.com/prooflink/infrastructure/actions/runs/100';
const run = (properties: object = {}) => ({
  id: 100,
  run_number: 10,
  workflow_id: 7,
  event: 'pull_request',
  conclusion: 'success',
  head_sha: SHA,
  head_branch: 'smaller-database',
  head_repository: { full_name: 'prooflink/infrastructure', owner: { login: 'prooflink' } },
  html_url: URL_OF_RUN,
  ...properties,
});
const pull = (number: number, sha = SHA, owner = 'prooflink') => ({
  number,
  label: `${owner}:smaller-database`,
  base: 'main',
  head: { sha },
});

beforeEach(() => {
  github.calls.length = 0;
  github.runs = [run()];
  github.pulls = [pull(5)];
  github.comments = [];
  github.files = [];
  writeFileSync(file, `${MARKER}\n\n**No change.**\n`);
});

const env = { GITHUB_REPOSITORY: 'prooflink/infrastructure', GITHUB_TOKEN: 'token' };
const run100 = (path: string, environment: NodeJS.ProcessEnv) =>
  outcomeOf(() => runDiffComment('100', path, environment));
const comment = (path = file) => run100(path, { ...env, GITHUB_API_URL: api });
const writes = () => github.calls.filter((call) => !call.startsWith('GET'));

describe('one comment a pull request', () => {
  it('is made, and says which commit and which run it is of', async () => {
    expect(await comment()).toEqual({ exitCode: 0, stdout: 'The comment of #5 was created.\n', stderr: '' });
    expect(github.comments[0]?.body).toBe(
      `${MARKER}\n\n<sub>Of ${SHA}, by [this run](${URL_OF_RUN}).</sub>\n\n**No change.**\n`,
    );
  });

  it('is written over, and no other is touched: not a person’s that quotes it, not another of the bot', async () => {
    const user = { login: 'github-actions[bot]' };
    github.comments = [
      ...Array.from({ length: 100 }, (_, id) => ({ id: id + 100, body: 'chat', user: { login: 'someone' } })),
      { id: 1, body: `${MARKER} quoted`, user: { login: 'someone' } },
      { id: 2, body: `of another workflow, ${MARKER}`, user },
      { id: 3, body: `${MARKER}\n\nold`, user },
    ];
    expect((await comment()).stdout).toBe('The comment of #5 was updated.\n');
    expect(writes()).toEqual(['PATCH /repos/prooflink/infrastructure/issues/comments/3']);
    expect(github.comments.at(-1)?.body).toContain('**No change.**');
  });

  it('is written though a sister with the same commit had a later run: that one writes to its own', async () => {
    const sister = { id: 101, run_number: 11, head_branch: 'sister' };
    const fork = {
      ...sister,
      head_branch: 'smaller-database',
      head_repository: { full_name: 'mallory/infrastructure' },
    };
    github.runs = [run(), run(sister), run(fork)];
    expect((await comment()).stdout).toBe('The comment of #5 was created.\n');
  });

  it('tells first of a change to what judges it, by GitHub’s list of files, the old names included', async () => {
    github.files = Array.from({ length: 120 }, (_, index) => ({ filename: `docs/${index}.md` }));
    github.files.push({ filename: 'docs/run', previous_filename: '.ci/run' });
    await comment();
    expect(github.comments[0]?.body.split('\n\n')[1]).toContain('`.ci/run`.**');
  });

  it('is of the pull request to main, where the branch has another one', async () => {
    github.pulls = [{ ...pull(6), base: 'release' }, pull(5)];
    expect((await comment()).stdout).toBe('The comment of #5 was created.\n');
  });
});

const fork = { full_name: 'someone/infra`@octocat`', owner: { login: 'someone' } };
const replaced = [run({ conclusion: 'cancelled' }), run({ id: 101, run_number: 11 })];
it.each<readonly [string, 0 | 2, Partial<FakeGitHub>, string]>([
  [
    'by a run of an older commit',
    0,
    { pulls: [pull(5, 'b'.repeat(40))] },
    `No open pull request has ${SHA} as its newest`,
  ],
  ['by a run that another of its commit replaced, as after a label', 0, { runs: replaced }, 'A later run looked at'],
  ['where two have the same branch', 2, { pulls: [pull(5), pull(6)] }, '#5, #6 have the same branch'],
  [
    'where a fork’s run chooses the pull request itself',
    0,
    { runs: [run({ head_repository: fork, pull_requests: [{ number: 5 }] })] },
    'nothing to comment on',
  ],
  ['of a fork that was deleted', 0, { runs: [run({ head_repository: null })] }, 'nothing to comment on'],
])('nothing is written %s', async (_case, code, state, why) => {
  Object.assign(github, state);
  writeFileSync(file, `${MARKER}\n5\n#5\n`);
  const { exitCode, stdout, stderr } = await comment();
  expect([exitCode, stdout + stderr]).toEqual([code, expect.stringContaining(why)]);
  expect(writes()).toEqual([]);
});

describe('an old comment never stays as if it were of the newest commit', () => {
  it.each(['failure', 'cancelled', 'timed_out'])(
    'where the run ended with %s before it wrote one',
    async (conclusion) => {
      github.comments = [{ id: 3, body: `${MARKER}\n\n**No change.**`, user: { login: 'github-actions[bot]' } }];
      github.runs = [run({ conclusion })];
      expect((await comment(join(directory, 'none.md'))).exitCode).toBe(0);
      const body = github.comments[0]?.body;
      expect(body).toContain('> [!CAUTION]\n> **The diff could not be made, so nothing is known about this change.**');
      expect(body).toContain(
        `The run ended with "${conclusion}" and left no comment. Its log says why:\n${URL_OF_RUN}`,
      );
      expect(body).not.toContain('No change');
    },
  );

  it.each(['', 'Looks good to me'])('where what it wrote is no comment of the tool: "%s"', async (content) => {
    writeFileSync(file, content);
    await comment();
    expect(github.comments[0]?.body).toContain('left something that is not a comment of the review');
    expect(github.comments[0]?.body).not.toContain('Looks good');
  });
});

describe("a fork's run", () => {
  it('finds its pull request by its owner, branch and commit, and is known as a fork’s', async () => {
    github.runs = [run({ head_repository: fork })];
    github.pulls = [pull(4), pull(5, SHA, 'someone')];
    await comment();
    expect(github.comments[0]?.body).toContain(
      'The workflow is that of <code>someone/infra&#96;&#64;octocat&#96;</code>: see whether it changes',
    );
  });

  it('cannot hide where it is from, and cannot make it too long', async () => {
    writeFileSync(file, `${MARKER}\n<!-- ${'x'.repeat(100_000)}`);
    await comment();
    const body = github.comments[0]?.body ?? '';
    expect(body.length).toBe(LONGEST_COMMENT);
    expect(body.startsWith(`${MARKER}\n\n<sub>Of ${SHA}`)).toBe(true);
  });
});

describe('what cannot be done is said, with exit code 2', () => {
  it('by GitHub', async () => {
    const { exitCode, stderr } = await run100(file, {
      ...env,
      GITHUB_TOKEN: 'x',
      GITHUB_API_URL: api,
    });
    const refused = 'GitHub refused GET repos/prooflink/infrastructure/actions/runs/100 with 403';
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: `${refused}: Resource not accessible by integration\n`,
    });
  });

  it('by nobody, where GitHub is not there', async () => {
    const nowhere = new FakeGitHub();
    const GITHUB_API_URL = await nowhere.start();
    await nowhere.stop();
    const { exitCode, stderr } = await run100(file, { ...env, GITHUB_API_URL });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('could not be reached');
  });

  it('of a run that was for no pull request', async () => {
    github.runs = [run({ event: 'push' })];
    expect(await comment()).toMatchObject({
      exitCode: 2,
      stderr: 'Run 100 was not for a pull request, but for "push".\n',
    });
  });

  it.each([
    ['no run', '', env, ' is not the number of a run, as in the address of its page.\n'],
    ['a run that would be another address', '../1', env, '../1 is not the number of a run'],
    ['no token', '100', { ...env, GITHUB_TOKEN: '' }, 'GITHUB_REPOSITORY and GITHUB_TOKEN must be set.\n'],
    ['no repository', '100', { GITHUB_TOKEN: 'token' }, 'GITHUB_REPOSITORY and GITHUB_TOKEN must be set.\n'],
  ])('of %s', async (_case, id, environment, why) => {
    expect(await outcomeOf(() => runDiffComment(id, 'comment.md', environment))).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining(why) as string,
    });
  });
});
