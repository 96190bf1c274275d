import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deliveredEnvironments, testDelivery, testEnvironments } from '../support/environments';

/** Contents of the files in a folder, by their paths. */
function contentsOf(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = paths.filter((path) => statSync(join(folder, path)).isFile()).sort();
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'latin1')]));
}

/** Locales of a terminal, with the language in which the app's messages are then. */
const LOCALES = [
  { locale: 'C', expectedLanguage: 'en' },
  { locale: 'ja_JP.UTF-8', expectedLanguage: 'ja' },
];

/** Synthesizes all stacks with modules that are loaded anew, since they read the locale when they are loaded. */
function synthesizeInEachLanguage(): Readonly<Record<string, string>>[] {
  const localeOfRun = process.env['LC_ALL'];
  const assemblies: Readonly<Record<string, string>>[] = [];
  // A loop with one call, not two calls: the manifest has the stack trace of each acknowledgement, with the line of the call.
  for (const { locale, expectedLanguage } of LOCALES) {
    process.env['LC_ALL'] = locale;
    try {
      jest.isolateModules(() => {
        const { language } = jest.requireActual<typeof import('../../lib/language')>('../../lib/language');
        const { synthesize } = jest.requireActual<typeof import('../support/synth')>('../support/synth');
        expect(language).toBe(expectedLanguage);
        const newFolder = undefined;
        assemblies.push(contentsOf(synthesize(testEnvironments, testDelivery, newFolder, deliveredEnvironments)));
      });
    } finally {
      process.env['LC_ALL'] = localeOfRun;
    }
  }
  return assemblies;
}

test('a Japanese terminal synthesizes the same bytes as an English one: a difference would be deployed', () => {
  const [english = {}, japanese] = synthesizeInEachLanguage();
  expect(Object.keys(english)).toContain('ProoflinkDev.template.json');
  expect(japanese).toEqual(english);
});
