import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CreateRepositoryCommand, DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import * as environments from '../../../lib/config';
import { resourceNames } from '../../../lib/config/names';
import { Registry } from '../../../tools/release/images';
import { adoptAwsVariables, type LocalAws, startLocalAws } from '@infra/local-aws';
import { PLATFORMS } from '../../../tools/shared/image-manifest';
import { workflow } from '../../workflows/workflow';
import { Runner } from './runner';

const COMMIT = '3f1c2b7a9d0e4c5b8a6f7e8d9c0b1a2f3e4d5c6b';
const REGISTRY = '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com';
const { repositories } = resourceNames('dev');
const before = { ...process.env };
const hasCli = spawnSync('aws', ['--version']).status === 0;

/**
 * There is no Docker engine here: this says that it was called, and pushes by putting an index into the registry, which
 * says its platforms without a blob.
 */
const DOCKER = `#!/bin/sh
echo "docker $*" >> docker.calls
case "$1" in
  save) echo "layers of $*" ;;
  login) [ -n "$(cat)" ] ;;
  push)
    image=\${2#*/}
    index='application/vnd.oci.image.index.v1+json'
    aws ecr put-image --repository-name "\${image%:*}" --image-tag "\${image#*:}" --image-manifest-media-type "$index" \\
      --image-manifest '{"schemaVersion":2,"manifests":[{"platform":{"os":"linux","architecture":"amd64"}}]}' > pushed
    ;;
esac
`;

let aws: LocalAws;
let ecr: ECRClient;
let runner: Runner;

beforeAll(async () => {
  aws = await startLocalAws();
  adoptAwsVariables(process.env, aws.env);
  ecr = new ECRClient({ region: 'ap-northeast-1' });
  // As in prod: a tag that was pushed is fixed.
  for (const repositoryName of Object.values(repositories)) {
    await ecr.send(new CreateRepositoryCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' }));
  }
  runner = new Runner('release.yml', {
    ...aws.env,
    ENVIRONMENT: 'dev',
    PLATFORM: 'linux/amd64',
    TAG: COMMIT,
    REGISTRY,
  });
  writeFileSync(join(runner.directory, 'docker'), DOCKER, { mode: 0o755 });
}, 240_000);

afterAll(async () => {
  await aws.stop();
  process.env = before;
  runner.remove();
});

const tagsOf = async (repositoryName: string) =>
  (await ecr.send(new DescribeImagesCommand({ repositoryName }))).imageDetails?.flatMap(({ imageTags }) => imageTags);

test('unless a variable names another, it builds for the processor that the environments have', () => {
  const wanted = new Set(Object.values(environments).map(({ cpuArchitecture }) => PLATFORMS[cpuArchitecture]));
  const platform = String(workflow('release.yml').jobs['build']?.env?.['PLATFORM']);
  expect([...wanted].map((one) => `\${{ vars.IMAGE_PLATFORM || '${one}' }}`)).toEqual([platform]);
});

(hasCli ? describe : describe.skip)('the shell of the application’s workflow', () => {
  it('saves both images as one file', () => {
    expect(runner.run('Build the images')).toMatchObject({ exitCode: 0 });
    const saved = gunzipSync(readFileSync(join(runner.directory, 'images.tar.gz'))).toString();
    expect(saved).toBe('layers of save prooflink-app prooflink-batch\n');
  });

  it('logs in and pushes both to this environment’s registries under their commit, where image-check finds them', async () => {
    expect(runner.run('Push the images')).toMatchObject({ exitCode: 0 });
    expect(runner.read('docker.calls').trimEnd().split('\n').slice(-5)).toEqual([
      `docker login --username AWS --password-stdin ${REGISTRY}`,
      ...['app', 'batch'].flatMap((image) => [
        `docker tag prooflink-${image} ${REGISTRY}/prooflink-dev-${image}:${COMMIT}`,
        `docker push ${REGISTRY}/prooflink-dev-${image}:${COMMIT}`,
      ]),
    ]);
    for (const repository of Object.values(repositories)) expect(await tagsOf(repository)).toEqual([COMMIT]);
    for (const repository of Object.values(repositories)) {
      const wanted = PLATFORMS[environments.dev.cpuArchitecture];
      expect(await new Registry(repository, environments.dev.region).refusal(COMMIT, wanted)).toBeUndefined();
    }
  }, 60_000);

  it('leaves a fixed tag that is there: a second attempt would be refused', () => {
    const pushes = () => runner.read('docker.calls').match(/docker push/g);
    const before = pushes();
    const { exitCode, output } = runner.run('Push the images');
    expect(exitCode).toBe(0);
    expect(output).toContain(`prooflink-dev-batch has ${COMMIT} already.\n`);
    expect(pushes()).toEqual(before);
  }, 60_000);

  it('is red, and pushes nothing, where there is no registry yet', () => {
    const { exitCode, output } = runner.run('Push the images', { ENVIRONMENT: 'prod' });
    expect(exitCode).not.toBe(0);
    expect(output).toContain('RepositoryNotFoundException');
    expect(runner.read('docker.calls')).not.toContain('prooflink-prod');
  }, 60_000);
});

describe('who asks for a release', () => {
  const COMMAND = 'gh workflow run deploy.yml';
  const INPUTS = `-f app-image-tag=${COMMIT} -f batch-image-tag=${COMMIT}`;
  const ask = (ENVIRONMENT: string, rules: string, GH_TOKEN = 'app') => {
    const gh = `#!/bin/sh\necho "gh $*" >> "gh.calls"\ncase "$1" in api) ${rules} ;; esac\n`;
    writeFileSync(join(runner.directory, 'gh'), gh, { mode: 0o755 });
    writeFileSync(join(runner.directory, 'gh.calls'), '');
    const result = runner.run('Ask for the release', { ENVIRONMENT, GH_TOKEN, GH_REPO: 'a/b', RUN: '7' });
    return { ...result, asked: runner.read('gh.calls').includes(COMMAND) };
  };
  const REVIEWED = 'echo branch_policy; echo required_reviewers';

  it.each([
    ['dev', 'exit 1'],
    ['prod', REVIEWED],
  ])('the app, for %s where GitHub says %s', (environment, rules) => {
    expect(ask(environment, rules)).toEqual({ exitCode: 0, output: '', asked: true });
    const call = `${COMMAND} --ref main -f environment=${environment} ${INPUTS}\n`;
    expect(runner.read('gh.calls')).toContain(call);
  });

  it.each([
    ['no reviewer is asked', 'echo branch_policy', 'app'],
    ['GitHub does not answer', 'exit 1', 'app'],
    ['there is no app', REVIEWED, ''],
  ])('a person, for prod where %s: the app would be refused', (_, rules, token) => {
    const { exitCode, output, asked } = ask('prod', rules, token);
    expect([exitCode, asked]).toEqual([0, false]);
    expect(output).toContain(`A person releases them: ${COMMAND} -R a/b --ref main -f environment=prod ${INPUTS}\n`);
  });
});
