import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { bareEnvironment } from '../support/bare-environment';
import { runStep, stepOf } from '../github/run-step';

const root = temporaryFolder('scripts-');
/** Folder of a test, empty at its start. */
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(root, 'test-'));
});

describe('the merged commit of a pull request', () => {
  const git = (command: string) => {
    const identity = '-c user.name=a -c user.email=a@example.com -c init.defaultBranch=main';
    const { status, stdout, stderr } = spawnSync(`git ${identity} ${command}`, {
      cwd: folder,
      shell: true,
      encoding: 'utf8',
      env: { ...bareEnvironment(), GIT_CONFIG_GLOBAL: '/dev/null' },
    });
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  };

  /** Writes dev's config and commits it. */
  const commitConfig = (sslMode: string) => {
    writeFileSync(join(folder, 'lib/config/dev.ts'), `export const dev = { sslMode: '${sslMode}' };\n`);
    git('add .');
    git(`commit --quiet --message ${sslMode}`);
    return git('rev-parse HEAD');
  };

  beforeEach(() => {
    folder = join(folder, 'merged');
    mkdirSync(join(folder, 'lib/config'), { recursive: true });
    mkdirSync(join(folder, '../made'));
    git('init --quiet');
  });

  test('diff.yml takes its first parent for the base: the second one is the pull request, which would judge itself', () => {
    const base = commitConfig('require');
    git('checkout --quiet -b pull-request');
    commitConfig('disable');
    git('checkout --quiet main');
    git('merge --quiet --no-ff --message merged pull-request');
    const { outputs } = runStep(stepOf('diff.yml', 'base', { id: 'base' }), { folder });
    expect(outputs).toEqual([`commit=${base}`]);
  });

  test.each([
    { title: 'nothing but text', attributes: '* -diff' },
    { title: 'a binary config', attributes: 'lib/config/dev.ts binary' },
  ])('the comment shows a changed config though the attributes of the pull request say $title', ({ attributes }) => {
    commitConfig('require');
    writeFileSync(join(folder, '.gitattributes'), `${attributes}\n`);
    commitConfig('disable');
    const { status, stderr } = runStep(stepOf('diff.yml', 'base', { run: 'git diff' }), { folder });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const written = readFileSync(join(folder, '../made/config.diff'), 'utf8');
    expect(written).toContain("+export const dev = { sslMode: 'disable' };");
  });
});

/** `npm run --silent prooflink -- digest <folder>`: a digest that names its folder. */
const PRINT_DIGEST = '[ "$5" != digest ] || echo "of-$6"';

const DIGESTS = [
  { file: 'deploy.yml', job: 'assembly', id: 'digest', outputs: ['digest=of-cdk.out'] },
  { file: 'deploy-stack.yml', job: 'deployed', id: 'fetched', outputs: ['digest=of-deployed'] },
  { file: 'diff.yml', job: 'base', id: 'made', outputs: ['digest=of-../made', 'connected=false'] },
  { file: 'diff.yml', job: 'deployed', id: 'fetched', outputs: ['dev-digest=of-../deployed'] },
  { file: 'drift.yml', job: 'assembly', id: 'made', outputs: ['digest=of-cdk.out', 'connected=false'] },
  { file: 'rehearsal.yml', job: 'assembly', id: 'digest', outputs: ['digest=of-cdk.out'] },
];

test.each(DIGESTS)(
  '$file: $job hands on the digest of its files: the jobs behind it refuse others',
  ({ file, job, id, outputs }) => {
    const variables = { ENVIRONMENT: 'dev', STACK: 'ProoflinkDev' };
    const run = runStep(stepOf(file, job, { id }), { folder, variables, programs: { npm: PRINT_DIGEST } });
    expect(run).toMatchObject({ status: 0, outputs });
  },
);

const CONNECTED = [
  { file: 'diff.yml', job: 'base', assembly: '../made/cdk.out' },
  { file: 'drift.yml', job: 'assembly', assembly: 'cdk.out' },
];

test.each(CONNECTED)(
  '$file asks AWS once the app has the stack of the roles, which it has once a repository is named',
  ({ file, job, assembly }) => {
    const base = join(folder, 'base');
    mkdirSync(join(base, assembly), { recursive: true });
    writeFileSync(join(base, assembly, 'ProoflinkDelivery.template.json'), '{}');
    const { outputs } = runStep(stepOf(file, job, { id: 'made' }), { folder: base, programs: { npm: PRINT_DIGEST } });
    expect(outputs).toContain('connected=true');
  },
);

test('a review without its base is red: it would say that nothing has changed', () => {
  expect(runStep(stepOf('diff.yml', 'review', { name: 'Is the base known' }), { folder }).status).toBe(1);
});

const NIGHTS = [
  { title: 'finds no drift', code: 0 },
  { title: 'finds drift', code: 1 },
  { title: 'cannot tell', code: 2 },
];

test.each(NIGHTS)('a night that $title ends with $code, which the job that opens the issue reads', ({ code }) => {
  const { status } = runStep(stepOf('drift.yml', 'look', { name: 'Compare' }), {
    folder,
    variables: { STACK: 'ProoflinkDev' },
    programs: { npm: `echo "drift of $6"; exit ${code}` },
  });
  expect(status).toBe(code);
  expect(readFileSync(join(folder, 'drift/outcome'), 'utf8')).toBe(`${code}\n`);
  expect(readFileSync(join(folder, 'drift/report.md'), 'utf8')).toBe('drift of ProoflinkDev\n');
});
