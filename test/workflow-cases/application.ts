import type { Event, Run } from './event';
import { type Case, commands, nothing } from './case';

const FILE = 'release.yml';
const API = 'gh api repos/prooflink/infrastructure';
const REGISTRY = '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com';
const IMAGES = ['app', 'batch'];
const VARS = { PUSH_ROLE_ARN: 'push', RELEASE_APP_CLIENT_ID: 'client', INFRASTRUCTURE_REPOSITORY: 'infrastructure' };

type Programs = NonNullable<Event['programs']>;

const PROGRAMS: Programs = [
  [`${API}/actions/runs/`, 'echo c1'],
  [`${API}/git/ref/heads/main `, 'echo c2'],
  [`${API}/compare/c1...c2 `, 'echo ahead'],
  ['docker save', 'echo images'],
  ['docker load', 'gunzip -c images.tar.gz'],
  ['docker login', 'cat'],
  ['aws ecr get-login-password', 'echo password'],
];
const pushed = (more: Programs = [], changes: Partial<Event> = {}): Event => ({
  name: 'push',
  vars: VARS,
  programs: [...more, ...PROGRAMS],
  ...changes,
});
const byHand = (more: Programs = [], changes: Partial<Event> = {}): Event => ({
  ...pushed(more),
  name: 'workflow_dispatch',
  inputs: { environment: 'prod', run: '7' },
  // Packed as the run before has left it.
  left: { run: '7', artifact: 'images', file: 'images.tar.gz', text: 'images of run 7' },
  ...changes,
});
const LOADS: Programs = [['docker load', 'cat images.tar.gz']];

const pushes = (run: Run) => commands(run, 'release').filter((command) => command.startsWith('docker push'));
const image = (environment: string, name: string) => `${REGISTRY}/prooflink-${environment}-${name}:c1`;
const asked = (environment: string) =>
  `gh workflow run deploy.yml --ref main -f environment=${environment} -f app-image-tag=c1 -f batch-image-tag=c1`;
const choice = (run: string) => [
  `${API}/actions/runs/${run} --jq select(.event == "push" and .head_branch == "main") | .head_sha`,
  `${API}/git/ref/heads/main --jq .object.sha`,
  `${API}/compare/c1...c2 --jq .status`,
];
const pushing = (environment: string) =>
  IMAGES.flatMap((name) => [
    `aws ecr batch-get-image --repository-name prooflink-${environment}-${name} --image-ids imageTag=c1 ` +
      '--query images[].imageId.imageTag --output text',
    `docker tag prooflink-${name} ${image(environment, name)}`,
    `docker push ${image(environment, name)}`,
  ]);
/** The two ends of the pipe may begin in either order. */
const LOGIN = ['aws ecr get-login-password', `docker login --username AWS --password-stdin ${REGISTRY}`];

const expectRelease = (run: Run, environment: string, of: string) => {
  const all = commands(run, 'release');
  expect(all.filter((command) => LOGIN.includes(command)).sort()).toEqual(LOGIN);
  expect(all.filter((command) => !LOGIN.includes(command))).toEqual([
    ...choice(of),
    'docker load --input images.tar.gz',
    ...pushing(environment),
    asked(environment),
  ]);
  expect(run.taken).toEqual(['push']);
  expect(run.approvals.map((one) => one.environment)).toEqual([environment]);
  expect(run.summary).toContain(`-f environment=prod -f run=${of}`);
};

const broken: readonly (readonly [says: string, call: string, shell: string, job: string])[] = [
  ['an image cannot be built', 'docker build', 'exit 1', 'build'],
  ['images cannot be saved', 'docker save', 'exit 1', 'build'],
  ['the run is a pull request’s', `${API}/actions/runs/`, 'true', 'release'],
  ['GitHub does not tell the run', `${API}/actions/runs/`, 'exit 1', 'release'],
  ['the commit is not on main', `${API}/compare/`, 'echo diverged', 'release'],
  ['main is behind the commit', `${API}/compare/`, 'echo behind', 'release'],
  ['GitHub does not know the commit', `${API}/compare/`, 'exit 1', 'release'],
  ['the images are none', 'docker load', 'exit 1', 'release'],
  ['there is no login', 'aws ecr get-login-password', 'exit 1', 'release'],
  ['the login is refused', 'docker login', 'cat; exit 1', 'release'],
  ['the registry does not answer', 'aws ecr batch-get-image', 'exit 1', 'release'],
];

