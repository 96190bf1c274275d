import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { temporaryFolder } from '@infra/common/testing';
import * as environments from '../../../support/configs';
import { DOCKER_PLATFORMS } from '../../../../tools/deployed/image-manifest';
import { bareEnvironment } from '../../../support/bare-environment';
import { stepsOf, workflow } from '../../../workflows/workflow';

const TAG = '3f1c2b7a9d0e4c5b8a6f7e8d9c0b1a2f3e4d5c6b';
const REGISTRY = '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com';
const RELEASE = workflow('release.yml');

/** Docker, the AWS CLI and GitHub's: each notes its call. ECR has dev's registries, and the tags that were pushed. */
const PROGRAM = `#!/bin/sh
call="$(basename "$0") $*"
echo "$call" >> calls
case "$call" in
  'docker save'*) echo "layers of $*" ;;
  'docker login'*) [ "$(cat)" = password ] ;;
  'aws ecr get-login-password') echo password ;;
  *prooflink-prod-*) echo RepositoryNotFoundException >&2; exit 254 ;;
  *"batch-get-image --repository-name $4 --image-ids imageTag=$TAG --query"*)
    if grep -q "docker push .*/$4:$TAG" calls; then echo "$TAG"; fi ;;
  'gh api'*) eval "$RULES" ;;
esac
`;

const folder = temporaryFolder('runner-');
writeFileSync(join(folder, 'aws'), PROGRAM, { mode: 0o755 });
for (const name of ['docker', 'gh']) symlinkSync('aws', join(folder, name));

/** Runs the shell of a step as one of GitHub's runners does. */
function run(step: string, env: Readonly<Record<string, string>> = {}) {
  writeFileSync(join(folder, 'calls'), '', { flag: 'a' });
  const before = readFileSync(join(folder, 'calls'), 'utf8').length;
  const found = stepsOf(RELEASE).find(({ name }) => name === step);
  const given = { ENVIRONMENT: 'dev', PLATFORM: 'linux/amd64', TAG, REGISTRY, GITHUB_STEP_SUMMARY: 'summary', ...env };
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-eo', 'pipefail', '-c', found?.run ?? 'exit 9'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...bareEnvironment(), ...given, PATH: `${folder}:${process.env['PATH'] ?? ''}` },
  });
  const calls = readFileSync(join(folder, 'calls'), 'utf8').slice(before).trimEnd().split('\n');
  return { exitCode: status, output: `${stdout}${stderr}`, calls };
}

test('unless a variable names another, it builds for the processor that the environments have', () => {
  const wanted = new Set(Object.values(environments).map(({ cpuArchitecture }) => DOCKER_PLATFORMS[cpuArchitecture]));
  const platform = String(RELEASE.jobs['build']?.env?.['PLATFORM']);
  expect([...wanted].map((one) => `\${{ vars.IMAGE_PLATFORM || '${one}' }}`)).toEqual([platform]);
});

test('it saves both images as one file', () => {
  expect(run('Build the images')).toMatchObject({ exitCode: 0 });
  const saved = gunzipSync(readFileSync(join(folder, 'images.tar.gz'))).toString();
  expect(saved).toBe('layers of save prooflink-app prooflink-batch\n');
});

test('it logs in and pushes both to this environment’s registries under their commit, each once: a tag may be fixed', () => {
  const dockers = ({ calls }: ReturnType<typeof run>) => calls.filter((call) => /^docker (login|tag|push)/.test(call));
  const login = `docker login --username AWS --password-stdin ${REGISTRY}`;
  expect(dockers(run('Push the images'))).toEqual([
    login,
    ...['app', 'batch'].flatMap((image) => [
      `docker tag prooflink-${image} ${REGISTRY}/prooflink-dev-${image}:${TAG}`,
      `docker push ${REGISTRY}/prooflink-dev-${image}:${TAG}`,
    ]),
  ]);
  const again = run('Push the images');
  expect([again.exitCode, dockers(again)]).toEqual([0, [login]]);
  expect(again.output).toBe(['app', 'batch'].map((image) => `prooflink-dev-${image} has ${TAG} already.\n`).join(''));
});

test('it is red, and pushes nothing, where there is no registry yet', () => {
  const { exitCode, output, calls } = run('Push the images', { ENVIRONMENT: 'prod' });
  expect(exitCode).not.toBe(0);
  expect(output).toContain('RepositoryNotFoundException');
  expect(calls.join('\n')).not.toMatch(/docker push/);
});

const REVIEWED = 'echo branch_policy; echo required_reviewers';

