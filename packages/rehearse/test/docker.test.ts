import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dev } from '../../../test/support/configs';
import { copyImage, prepareImages, pushSample, signDockerIn } from '../src/docker';
import { runProgram } from '../src/processes';
import { answerCommands } from '@infra/deployed/test/support/answer-commands';
import { ROOT } from '@infra/commands/test/support/prooflink';

jest.mock('../src/processes', () => ({ runProgram: jest.fn() }));

const docker = jest.mocked(runProgram);
const OWN = '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com';
const ELSEWHERE = '210987654321.dkr.ecr.us-east-1.amazonaws.com';
const REHEARSAL = { account: '123456789012', region: 'ap-northeast-1', config: dev, usersFile: undefined };

beforeEach(() => {
  docker.mockReset();
  docker.mockResolvedValue({ exitCode: 0, stdout: '', lines: [] });
});
afterEach(() => jest.restoreAllMocks());

/** Command lines of Docker. */
function calls(): string[] {
  return docker.mock.calls.map(([program, args]) => [program, ...args].join(' '));
}

it('Docker is signed in to a registry of Amazon ECR in any account; the password is on no command line', async () => {
  const authorizationToken = Buffer.from('AWS:password').toString('base64');
  answerCommands({ GetAuthorizationToken: { authorizationData: [{ authorizationToken }] } });
  await signDockerIn(`${ELSEWHERE}/web@sha256:12`);
  expect(calls()).toEqual([`docker login --username AWS --password-stdin ${ELSEWHERE}`]);
  expect(docker.mock.calls[0]?.[2]).toBe('password');
});

it('the sample’s images are built without provenance, which ECR would not scan, for the config’s processor, then pushed', async () => {
  const config = { ...dev, cpuArchitecture: 'ARM64' } as const;
  await prepareImages({ ...REHEARSAL, config, ownImages: undefined });
  await pushSample('web', `${OWN}/app:v1`);
  const folder = join(ROOT, 'packages/local/src/sample-app');
  const build = 'docker build --platform linux/arm64 --provenance=false';
  expect(calls()).toEqual([
    `${build} --target web --tag prooflink-rehearsal-web ${folder}`,
    `${build} --target batch --tag prooflink-rehearsal-batch ${folder}`,
    `docker tag prooflink-rehearsal-web ${OWN}/app:v1`,
    `docker push ${OWN}/app:v1`,
  ]);
});

it('images of the team are looked for before anything is deployed, and copied as they are; their registry may be public', async () => {
  const asked = answerCommands({});
  await prepareImages({ ...REHEARSAL, ownImages: { app: 'example.com/web:7', batch: 'example.com/import:7' } });
  await copyImage('example.com/web:7', `${OWN}/app:v1`);
  expect(calls()).toEqual([
    'docker buildx imagetools inspect example.com/web:7',
    'docker buildx imagetools inspect example.com/import:7',
    `docker buildx imagetools create --prefer-index=false --tag ${OWN}/app:v1 example.com/web:7`,
  ]);
  expect(asked).toEqual({});
});

it('the sample’s Dockerfile installs the versions that its programs have here, and has both targets', () => {
  const dockerfile = readFileSync(join(ROOT, 'packages/local/src/sample-app/Dockerfile'), 'utf8');
  const manifest = readFileSync(join(ROOT, 'packages/local/package.json'), 'utf8');
  const { dependencies: versions } = JSON.parse(manifest) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const installed = [...dockerfile.matchAll(/^ {2}(\S+)@([\d.]+)/gm)].map(([, name = '', version]) => ({
    name,
    version,
  }));
  expect(installed).toHaveLength(4);
  expect(installed).toEqual(installed.map(({ name }) => ({ name, version: versions[name] })));
  expect(dockerfile.match(/^FROM base AS \w+$/gm)).toEqual(['FROM base AS web', 'FROM base AS batch']);
});
