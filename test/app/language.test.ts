import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { assembly } from '../support/assembly';
import type * as environments from '../support/environments';

/** Stack trace of a message. It differs between two syntheses: modules that are loaded again are called from elsewhere. */
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

/** Synthesizes the tests' stacks in a Japanese terminal, and returns the folder of the assembly. */
function synthesizeInJapanese(): string {
  const localeOfRun = process.env['LC_ALL'];
  process.env['LC_ALL'] = 'ja_JP.UTF-8';
  try {
    return synthesizeWithNewModules();
  } finally {
    process.env['LC_ALL'] = localeOfRun;
  }
}

/** Loads the app's modules again, since they read the locale when they are loaded. */
function synthesizeWithNewModules(): string {
  let folder = '';
  jest.isolateModules(() => {
    const { language } = jest.requireActual<typeof import('../../lib/language')>('../../lib/language');
    const { deliveredEnvironments, testDelivery, testEnvironments } =
      jest.requireActual<typeof environments>('../support/environments');
    const { synthesize } = jest.requireActual<typeof import('../support/synth')>('../support/synth');
    expect(language).toBe('ja');
    const newFolder = undefined;
    folder = synthesize(testEnvironments, testDelivery, newFolder, deliveredEnvironments);
  });
  return folder;
}

test('a Japanese terminal synthesizes the same bytes as an English one', () => {
  // A difference would be deployed.
  const english = contentsOf(assembly);
  const japanese = contentsOf(synthesizeInJapanese());
  expect(Object.keys(english)).toContain('ProoflinkDev.template.json');
  expect(japanese).toEqual(english);
});
