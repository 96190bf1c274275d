import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deliveredEnvironments, testDelivery, testEnvironments } from '../support/environments';

/** Files of a folder with their content. */
function contentsOf(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(folder, file)).isFile())
    .sort();
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'latin1')]));
}

/** Synthesizes the environments as a process with another locale does, and returns the folder. */
function synthesizeWith(locale: string): string {
  const before = process.env['LC_ALL'];
  process.env['LC_ALL'] = locale;
  let folder = '';
  try {
    jest.isolateModules(() => {
      const { language } = jest.requireActual<typeof import('../../lib/language')>('../../lib/language');
      const { synthesize } = jest.requireActual<typeof import('../support/synth')>('../support/synth');
      expect(language).toBe(locale.startsWith('ja') ? 'ja' : 'en');
      folder = synthesize(testEnvironments, testDelivery, undefined, deliveredEnvironments);
    });
  } finally {
    process.env['LC_ALL'] = before;
  }
  return folder;
}

test('a Japanese terminal synthesizes the same bytes: its deployment would change nothing', () => {
  // One call for both: a manifest has the stack trace of each acknowledgement.
  const assemblies = ['C', 'ja_JP.UTF-8'].map((locale) => contentsOf(synthesizeWith(locale)));
  const english = assemblies.at(0) ?? {};
  expect(Object.keys(english)).toContain('ProoflinkDev.template.json');
  expect(assemblies).toEqual([english, english]);
});