test.each([
  ['the app, for dev where GitHub does not answer', 'dev', 'exit 1', 'app', true],
  ['the app, for prod where a reviewer is asked', 'prod', REVIEWED, 'app', true],
  ['a person, for prod where no reviewer is asked', 'prod', 'echo branch_policy', 'app', false],
  ['a person, for prod where GitHub does not answer', 'prod', 'exit 1', 'app', false],
  ['a person, for prod where there is no app', 'prod', REVIEWED, '', false],
])('who asks for a release: %s', (_, ENVIRONMENT, RULES, GH_TOKEN, byApp) => {
  const { exitCode, output, calls } = run('Ask for the release', { ENVIRONMENT, RULES, GH_TOKEN, GH_REPO: 'a/b' });
  const inputs = `--ref main -f environment=${ENVIRONMENT} -f app-image-tag=${TAG} -f batch-image-tag=${TAG}`;
  const asked = calls.filter((call) => call.startsWith('gh workflow'));
  expect([exitCode, asked]).toEqual([0, byApp ? [`gh workflow run deploy.yml ${inputs}`] : []]);
  const person = `::notice::The images are there. A person releases them: gh workflow run deploy.yml -R a/b ${inputs}\n`;
  expect(output).toBe(byApp ? '' : person);
});

describe('Choose the commit', () => {
  const history = temporaryFolder('history-');
  const git = (...args: readonly string[]) => {
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main'];
    const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], { cwd: history, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  git('init', '--quiet');
  git('commit', '--quiet', '--allow-empty', '-m', 'first');
  const first = git('rev-parse', 'HEAD');
  git('checkout', '--quiet', '-b', 'feature');
  git('commit', '--quiet', '--allow-empty', '-m', 'of a branch');
  const ofBranch = git('rev-parse', 'HEAD');
  git('checkout', '--quiet', 'main');
  git('merge', '--quiet', '--no-ff', '-m', 'merge', 'feature');
  const merge = git('rev-parse', 'HEAD');

  const programs = temporaryFolder('gh-');
  const ANSWER = join(programs, 'answer.json');
  // GitHub's CLI asks its API, and jq reads the answer.
  writeFileSync(join(programs, 'gh'), `#!/bin/sh\necho "$2" >> '${programs}/calls'\njq -r "$4" '${ANSWER}'\n`, {
    mode: 0o755,
  });

  const built = (head_sha: string, changes: object = {}) => ({
    event: 'push',
    head_branch: 'main',
    path: '.github/workflows/release.yml',
    head_sha,
    ...changes,
  });

  function choose(run: object, RUN = '7') {
    writeFileSync(ANSWER, JSON.stringify(run));
    const outputs = join(programs, 'outputs');
    writeFileSync(outputs, '');
    const script = stepsOf(RELEASE).find(({ name }) => name === 'Choose the commit')?.run ?? 'exit 9';
    const { status, stdout } = spawnSync('bash', ['--norc', '-eo', 'pipefail', '-c', script], {
      cwd: history,
      encoding: 'utf8',
      env: {
        ...bareEnvironment(),
        RUN,
        GH_REPO: 'prooflink/prooflink',
        GITHUB_OUTPUT: outputs,
        PATH: `${programs}:${process.env['PATH'] ?? ''}`,
      },
    });
    return { status, output: readFileSync(outputs, 'utf8'), says: stdout };
  }

  test.each([
    { title: 'main’s newest merge', run: built(merge), commit: merge },
    { title: 'an earlier one', run: built(first), commit: first },
    {
      title: 'one whose file GitHub names with its branch',
      run: built(merge, { path: '.github/workflows/release.yml@main' }),
      commit: merge,
    },
  ])('$title is released', ({ run, commit }) => {
    expect(choose(run)).toEqual({ status: 0, output: `commit=${commit}\n`, says: '' });
  });

  test.each([
    { title: 'a commit that a merge brought along, under a tag called main', run: built(ofBranch) },
    { title: 'another workflow of the same commit', run: built(merge, { path: '.github/workflows/other.yml' }) },
    { title: 'a commit that is not on main', run: built('f'.repeat(40)) },
    { title: 'a pull request', run: built(merge, { event: 'pull_request' }) },
    { title: 'another branch', run: built(merge, { head_branch: 'feature' }) },
    { title: 'a commit that is a pattern', run: built('.*') },
  ])('$title is not: nobody has reviewed what is in its images', ({ run }) => {
    const { status, output, says } = choose(run);
    expect({ status, output }).toEqual({ status: 1, output: '' });
    expect(says).toContain('::error::Run 7 did not build a merge to main');
  });

  test.each(['', '7/attempts/1', '../../../user', '7?x'])(
    '%j is no number of a run, and GitHub is not asked',
    (run) => {
      const calls = () => readFileSync(join(programs, 'calls'), 'utf8');
      const before = calls();
      expect(choose(built(merge), run)).toMatchObject({ status: 1, output: '' });
      expect(calls()).toBe(before);
    },
  );
});
