import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const TESTS = join(__dirname, '../../../../test/config');

// One suite of all tests of the config: Jest loads lib and the tests' helpers anew for every suite, which would be a dozen
// times a mutant.
for (const file of readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).sort()) {
  if (!file.endsWith('.test.ts')) continue;
  describe(file, () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import waits, and Jest does not wait for it
    require(join(TESTS, file));
  });
}
