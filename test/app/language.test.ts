import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { assembly } from '../support/assembly';
import { deliveredEnvironments, testDelivery, testEnvironments } from '../support/environments';

/** The calls that led to a message: modules that were loaded anew are called from elsewhere. */
const STACK_TRACE = /"trace": \[\n[^]*?\n *\]/g;

/** Contents of the files in a folder, by their paths, without stack traces. */
function contentsOf(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = paths.filter((path) => statSync(join(folder, path)).isFile()).sort();
  const contents = files.map((file) => readFileSync(join(folder, file), 'latin1').replaceAll(STACK_TRACE, ''));
  return Object.fromEntries(files.map((file, index) => [file, contents[index] ?? '']));
}

/** Synthesizes the tests' stacks in a Japanese terminal: modules read the locale when they are loaded. */
function synthesizeInJapanese(): string {
  let folder = '';
  const localeOfRun = process.env['LC_ALL'];
  process.env['LC_ALL'] = 'ja_JP.UTF-8';
  try {
    jest.isolateModules(() => {
      const { language } = jest.requireActual<typeof import('../../lib/language')>('../../lib/language');
      const { synthesize } = jest.requireActual<typeof import('../support/synth')>('../support/synth');
      expect(language).toBe('ja');
      const newFolder = undefined;
      folder = synthesize(testEnvironments, testDelivery, newFolder, deliveredEnvironments);
    });
  } finally {
    process.env['LC_ALL'] = localeOfRun;
  }
  return folder;
}

test('a Japanese terminal synthesizes the same bytes as an English one: a difference would be deployed', () => {
  const english = contentsOf(assembly);
  expect(Object.keys(english)).toContain('ProoflinkDev.template.json');
  expect(contentsOf(synthesizeInJapanese())).toEqual(english);
});