export const APPLICATION: readonly Case[] = [
  {
    says: 'what was pushed to main is built without rights, and released to dev as it was built',
    file: FILE,
    event: pushed(),
    expects: (run) => {
      expect(run.jobs).toEqual({ build: 'success', release: 'success' });
      expect(commands(run, 'build')).toEqual([
        'docker build --platform linux/amd64 --provenance=false --tag prooflink-app .',
        'docker build --platform linux/amd64 --provenance=false --tag prooflink-batch --file Dockerfile.batch .',
        'docker save prooflink-app prooflink-batch',
      ]);
      expectRelease(run, 'dev', '1');
      expect(run.log).toContain('images');
      expect(run.artifacts).toEqual(['images']);
    },
  },
  {
    says: 'for the processor that a variable names',
    file: FILE,
    event: pushed([], { vars: { ...VARS, IMAGE_PLATFORM: 'linux/arm64' } }),
    expects: (run) => {
      expect(commands(run, 'build')[0]).toBe(
        'docker build --platform linux/arm64 --provenance=false --tag prooflink-app .',
      );
    },
  },
  {
    says: 'by hand the images of an earlier run reach prod, and nothing is built',
    file: FILE,
    event: byHand(LOADS),
    expects: (run) => {
      expect(run.jobs).toEqual({ build: 'skipped', release: 'success' });
      expectRelease(run, 'prod', '7');
      expect(run.log).toContain('images of run 7');
    },
  },
  {
    says: 'a fixed tag that is there is left, and the release asked for all the same',
    file: FILE,
    event: pushed([['aws ecr batch-get-image --repository-name prooflink-dev-app', 'echo c1']]),
    expects: (run) => {
      expect(pushes(run)).toEqual([`docker push ${image('dev', 'batch')}`]);
      expect(run.log).toContain('prooflink-dev-app has c1 already.');
      expect(commands(run, 'release').at(-1)).toBe(asked('dev'));
    },
  },
  {
    says: 'without an app that may ask, it says how to release',
    file: FILE,
    event: pushed([], { vars: { ...VARS, RELEASE_APP_CLIENT_ID: '' } }),
    expects: (run) => {
      expect(pushes(run)).toHaveLength(2);
      expect(commands(run, 'release')).not.toContain(asked('dev'));
      expect(run.log).toContain(
        '::notice::The images are there. To release them: gh workflow run deploy.yml -R prooflink/infrastructure ' +
          '--ref main -f environment=dev -f app-image-tag=c1 -f batch-image-tag=c1',
      );
    },
  },
  ...broken.map(([says, call, shell, job]): Case => ({
    says: `where ${says}, nothing is pushed`,
    file: FILE,
    event: pushed([[call, shell]]),
    expects: (run) => {
      expect(run.jobs[job]).toBe('failure');
      expect(pushes(run)).toEqual([]);
      expect(commands(run, 'release')).not.toContain(asked('dev'));
      if (job === 'build') expect(run.jobs['release']).toBe('skipped');
      if (job === 'build' || call.startsWith('gh ')) expect(run.taken).toEqual([]);
    },
  })),
  {
    says: 'images of a run that left none are not released',
    file: FILE,
    event: byHand([], { left: undefined }),
    expects: (run) => {
      expect([run.jobs['release'], run.taken]).toEqual(['failure', []]);
    },
  },
  {
    says: 'where a push fails no release is asked for',
    file: FILE,
    event: pushed([[`docker push ${image('dev', 'batch')}`, 'exit 1']]),
    expects: (run) => {
      expect(run.jobs['release']).toBe('failure');
      expect(commands(run, 'release')).not.toContain(asked('dev'));
    },
  },
  {
    says: 'a release that is refused is red',
    file: FILE,
    event: pushed([['gh workflow run', 'exit 1']]),
    expects: ({ jobs }) => {
      expect(jobs['release']).toBe('failure');
    },
  },
  nothing('another branch releases nothing', FILE, pushed([], { ref: 'refs/heads/feature' })),
  nothing('nor does a tag called main', FILE, pushed([], { ref: 'refs/tags/main' })),
  nothing('nor a person from another branch', FILE, byHand(LOADS, { ref: 'refs/heads/feature' })),
];
