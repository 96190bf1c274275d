import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CopyOfApp } from '@infra/testing/copy-of-app';
import { bareEnvironment } from '@infra/common/test/support/bare-environment';

const ROOT = join(__dirname, '../../../..');

/** Names of the environments of lib/config, which the other lives do not have: theirs are the guide's. */
const names = Object.keys(jest.requireActual<object>('../../../../lib/config'));

/** Runs `npm run deploy:local`; fails with what it writes to stderr. Without --strict, an unknown type would pass unseen. */
async function expectToRun(name: string, cwd: string): Promise<void> {
  const command = ['run', '--silent', 'deploy:local', '--', name, '--strict'];
  const { stdout } = await promisify(execFile)('npm', command, { cwd, env: bareEnvironment() });
  expect(stdout).toMatch(/ has reached a steady state\.$/m);
  expect(stdout).toContain(`${name} ran, and is stopped again.`);
}

test.each(names)(
  '%s, as lib/config has it: `npm run deploy:local` deploys it without credentials, it serves, and is stopped again',
  (name) => expectToRun(name, ROOT),
);

test('dev behind CloudFront: the same, by HTTPS', async () => {
  const copy = new CopyOfApp();
  copy.addEverything();
  copy.useTestConfigs();
  copy.write('lib/config/dev.ts', copy.read('lib/config/dev.ts').replace('edge: undefined', "edge: 'cloudfront'"));
  await expectToRun('dev', copy.directory);
  copy.remove();
});
