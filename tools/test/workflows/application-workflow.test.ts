import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { temporaryFolder } from '@infra/common/testing';
import * as environments from '../../../test/support/configs';
import { DOCKER_PLATFORMS } from '../../deployed/image-manifest';
import { runStep, stepOf } from '../github/run-step';
import { workflow } from '../github/workflow';
import { testWith } from '../support/test-with';

const TAG = '3f1c2b7a9d0e4c5b8a6f7e8d9c0b1a2f3e4d5c6b';
const REGISTRY = '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com';

const root = temporaryFolder('application-workflow-');
/** Folder of a test, empty at its start. */
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(root, 'test-'));
});

/** Docker, the AWS CLI and GitHub's: each notes its call. ECR has dev's registries, and the tags that were pushed. */
const NOTE_CALL = 'call="$(basename "$0") $*"; echo "$call" >> calls';
const PROGRAMS = {
  docker: `${NOTE_CALL}
case "$1" in
  save) echo "layers of $*" ;;
  login) [ "$(cat)" = password ] ;;
esac`,
  aws: `${NOTE_CALL}
case "$call" in
  'aws ecr get-login-password') echo password ;;
  *prooflink-prod-*) echo RepositoryNotFoundException >&2; exit 254 ;;
  *"batch-get-image --repository-name $4 --image-ids imageTag=$TAG --query"*)
    if grep -q "docker push .*/$4:$TAG" calls; then echo "$TAG"; fi ;;
esac`,
  gh: `${NOTE_CALL}
case "$1" in api) eval "$RULES" ;; esac`,
};

/** Runs a step of release.yml; `calls` are those of this run. */
function run(job: string, name: string, variables: Readonly<Record<string, string>> = {}) {
  const callsFile = join(folder, 'calls');
  const earlierCalls = existsSync(callsFile) ? readFileSync(callsFile, 'utf8').length : 0;
  const { status, stdout, stderr } = runStep(stepOf('application/release.yml', job, { name }), {
    folder,
    programs: PROGRAMS,
    variables: { ENVIRONMENT: 'dev', PLATFORM: 'linux/amd64', TAG, REGISTRY, ...variables },
  });
  const calls = readFileSync(callsFile, 'utf8').slice(earlierCalls).trimEnd().split('\n');
  return { exitCode: status, output: `${stdout}${stderr}`, calls };
}

test.each(Object.entries(environments).map(([name, { cpuArchitecture }]) => ({ name, cpuArchitecture })))(
  'unless a variable names another platform, images are built for the processor of $name',
  ({ cpuArchitecture }) => {
    const platform = workflow('application/release.yml').jobs['build']?.env?.['PLATFORM'];
    expect(platform).toBe(`\${{ vars.IMAGE_PLATFORM || '${DOCKER_PLATFORMS[cpuArchitecture]}' }}`);
  },
);

test('both images are saved as one file', () => {
  expect(run('build', 'Build the images').exitCode).toBe(0);
  const saved = gunzipSync(readFileSync(join(folder, 'images.tar.gz'))).toString();
  expect(saved).toBe('layers of save prooflink-app prooflink-batch\n');
});

const changesOfImages = (calls: readonly string[]) => calls.filter((call) => /^docker (login|tag|push)/.test(call));
const LOGIN = `docker login --username AWS --password-stdin ${REGISTRY}`;

test('both images are pushed to the registries of the environment, under their commit', () => {
  const { calls } = run('release', 'Push the images');
  expect(changesOfImages(calls)).toEqual([
    LOGIN,
    `docker tag prooflink-app ${REGISTRY}/prooflink-dev-app:${TAG}`,
    `docker push ${REGISTRY}/prooflink-dev-app:${TAG}`,
    `docker tag prooflink-batch ${REGISTRY}/prooflink-dev-batch:${TAG}`,
    `docker push ${REGISTRY}/prooflink-dev-batch:${TAG}`,
  ]);
});

test('an image that is there is not pushed again: ECR refuses a second one under a fixed tag', () => {
  run('release', 'Push the images');
  const { exitCode, output, calls } = run('release', 'Push the images');
  expect(exitCode).toBe(0);
  expect(changesOfImages(calls)).toEqual([LOGIN]);
  expect(output).toBe(`prooflink-dev-app has ${TAG} already.\nprooflink-dev-batch has ${TAG} already.\n`);
});

test('a push is red, and pushes nothing, where there is no registry yet', () => {
  const { exitCode, output, calls } = run('release', 'Push the images', { ENVIRONMENT: 'prod' });
  expect(exitCode).not.toBe(0);
  expect(output).toContain('RepositoryNotFoundException');
  expect(calls.join('\n')).not.toMatch(/docker push/);
});

/** Commands by which GitHub answers with the protection rules of an environment. */
const RULES = {
  reviewer: 'echo branch_policy; echo required_reviewers',
  noReviewer: 'echo branch_policy',
  noAnswer: 'exit 1',
};

interface Requester {
  readonly title: string;
  readonly environment: 'dev' | 'prod';
  readonly rules: string;
  /** Token of the GitHub App; empty if there is no app. */
  readonly token: string;
}

const inputsOf = ({ environment }: Requester) =>
  `--ref main -f environment=${environment} -f app-image-tag=${TAG} -f batch-image-tag=${TAG}`;

