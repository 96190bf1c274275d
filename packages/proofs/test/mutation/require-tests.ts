import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const TESTS = join(__dirname, '../../../../test');

/**
 * Makes one suite of the test files whose path below test/ matches. Jest loads lib and the tests' helpers anew for every
 * suite, which would be a dozen times a mutant.
 */
export function requireTests(path: RegExp): void {
  const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).filter((file) => path.test(file));
  if (files.length === 0) throw new Error(`No test file matches ${String(path)}`);
  for (const file of files.sort()) {
    describe(file, () => {
      try {
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import waits, and jest does not wait for it
        require(join(TESTS, file));
      } catch (error) {
        // Without templates there would be no test to fail, and Stryker would take that for a mistake of its own.
        test('can be loaded', () => {
          throw error;
        });
      }
    });
  }
}
