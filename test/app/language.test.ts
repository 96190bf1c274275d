import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { assembly } from '../support/assembly';

// The app's modules read the locale when they are loaded, which is in the test.
process.env['LC_ALL'] = 'ja_JP.UTF-8';

/** Stack trace of a message. It differs between two syntheses, which are called from elsewhere. */
const STACK_TRACE = /"trace": \[\n[^]*?\n *\]/g;

/** Contents of the files in a folder, without stack traces, by the files' paths. */
function contentsOf(folder: string): Readonly<Record<string, string>> {
  const contents: Record<string, string> = {};
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const path of paths) {
    const file = join(folder, path);
    if (!statSync(file).isFile()) continue;
    const content = readFileSync(file, 'latin1');
    contents[path] = content.replaceAll(STACK_TRACE, '');
  }
  return contents;
}

test('a Japanese terminal synthesizes the same bytes as an English one', async () => {
  // A difference would be deployed.
  const { language } = await import('../../lib/language');
  const { deliveredEnvironments, testDelivery, testEnvironments } = await import('../support/environments');
  const { synthesize } = await import('../support/synth');
  expect(language).toBe('ja');
  const english = contentsOf(assembly);
  const japanese = contentsOf(synthesize(testEnvironments, testDelivery, undefined, deliveredEnvironments));
  expect(Object.keys(english)).toContain('ProoflinkDev.template.json');
  expect(japanese).toEqual(english);
});
