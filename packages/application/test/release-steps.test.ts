import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { runStep, stepOf } from '@infra/testing/run-step';
import { requirePrograms } from '@infra/testing/require-programs';

const TAG = '3f1c2b7a9d0e4c5b8a6f7e8d9c0b1a2f3e4d5c6b';
const REGISTRY = '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com';

const root = temporaryFolder('application-workflow-');
/** Folder of a test, empty at its start. */
let folder: string;

beforeAll(() => {
  requirePrograms('jq');
});
beforeEach(() => {
  folder = mkdtempSync(join(root, 'test-'));
});

/** Docker, the AWS CLI and GitHub's: each notes its call. ECR has the tags that were pushed. */
const NOTE_CALL = 'call="$(basename "$0") $*"; echo "$call" >> calls';
const PROGRAMS = {
  docker: `${NOTE_CALL}
[ "$1" != login ] || [ "$(cat)" = password ]`,
  aws: `${NOTE_CALL}
case "$call" in
  'aws ecr get-login-password') echo password ;;
  *"batch-get-image --repository-name $4 --image-ids imageTag=$TAG --query"*)
    if grep -q "docker push .*/$4:$TAG" calls; then echo "$TAG"; fi ;;
esac`,
  gh: `${NOTE_CALL}
[ "$1" != api ] || eval "$RULES"`,
};

/** Runs a step of the job that releases; `calls` are those of this run. */
function run(name: string, variables: Readonly<Record<string, string>>) {
  writeFileSync(join(folder, 'calls'), '', { flag: 'a' });
  const earlierCalls = readFileSync(join(folder, 'calls'), 'utf8').length;
  const { status, stdout } = runStep(stepOf('application/release.yml', 'release', { name }), {
    folder,
    programs: PROGRAMS,
    variables: { TAG, IMAGES: 'app batch', ...variables },
  });
  const calls = readFileSync(join(folder, 'calls'), 'utf8').slice(earlierCalls).split('\n');
  return { status, stdout, calls };
}

test('both images are pushed under their commit, and not again: ECR refuses a second one under a fixed tag', () => {
  const variables = { ENVIRONMENT: 'dev', REGISTRY };
  const pushes = ({ calls }: { readonly calls: readonly string[] }) =>
    calls.filter((call) => /^docker (?:login|tag|push)/.test(call));
  const login = `docker login --username AWS --password-stdin ${REGISTRY}`;
  expect(pushes(run('Push the images', variables))).toEqual([
    login,
    `docker tag prooflink-app ${REGISTRY}/prooflink-dev-app:${TAG}`,
    `docker push ${REGISTRY}/prooflink-dev-app:${TAG}`,
    `docker tag prooflink-batch ${REGISTRY}/prooflink-dev-batch:${TAG}`,
    `docker push ${REGISTRY}/prooflink-dev-batch:${TAG}`,
  ]);
  const again = run('Push the images', variables);
  expect(again.status).toBe(0);
  expect(pushes(again)).toEqual([login]);
});

/** Commands by which GitHub answers with the protection rules of an environment. */
const REVIEWER = 'echo branch_policy; echo required_reviewers';
const NO_REVIEWER = 'echo branch_policy';
const NO_ANSWER = 'exit 1';

test.each([
  {
    title: 'the app to the environment that asks no reviewer, even where GitHub does not answer',
    environment: 'dev',
    rules: NO_ANSWER,
    by: 'app',
  },
  { title: 'the app to prod where a reviewer is asked', environment: 'prod', rules: REVIEWER, by: 'app' },
  { title: 'a person to prod where no reviewer is asked', environment: 'prod', rules: NO_REVIEWER, by: 'person' },
  { title: 'a person where there is no app', environment: 'dev', rules: REVIEWER, token: '', by: 'person' },
])('the images are released by $title', ({ environment, rules, token = 'app', by }) => {
  const variables = { ENVIRONMENT: environment, RULES: rules, GH_TOKEN: token, GH_REPO: 'a/b' };
  const { status, stdout, calls } = run('Ask for the release', variables);
  const inputs = `--ref main -f environment=${environment} -f app-image-tag=${TAG} -f batch-image-tag=${TAG}`;
  const started = calls.filter((call) => call.startsWith('gh workflow'));
  expect(status).toBe(0);
  expect(started).toEqual(by === 'app' ? [`gh workflow run release.yml ${inputs}`] : []);
  expect(stdout.includes(`A person releases them: gh workflow run release.yml -R a/b ${inputs}`)).toBe(by === 'person');
});

describe('the commit of a release', () => {
  const history = temporaryFolder('history-');

  // A person's own configuration may sign each commit.
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' };
  const script = `
    git init --quiet --initial-branch main
    git config user.name a
    git config user.email a@example.com
    git commit --quiet --allow-empty --message first
    git checkout --quiet -b feature
    git commit --quiet --allow-empty --message branch
    git checkout --quiet main
    git merge --quiet --no-ff --message merge feature
    git rev-parse feature main`;
  const [ofBranch = '', merge = ''] = execFileSync('sh', ['-ec', script], {
    cwd: history,
    env,
    encoding: 'utf8',
  }).split('\n');

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
    writeFileSync(answerFile, JSON.stringify(answer));
    return runStep(stepOf('application/release.yml', 'release', { name: 'Choose the commit' }), {
      folder: history,
      variables: { RUN: runNumber, GH_REPO: 'prooflink/prooflink' },
      programs: { gh: `echo GitHub was asked >&2; jq -r "$4" '${answerFile}'` },
    });
  }

  test('main’s merge is released', () => {
    const answer = built(merge, { path: '.github/workflows/release.yml@main' });
    expect(choose(answer)).toMatchObject({ status: 0, outputs: [`commit=${merge}`] });
  });

  test.each([
    { title: 'a commit that a merge brought along, under a tag called main', answer: built(ofBranch) },
    { title: 'another workflow of the same commit', answer: built(merge, { path: '.github/workflows/other.yml' }) },
    { title: 'a pull request', answer: built(merge, { event: 'pull_request' }) },
    { title: 'another branch', answer: built(merge, { head_branch: 'feature' }) },
  ])('$title is not: its images have code that nobody reviewed', ({ answer }) => {
    const { status, outputs, stdout } = choose(answer);
    expect({ status, outputs }).toEqual({ status: 1, outputs: [] });
    expect(stdout).toContain('::error::Run 7 did not build a merge to main');
  });

  test('what is no number of a run is no path of GitHub’s API', () => {
    expect(choose(built(merge), '../../../user')).toMatchObject({ status: 1, outputs: [], stderr: '' });
  });
});
