import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';

const ROOT = join(__dirname, '../../..');

const root = temporaryFolder('packages-');

/** Runs `npm run <program>` in a copy of the repository with these manifests alone. */
function run(program: string, manifests: Readonly<Record<string, object>>, locale = 'C') {
  const folder = join(root, `${program}-${Object.keys(manifests).join('-')}-${locale}`);
  mkdirSync(folder);
  cpSync(join(ROOT, 'bin/packages.js'), join(folder, 'bin/packages.js'));
  for (const [name, manifest] of Object.entries(manifests)) {
    mkdirSync(join(folder, 'packages', name), { recursive: true });
    writeFileSync(join(folder, 'packages', name, 'package.json'), JSON.stringify(manifest));
  }
  const { status, stderr } = spawnSync(process.execPath, ['bin/packages.js', program, 'status', 'dev'], {
    cwd: folder,
    encoding: 'utf8',
    env: { LC_ALL: locale },
  });
  return { status, stderr };
}

test('without packages a script says that it is not in this copy', () => {
  expect(run('prooflink', {})).toEqual({
    status: 2,
    stderr: 'npm run prooflink is not in this copy of the repository: no package below packages/ has it.\n',
  });
  expect(run('renew', { cost: { name: '@infra/cost' } }).stderr).toMatch(/^npm run renew is not in this copy /);
  expect(run('prooflink', {}, 'ja_JP.UTF-8').stderr).toMatch(/^npm run prooflink は、このリポジトリにはありません。/);
});

const commands = { commands: { programs: { prooflink: './src/prooflink.ts' } } };

test('where packages are not installed, it says so', () => {
  expect(run('prooflink', commands)).toEqual({
    status: 2,
    stderr: 'npm run prooflink is not installed: run "npm ci".\n',
  });
  expect(run('prooflink', commands, 'ja_JP.UTF-8').stderr).toMatch(/^npm run prooflink がインストールされていません。/);
});
