import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LONGEST_COMMENT, COMMENT_MARKER } from '@infra/common/comment';
import { runDiffComment } from '../../../../tools/workflows/comment/comment';
import { outcomeOf } from '@infra/common/outcome';
import { playGitHub } from '../deploy/github';
import { temporaryFolder } from '@infra/common/testing';

const ROOT = join(__dirname, '../../../..');
const github = playGitHub();
const directory = temporaryFolder('diff-comment-');
const file = join(directory, 'comment.md');

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
const pull = (number: number, sha = SHA) => ({ number, head: { sha } });
const BOT = { login: 'github-actions[bot]' };

const RUNS = `actions/workflows/7/runs?head_sha=${SHA}&event=pull_request&per_page=100`;
const PULLS = (owner = 'prooflink') =>
  `pulls?state=open&base=main&head=${owner}%3Asmaller-database&per_page=100&page=1`;
const page = (list: 'pulls/5/files' | 'issues/5/comments', number = 1) => `${list}?per_page=100&page=${number}`;

/** Run 100 for pull request 5, with other answers. */
function answering(answers: Record<string, unknown> = {}, one: object = run()): void {
  github.answers = {
    'actions/runs/100': one,
    [RUNS]: { workflow_runs: [one] },
    [PULLS()]: [pull(5)],
    [page('pulls/5/files')]: [],
    [page('issues/5/comments')]: [],
    ...answers,
  };
}

beforeEach(() => {
  github.written.length = 0;
  answering();
  writeFileSync(file, `${COMMENT_MARKER}\n\n**No change.**\n`);
});

const comment = (path = file, env: NodeJS.ProcessEnv = github.env, id = '100') =>
  outcomeOf(() => runDiffComment(id, path, env));
const body = () => github.written[0]?.[1] ?? '';

describe('one comment a pull request', () => {
  it('is made, and says which commit and which run it is of', async () => {
    expect(await comment()).toEqual({ exitCode: 0, stdout: 'The comment of #5 was created.\n', stderr: '' });
    expect(github.written).toEqual([
      [
        'POST issues/5/comments',
        `${COMMENT_MARKER}\n\n<sub>Of ${SHA}, by [this run](${URL_OF_RUN}).</sub>\n\n**No change.**\n`,
      ],
    ]);
  });

  it('is written over, and no other is touched: not a person’s that quotes it, not another of the bot', async () => {
    const chat = Array.from({ length: 100 }, (_, id) => ({ id: id + 100, body: 'chat', user: { login: 'someone' } }));
    answering({
      [page('issues/5/comments')]: chat,
      [page('issues/5/comments', 2)]: [
        { id: 1, body: `${COMMENT_MARKER} quoted`, user: { login: 'someone' } },
        { id: 2, body: `of another workflow, ${COMMENT_MARKER}`, user: BOT },
        { id: 3, body: `${COMMENT_MARKER}\n\nold`, user: BOT },
      ],
    });
    expect((await comment()).stdout).toBe('The comment of #5 was updated.\n');
    expect(github.written).toEqual([['PATCH issues/comments/3', expect.stringContaining('**No change.**')]]);
  });

  it('is written though a sister with the same commit had a later run: that one writes to its own', async () => {
    const sister = { id: 101, run_number: 11, head_branch: 'sister' };
    const head_repository = { full_name: 'mallory/infrastructure' };
    const fork = { ...sister, head_branch: 'smaller-database', head_repository };
    answering({ [RUNS]: { workflow_runs: [run(), run(sister), run(fork)] } });
    expect((await comment()).stdout).toBe('The comment of #5 was created.\n');
  });

  it('reports first a change to what judges it, by GitHub’s list of files, the old names included', async () => {
    answering({
      [page('pulls/5/files')]: Array.from({ length: 100 }, (_, index) => ({ filename: `docs/${index}.md` })),
      [page('pulls/5/files', 2)]: [{ filename: 'docs/run', previous_filename: '.ci/run' }],
    });
    await comment();
    expect(body().split('\n\n')[1]).toContain('`.ci/run`.**');
  });
});

describe('packages that the pull request brings along', () => {
  const blob = (value: unknown) => ({ content: Buffer.from(JSON.stringify(value)).toString('base64') });
  const root = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, object>;
  const changed = (filename: string, status = 'modified') => [{ filename, status, sha: 'f1' }];
  const REFUSED = 'After a merge of these packages nothing is deployed any more';

  it('are refused by the check of the branch main: a lock file is too long to be read', async () => {
    const dependencies = { ...root['dependencies'], commander: 'file:docs/commander.tgz' };
    answering({
      [page('pulls/5/files')]: changed('package.json'),
      'git/blobs/f1': blob({ ...root, dependencies }),
    });
    await comment();
    expect(body()).toContain(REFUSED);
    expect(body()).toContain('package.json: commander is "file:docs/commander.tgz"');
  });

  it('are checked where a file is new, or renamed', async () => {
    answering({ [page('pulls/5/files')]: changed('npm-shrinkwrap.json', 'added'), 'git/blobs/f1': blob({}) });
    await comment();
    expect(body()).toContain('npm-shrinkwrap.json: npm would install what it says');
  });

  it('are refused without a lock file', async () => {
    answering({ [page('pulls/5/files')]: changed('package-lock.json', 'removed') });
    await comment();
    expect(body()).toContain('The packages cannot be checked');
  });

  it('are not known where GitHub does not show them', async () => {
    answering({ [page('pulls/5/files')]: changed('package-lock.json'), 'git/blobs/f1': 404 });
    await comment();
    expect(body()).toContain('The packages could not be checked: GitHub refused');
  });

  it('are not spoken of where they are right, or another file changes', async () => {
    answering({ [page('pulls/5/files')]: changed('package.json'), 'git/blobs/f1': blob(root) });
    await comment();
    answering({ [page('pulls/5/files')]: changed('docs/package.json') });
    await comment();
    expect(github.written).toHaveLength(2);
    for (const [, text] of github.written) expect(text).not.toContain(REFUSED);
  });
});

