import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildAndPush, copyImage, hasDocker, signDockerIn } from '../../../operate/rehearse/docker';
import { runProgram } from '../../../operate/rehearse/processes';
import { ROOT } from '../../support/prooflink';
import { answerCommands } from '../../support/answer-commands';

jest.mock('../../../operate/rehearse/processes', () => ({ runProgram: jest.fn() }));

const docker = jest.mocked(runProgram);
const OWN = '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com';
const ELSEWHERE = '210987654321.dkr.ecr.us-east-1.amazonaws.com';

beforeEach(() => {
  docker.mockReset();
  docker.mockResolvedValue({ exitCode: 0, stdout: '', progress: [] });
});
afterEach(() => jest.restoreAllMocks());

/** Command lines of Docker. */
function calls(): string[] {
  return docker.mock.calls.map(([program, args]) => [program, ...args].join(' '));
}

it.each([
  { title: 'an engine that answers is there', result: { exitCode: 0, stdout: '28.0.0', progress: [] }, has: true },
  { title: 'a client without an engine is none', result: { exitCode: 1, stdout: '', progress: [] }, has: false },
])('$title', async ({ result, has }) => {
  docker.mockResolvedValue(result);
  expect(await hasDocker()).toBe(has);
});

it('a machine without the program has no Docker', async () => {
  docker.mockRejectedValue(Object.assign(new Error('spawn docker ENOENT'), { code: 'ENOENT' }));
  expect(await hasDocker()).toBe(false);
});

it.each([
  { title: 'the rehearsal’s own', image: `${OWN}/prooflink-rehearsal-app:v1`, host: OWN },
  { title: 'one in another region and account', image: `${ELSEWHERE}/web@sha256:12`, host: ELSEWHERE },
])(
  'to a registry of Amazon ECR Docker is signed in, $title; its password is on no command line',
  async ({ image, host }) => {
    const authorizationToken = Buffer.from('AWS:password').toString('base64');
    answerCommands({ GetAuthorizationToken: { authorizationData: [{ authorizationToken }] } });
    await signDockerIn(image);
    expect(calls()).toEqual([`docker login --username AWS --password-stdin ${host}`]);
    expect(docker.mock.calls[0]?.[2]).toMatchObject({ input: 'password' });
  },
);

it('any other registry is public: nobody signs in, and AWS is not asked', async () => {
  const asked = answerCommands({});
  await signDockerIn('example.com/owner/web:7');
  expect(calls()).toEqual([]);
  expect(asked).toEqual({});
});

it('an image is built without provenance, which ECR would not scan, and for the config’s processor', async () => {
  await buildAndPush({ folder: 'sample', target: 'web', platform: 'linux/arm64', image: `${OWN}/app:v1` });
  expect(calls()).toEqual([
    `docker build --platform linux/arm64 --provenance=false --target web --tag ${OWN}/app:v1 sample`,
    `docker push ${OWN}/app:v1`,
  ]);
});

it('an image is copied from registry to registry, whatever it is for', async () => {
  await copyImage(`${ELSEWHERE}/web:7`, `${OWN}/app:v1`);
  expect(calls()).toEqual([
    `docker buildx imagetools create --prefer-index=false --tag ${OWN}/app:v1 ${ELSEWHERE}/web:7`,
  ]);
});

it('what Docker fails with is the stage’s failure, in its own words', async () => {
  docker.mockResolvedValue({ exitCode: 1, stdout: '', progress: ['denied: no basic auth credentials'] });
  await expect(copyImage('a:1', 'b:1')).rejects.toMatchObject({
    message: 'docker buildx ended with exit code 1.',
    result: { words: ['denied: no basic auth credentials'] },
  });
});

it('the sample’s Dockerfile installs the versions that its programs have here, and has both targets', () => {
  const dockerfile = readFileSync(join(ROOT, 'tools/local/sample-app/Dockerfile'), 'utf8');
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  const versions: Readonly<Record<string, string>> = { ...dependencies, ...devDependencies };
  const installed = [...dockerfile.matchAll(/^ {2}(\S+)@([\d.]+)/gm)].map(([, name = '', version]) => ({
    name,
    version,
  }));
  expect(installed).toHaveLength(4);
  expect(installed).toEqual(installed.map(({ name }) => ({ name, version: versions[name] })));
  expect(dockerfile.match(/^FROM base AS \w+$/gm)).toEqual(['FROM base AS web', 'FROM base AS batch']);
});
