import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LONGEST_COMMENT } from '@infra/common/comment';
import { COMMENT_MARKER } from '../../src/comment/marker';
import { runDiffComment } from '../../src/comment/comment';
import { outcomeOf } from '@infra/common/outcome';
import { playGitHub } from './github';
import { temporaryFolder } from '@infra/common/testing';

const github = playGitHub();
const directory = temporaryFolder('diff-comment-');
const file = join(directory, 'comment.md');

const SHA = 'a'.repeat(40);
const URL_OF_RUN = 'https://github.com/prooflink/infrastructure/actions/runs/100';
const run = (properties: object = {}) => ({
  id: 100,
  run_number: 10,
  workflow_id: 7,
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

const comment = (path = file, env: NodeJS.ProcessEnv = github.env) => outcomeOf(() => runDiffComment('100', path, env));
const body = () => github.written[0]?.body ?? '';

describe('one comment a pull request', () => {
  it('is made, and says which commit and which run it is of', async () => {
    expect(await comment()).toEqual({ exitCode: 0, stdout: 'The comment of #5 was created.\n', stderr: '' });
    expect(github.written).toEqual([
      {
        call: 'POST issues/5/comments',
        body: `${COMMENT_MARKER}\n\n<sub>Of ${SHA}, by [this run](${URL_OF_RUN}).</sub>\n\n**No change.**\n`,
      },
    ]);
  });

  it('is made, and the run fails, where the changed files of the pipeline do not fit', async () => {
    const files = Array.from({ length: 100 }, (_, index) => ({ filename: `packages/${index}${'x'.repeat(200)}` }));
    const renamed = files.slice(1).map(({ filename }) => ({ filename: `${filename}.ts` }));
    answering({ [page('pulls/5/files')]: files, [page('pulls/5/files', 2)]: renamed });
    expect(await comment()).toMatchObject({ exitCode: 1, stdout: 'The comment of #5 was created.\n' });
    expect(body()).toContain('This run fails');
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
    expect(github.written.map(({ call }) => call)).toEqual(['PATCH issues/comments/3']);
    expect(body()).toContain('**No change.**');
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

const fork = { full_name: 'someone/infra`@octocat`', owner: { login: 'someone' } };

interface WithoutComment {
  readonly title: string;
  readonly exitCode: 0 | 2;
  /** The run, as GitHub describes it. */
  readonly run: object;
  readonly answers: Record<string, unknown>;
  readonly reason: string;
}

const WITHOUT_COMMENT: readonly WithoutComment[] = [
  {
    title: 'by a run of an older commit',
    exitCode: 0,
    run: run(),
    answers: { [PULLS()]: [pull(5, 'b'.repeat(40))] },
    reason: `No open pull request has ${SHA}`,
  },
  {
    title: 'by a run that another of its commit replaced, as after a label',
    exitCode: 0,
    run: run(),
    answers: { [RUNS]: { workflow_runs: [run({ conclusion: 'cancelled' }), run({ id: 101, run_number: 11 })] } },
    reason: 'A later run',
  },
  {
    title: 'where two have the same branch',
    exitCode: 2,
    run: run(),
    answers: { [PULLS()]: [pull(5), pull(6)] },
    reason: '#5, #6 have the same branch',
  },
  {
    title: 'where a fork’s run chooses the pull request itself',
    exitCode: 0,
    run: run({ head_repository: fork, pull_requests: [{ number: 5 }] }),
    answers: { [PULLS('someone')]: [] },
    reason: 'nothing to comment on',
  },
];

it.each(WITHOUT_COMMENT)('nothing is written $title', async ({ exitCode, run: ofRun, answers, reason }) => {
  answering(answers, ofRun);
  writeFileSync(file, `${COMMENT_MARKER}\n5\n#5\n`);
  const outcome = await comment();
  expect(outcome.exitCode).toBe(exitCode);
  expect(outcome.stdout + outcome.stderr).toContain(reason);
  expect(github.written).toEqual([]);
});

describe('an old comment never stays as if it were of the newest commit', () => {
  it('where the run was cancelled before it wrote one', async () => {
    const old = { id: 3, body: `${COMMENT_MARKER}\n\n**No change.**`, user: BOT };
    answering({ [page('issues/5/comments')]: [old] }, run({ conclusion: 'cancelled' }));
    expect((await comment(join(directory, 'none.md'))).exitCode).toBe(0);
    expect(body()).toContain('> [!CAUTION]\n> **The diff could not be made, so nothing is known about this change.**');
    expect(body()).toContain(`The run ended with "cancelled" and left no comment. Its log says why:\n${URL_OF_RUN}`);
    expect(body()).not.toContain('No change');
  });

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

describe('the reason is printed, with exit code 2', () => {
  it('where GitHub refuses', async () => {
    answering({ 'actions/runs/100': 403 });
    const refusal = 'GitHub refused GET repos/prooflink/infrastructure/actions/runs/100 with 403: Refused\n';
    expect(await comment()).toEqual({ exitCode: 2, stdout: '', stderr: refusal });
  });

  it('where GitHub is not there', async () => {
    const { exitCode, stderr } = await comment(file, { ...github.env, GITHUB_API_URL: 'http://127.0.0.1:9' });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('could not be reached');
  });
});