function askForRelease({ environment, rules, token }: Requester) {
  const variables = { ENVIRONMENT: environment, RULES: rules, GH_TOKEN: token, GH_REPO: 'a/b' };
  const { exitCode, output, calls } = run('release', 'Ask for the release', variables);
  return { exitCode, output, started: calls.filter((call) => call.startsWith('gh workflow')) };
}

const BY_APP: readonly Requester[] = [
  { title: 'dev, even where GitHub does not answer', environment: 'dev', rules: RULES.noAnswer, token: 'app' },
  { title: 'prod where a reviewer is asked', environment: 'prod', rules: RULES.reviewer, token: 'app' },
];

test.each(BY_APP)('the app starts the release to $title', (requester) => {
  expect(askForRelease(requester)).toEqual({
    exitCode: 0,
    output: '',
    started: [`gh workflow run release.yml ${inputsOf(requester)}`],
  });
});

const BY_PERSON: readonly Requester[] = [
  { title: 'prod where no reviewer is asked', environment: 'prod', rules: RULES.noReviewer, token: 'app' },
  { title: 'prod where GitHub does not answer', environment: 'prod', rules: RULES.noAnswer, token: 'app' },
  { title: 'prod where there is no app', environment: 'prod', rules: RULES.reviewer, token: '' },
];

test.each(BY_PERSON)('a person is asked to start the release to $title', (requester) => {
  // Without a token GitHub is not asked.
  writeFileSync(join(folder, 'calls'), '');
  const command = `gh workflow run release.yml -R a/b ${inputsOf(requester)}`;
  expect(askForRelease(requester)).toEqual({
    exitCode: 0,
    output: `::notice::The images are there. A person releases them: ${command}\n`,
    started: [],
  });
});

describe('the commit of a release', () => {
  const testWithJq = testWith('jq');
  const history = temporaryFolder('history-');

  function git(...words: readonly string[]): string {
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main'];
    const { status, stdout, stderr } = spawnSync('git', [...identity, ...words], {
      cwd: history,
      encoding: 'utf8',
      // A person's own may sign each commit.
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
    });
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  }

  git('init', '--quiet');
  git('commit', '--quiet', '--allow-empty', '-m', 'first');
  const first = git('rev-parse', 'HEAD');
  git('checkout', '--quiet', '-b', 'feature');
  git('commit', '--quiet', '--allow-empty', '-m', 'of a branch');
  const ofBranch = git('rev-parse', 'HEAD');
  git('checkout', '--quiet', 'main');
  git('merge', '--quiet', '--no-ff', '-m', 'merge', 'feature');
  const merge = git('rev-parse', 'HEAD');

  /** A run of the application's workflow, as GitHub describes it. */
  const built = (head_sha: string, changes: object = {}) => ({
    event: 'push',
    head_branch: 'main',
    path: '.github/workflows/release.yml',
    head_sha,
    ...changes,
  });

  /** Chooses the commit of a run that GitHub describes; GitHub's CLI asks its API, and jq reads the answer. */
  function choose(answer: object, runNumber = '7') {
    const answerFile = join(folder, 'answer.json');
    const callsFile = join(folder, 'calls');
    writeFileSync(answerFile, JSON.stringify(answer));
    writeFileSync(callsFile, '');
    const { status, stdout, outputs } = runStep(
      stepOf('application/release.yml', 'release', { name: 'Choose the commit' }),
      {
        folder: history,
        variables: { RUN: runNumber, GH_REPO: 'prooflink/prooflink' },
        programs: { gh: `echo "$2" >> '${callsFile}'\njq -r "$4" '${answerFile}'` },
      },
    );
    return { status, stdout, outputs, calls: readFileSync(callsFile, 'utf8') };
  }

  testWithJq.each([
    { title: 'main’s newest merge', answer: built(merge), commit: merge },
    { title: 'an earlier one', answer: built(first), commit: first },
    {
      title: 'one whose file GitHub names with its branch',
      answer: built(merge, { path: '.github/workflows/release.yml@main' }),
      commit: merge,
    },
  ])('$title is released', ({ answer, commit }) => {
    expect(choose(answer)).toMatchObject({ status: 0, outputs: [`commit=${commit}`], stdout: '' });
  });

  testWithJq.each([
    { title: 'a commit that a merge brought along, under a tag called main', answer: built(ofBranch) },
    { title: 'another workflow of the same commit', answer: built(merge, { path: '.github/workflows/other.yml' }) },
    { title: 'a commit that is not on main', answer: built('f'.repeat(40)) },
    { title: 'a pull request', answer: built(merge, { event: 'pull_request' }) },
    { title: 'another branch', answer: built(merge, { head_branch: 'feature' }) },
    { title: 'a commit that is a pattern', answer: built('.*') },
  ])('$title is not: its images have code that nobody reviewed', ({ answer }) => {
    const { status, outputs, stdout } = choose(answer);
    expect({ status, outputs }).toEqual({ status: 1, outputs: [] });
    expect(stdout).toContain('::error::Run 7 did not build a merge to main');
  });

  test.each(['', '7/attempts/1', '../../../user', '7?x'])(
    '%j is no number of a run, and GitHub is not asked: it would be another path of its API',
    (runNumber) => {
      expect(choose(built(merge), runNumber)).toMatchObject({ status: 1, outputs: [], calls: '' });
    },
  );
});
