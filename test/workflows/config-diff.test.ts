import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { bareEnvironment } from '../support/bare-environment';
import { stepsOf, workflow } from './workflow';

const root = temporaryFolder('config-diff-');
const merged = join(root, 'merged');
const config = join(merged, 'lib/config');
mkdirSync(config, { recursive: true });
mkdirSync(join(root, 'made'));

const shell = (script: string) =>
  spawnSync('bash', ['--norc', '-eo', 'pipefail', '-c', script], {
    cwd: merged,
    encoding: 'utf8',
    env: { ...bareEnvironment(), GIT_CONFIG_GLOBAL: '/dev/null' },
  });
const git = (command: string) => {
  const { status, stderr } = shell(
    `git -c user.name=a -c user.email=a@example.com -c init.defaultBranch=main ${command}`,
  );
  if (status !== 0) throw new Error(stderr);
};

/** The step of diff.yml that writes the difference of the config's files. */
const step = stepsOf(workflow('diff.yml')).find(({ run }) => run?.startsWith('git diff'))?.run ?? 'exit 9';

beforeAll(() => {
  git('init --quiet');
  writeFileSync(join(config, 'dev.ts'), "export const dev = { sslMode: 'require' };\n");
  git('add .');
  git('commit --quiet -m base');
  writeFileSync(join(config, 'dev.ts'), "export const dev = { sslMode: 'disable' };\n");
});

test.each(['* -diff', 'lib/config/dev.ts binary'])(
  'the comment shows a changed config though the pull request has the attributes "%s"',
  (attributes) => {
    writeFileSync(join(merged, '.gitattributes'), `${attributes}\n`);
    git('add .');
    git('commit --quiet --allow-empty -m change');
    expect(shell(step)).toMatchObject({ status: 0, stderr: '' });
    const written = readFileSync(join(root, 'made/config.diff'), 'utf8');
    expect(written).toContain("+export const dev = { sslMode: 'disable' };");
    git('reset --quiet --soft HEAD^');
  },
);
