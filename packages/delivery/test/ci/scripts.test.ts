import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { bareEnvironment } from '@infra/common/test/support/bare-environment';
import lock from '../../../../package-lock.json';
import { dependencies } from '../../../../package.json';
import { runStep, stepOf } from '../github/run-step';
import { ROOT } from '@infra/commands/test/support/workflow';

const CDK_CLI = 'node_modules/aws-cdk';

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
    git('init --quiet');
  });

  test('diff.yml takes its first parent for the base: the second one is the pull request, which would judge itself', () => {
    const base = commitConfig('require');
    git('checkout --quiet -b pull-request');
    commitConfig('disable');
    git('checkout --quiet main');
    git('merge --quiet --no-ff --message merged pull-request');
    const { outputs } = runStep(stepOf('diff.yml', 'review', { id: 'base' }), { folder });
    expect(outputs).toEqual([`commit=${base}`]);
  });

  test.each([
    { title: 'nothing but text', attributes: '* -diff' },
    { title: 'a binary config', attributes: 'lib/config/dev.ts binary' },
  ])('the comment shows a changed config though the attributes of the pull request say $title', ({ attributes }) => {
    commitConfig('require');
    writeFileSync(join(folder, '.gitattributes'), `${attributes}\n`);
    commitConfig('disable');
    const { status, stderr } = runStep(stepOf('diff.yml', 'review', { run: 'git diff' }), { folder });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const written = readFileSync(join(folder, '../config.diff'), 'utf8');
    expect(written).toContain("+export const dev = { sslMode: 'disable' };");
  });
});

test('deploy.yml packs the assembly with what its links lead to: there are no credentials yet to which one could lead', () => {
  mkdirSync(join(folder, 'cdk.out'));
  writeFileSync(join(folder, 'secret'), 'of this job');
  symlinkSync('../secret', join(folder, 'cdk.out/link'));
  const { outputs } = runStep(stepOf('deploy.yml', 'assembly', { id: 'packed' }), { folder });
  expect(outputs).toEqual([expect.stringMatching(/^sha256=[0-9a-f]{64} {2}assembly\.tar$/)]);
  const listed = spawnSync('tar', ['--list', '--verbose', '--file', join(folder, 'assembly.tar')], {
    encoding: 'utf8',
  });
  expect(listed.stdout).toMatch(/^-.* cdk\.out\/link$/m);
});

test('deploy-stack.yml refuses an assembly that another job uploaded under the name', () => {
  writeFileSync(join(folder, 'assembly.tar'), 'of another job');
  const step = stepOf('deploy-stack.yml', 'deploy', { run: 'sha256sum' });
  const runWith = (content: string) => {
    const sum = createHash('sha256').update(content).digest('hex');
    return runStep(step, { folder, variables: { SHA256: `${sum}  assembly.tar` } }).status;
  };
  expect(runWith('of another job')).toBe(0);
  expect(runWith('of the job that synthesized')).not.toBe(0);
  expect(runStep(step, { folder, variables: { SHA256: '' } }).status).not.toBe(0);
});

test('the CDK CLI is installed alone, in the version of this repository’s lock file and with its checksum', () => {
  const script = join(ROOT, 'packages/delivery/src/install-cdk-cli.sh');
  cpSync(join(ROOT, 'package-lock.json'), join(folder, 'package-lock.json'));
  const programs = mkdtempSync(join(folder, 'programs-'));
  writeFileSync(join(programs, 'npm'), '#!/bin/sh\necho "npm $*"\n', { mode: 0o755 });
  const env = { ...bareEnvironment(), PATH: `${programs}:${process.env['PATH'] ?? ''}` };
  const { stdout } = spawnSync(script, ['cli'], { cwd: folder, encoding: 'utf8', env });
  expect(stdout).toMatch(/^npm ci --prefix cli --ignore-scripts /);
  const { packages } = JSON.parse(readFileSync(join(folder, 'cli/package-lock.json'), 'utf8')) as typeof lock;
  expect(Object.keys(packages)).toEqual(['', CDK_CLI]);
  expect(packages[CDK_CLI]).toEqual({ version: dependencies['aws-cdk'], integrity: lock.packages[CDK_CLI].integrity });
});

const NIGHTS = [
  { title: 'finds no drift', code: 0 },
  { title: 'finds drift', code: 1 },
  { title: 'cannot tell', code: 2 },
];

test.each(NIGHTS)('a night that $title ends with $code, which the job that opens the issue reads', ({ code }) => {
  const { status } = runStep(stepOf('drift-stack.yml', 'look', { name: 'Compare' }), {
    folder,
    variables: { STACK: 'ProoflinkDev' },
    programs: { npm: `echo "drift of $6"; exit ${code}` },
  });
  expect(status).toBe(code);
  expect(readFileSync(join(folder, 'drift/outcome'), 'utf8')).toBe(`${code}\n`);
  expect(readFileSync(join(folder, 'drift/report.md'), 'utf8')).toBe('drift of ProoflinkDev\n');
});
