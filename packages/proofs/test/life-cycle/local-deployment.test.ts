import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bareEnvironment } from '@infra/common/test/support/bare-environment';

const ROOT = join(__dirname, '../../../..');

/** Names of the environments of lib/config, which the other lives do not have: theirs are the guide's. */
const names = Object.keys(jest.requireActual<object>('../../../../lib/config'));

test.each(names)(
  '%s, as lib/config has it: `npm run deploy:local` deploys it without credentials, it serves, and is stopped again',
  async (name) => {
    // Without --strict, a type that the local AWS does not know would pass unseen.
    const command = ['run', '--silent', 'deploy:local', '--', name, '--strict'];
    // It fails with what the command writes to stderr.
    const { stdout } = await promisify(execFile)('npm', command, { cwd: ROOT, env: bareEnvironment() });
    expect(stdout).toMatch(/ has reached a steady state\.$/m);
    expect(stdout).toContain(`${name} ran, and is stopped again.`);
  },
);