const fork = { full_name: 'someone/infra`@octocat`', owner: { login: 'someone' } };
const ofFork = run({ head_repository: fork, pull_requests: [{ number: 5 }] });
const replaced = { workflow_runs: [run({ conclusion: 'cancelled' }), run({ id: 101, run_number: 11 })] };
it.each<readonly [string, 0 | 2, object, Record<string, unknown>, string]>([
  [
    'by a run of an older commit',
    0,
    run(),
    { [PULLS()]: [pull(5, 'b'.repeat(40))] },
    `No open pull request has ${SHA}`,
  ],
  ['by a run that another of its commit replaced, as after a label', 0, run(), { [RUNS]: replaced }, 'A later run'],
  ['where two have the same branch', 2, run(), { [PULLS()]: [pull(5), pull(6)] }, '#5, #6 have the same branch'],
  [
    'where a fork’s run chooses the pull request itself',
    0,
    ofFork,
    { [PULLS('someone')]: [] },
    'nothing to comment on',
  ],
  ['of a fork that was deleted', 0, run({ head_repository: null }), {}, 'nothing to comment on'],
])('nothing is written %s', async (_case, code, one, answers, why) => {
  answering(answers, one);
  writeFileSync(file, `${COMMENT_MARKER}\n5\n#5\n`);
  const { exitCode, stdout, stderr } = await comment();
  expect([exitCode, stdout + stderr]).toEqual([code, expect.stringContaining(why)]);
  expect(github.written).toEqual([]);
});

describe('an old comment never stays as if it were of the newest commit', () => {
  it.each(['failure', 'cancelled', 'timed_out'])(
    'where the run ended with %s before it wrote one',
    async (conclusion) => {
      const old = { id: 3, body: `${COMMENT_MARKER}\n\n**No change.**`, user: BOT };
      answering({ [page('issues/5/comments')]: [old] }, run({ conclusion }));
      expect((await comment(join(directory, 'none.md'))).exitCode).toBe(0);
      expect(body()).toContain(
        '> [!CAUTION]\n> **The diff could not be made, so nothing is known about this change.**',
      );
      expect(body()).toContain(
        `The run ended with "${conclusion}" and left no comment. Its log says why:\n${URL_OF_RUN}`,
      );
      expect(body()).not.toContain('No change');
    },
  );

  it.each(['', 'Looks good to me'])('where what it wrote is no comment of the tool: "%s"', async (content) => {
    writeFileSync(file, content);
    await comment();
    expect(body()).toContain('left something that is not a comment of the review');
    expect(body()).not.toContain('Looks good');
  });
});

describe("a fork's run", () => {
  it('finds its pull request by its owner, branch and commit, and is known as a fork’s', async () => {
    answering({ [PULLS('someone')]: [pull(5)] }, run({ head_repository: fork }));
    await comment();
    expect(body()).toContain(
      'The workflow is that of <code>someone/infra&#96;&#64;octocat&#96;</code>: see whether it changes',
    );
  });

  it('cannot hide where it is from, and cannot make it too long', async () => {
    writeFileSync(file, `${COMMENT_MARKER}\n<!-- ${'x'.repeat(100_000)}`);
    await comment();
    expect(body().length).toBe(LONGEST_COMMENT);
    expect(body().startsWith(`${COMMENT_MARKER}\n\n<sub>Of ${SHA}`)).toBe(true);
  });
});

const NO_TOKEN = 'GITHUB_REPOSITORY and GITHUB_TOKEN must be set.\n';
it.each<readonly [string, string, NodeJS.ProcessEnv, object, string]>([
  [
    'GitHub refuses',
    '100',
    {},
    { 'actions/runs/100': 403 },
    'GitHub refused GET repos/prooflink/infrastructure/actions/runs/100 with 403: Refused\n',
  ],
  ['GitHub is not there', '100', { GITHUB_API_URL: 'http://127.0.0.1:9' }, {}, 'could not be reached'],
  [
    'the run was for no pull request',
    '100',
    {},
    { 'actions/runs/100': run({ event: 'push' }) },
    'Run 100 was not for a pull request, but for "push".\n',
  ],
  ['there is no run', '', {}, {}, ' is not the number of a run, as in the address of its page.\n'],
  ['the run would be another address', '../1', {}, {}, '../1 is not the number of a run'],
  ['there is no token', '100', { GITHUB_TOKEN: '' }, {}, NO_TOKEN],
  ['there is no repository', '100', { GITHUB_REPOSITORY: undefined }, {}, NO_TOKEN],
])('where %s, that is said, with exit code 2', async (_case, id, env, answers, why) => {
  answering(answers as Record<string, unknown>);
  const { exitCode, stdout, stderr } = await comment(file, { ...github.env, ...env }, id);
  expect([exitCode, stdout, stderr]).toEqual([2, '', expect.stringContaining(why)]);
});
