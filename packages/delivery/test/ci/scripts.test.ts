import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { bareEnvironment } from '@infra/common/test/support/bare-environment';
import lock from '../../../../package-lock.json';
import { dependencies } from '../../../../package.json';
import { runStep, stepOf } from '@infra/testing/run-step';
import { runScript } from '../support/run-script';
import { ROOT } from '@infra/testing/workflow';

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

  test('the comment shows a changed config though the attributes of the pull request say it is binary', () => {
    commitConfig('require');
    writeFileSync(join(folder, '.gitattributes'), '* binary\n');
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

describe('the archive of another job', () => {
  const DEPLOY = 'packages/delivery/src/deploy.sh';

  /** Packs an assembly after a change by a package that runs during the synth; unpacks it beside a checkout. */
  function unpack(change: string, sha256?: string) {
    const pack = `mkdir -p cdk.out downloads checkout/packages/delivery/src && echo '{}' > cdk.out/manifest.json
echo reviewed > checkout/${DEPLOY} && entries=cdk.out
${change}
tar -cPf downloads/assembly.tar $entries`;
    expect(runStep({ run: pack }, { folder })).toMatchObject({ status: 0, stderr: '' });
    const sum = createHash('sha256')
      .update(readFileSync(join(folder, 'downloads/assembly.tar')))
      .digest('hex');
    const { status, stderr } = runScript('unpack.sh', {
      arguments: ['assembly', sha256 ?? `${sum}  assembly.tar`],
      folder: join(folder, 'checkout'),
      variables: { RUNNER_TEMP: folder },
    });
    expect(readFileSync(join(folder, 'checkout', DEPLOY), 'utf8')).toBe('reviewed\n');
    return { status, stderr, isUnpacked: existsSync(join(folder, 'assembly/cdk.out/manifest.json')) };
  }

  test('is unpacked away from the checkout', () => {
    expect(unpack('')).toEqual({ status: 0, stderr: '', isUnpacked: true });
  });

  // Each replaced the program that runs beside the credentials, or would have led to it.
  test.each([
    { title: 'a program of ours', change: 'cp -r checkout/packages .; entries="cdk.out packages"' },
    { title: 'a link in its own folder', change: 'ln -s ../../checkout cdk.out/x' },
    { title: 'a second name of a file', change: 'ln cdk.out/manifest.json cdk.out/x' },
    { title: 'a way out', change: 'mkdir x; entries="cdk.out cdk.out/../x"' },
  ])('is refused for $title', ({ change }) => {
    const { status, stderr, isUnpacked } = unpack(change);
    expect(stderr).toContain('::error::assembly.tar has more than files and folders below cdk.out.');
    expect({ status, isUnpacked }).toEqual({ status: 1, isUnpacked: false });
  });

  test('is refused where its job said another checksum: any job of a run may upload one under its name', () => {
    const { status, stderr } = unpack('', `${'0'.repeat(64)}  assembly.tar`);
    expect(stderr).toBe('::error::assembly.tar is not the one that its job made. Start the run again.\n');
    expect(status).toBe(1);
  });
});

test.each([
  { title: 'installed packages', plant: ':', status: 0 },
  { title: 'a file that git ignores', plant: 'mkdir cdk.out; touch cdk.out/values.js', status: 1 },
  { title: 'a changed program', plant: 'echo evil > .gitignore', status: 1 },
])('no token without a look at the checkout: $title ends with $status', ({ plant, status }) => {
  const { run } = stepOf('release.yml', 'release', { run: 'files=' });
  const checkout = `git init --quiet checkout; cd checkout; cp '${ROOT}/.gitignore' .; git add .
git -c user.name=a -c user.email=a@example.com commit --quiet --message a
mkdir node_modules; touch node_modules/a`;
  expect(runStep({ run: `${checkout}\n${plant}\n${run}` }, { folder }).status).toBe(status);
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
