import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { checkPrograms } from '../../../tools/local/check-programs';
import { dev } from '../../support/configs';

const folder = temporaryFolder('programs-');
const SCRIPTS = { build: 'x', dev: 'x' };

beforeAll(() => {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: SCRIPTS }));
  writeFileSync(join(folder, 'main.js'), '');
});

const check =
  (options: Parameters<typeof checkPrograms>[1], config = dev) =>
  () => {
    checkPrograms('dev', options, config);
  };

it.each([
  ['the sample', {}],
  ['a script that there is', { app: folder, appCommand: 'npm run dev -- --turbo' }],
  ['a file that there is', { app: folder, appCommand: 'node main', job: folder, jobCommand: 'node main.js' }],
  ['what only the shell understands', { app: folder, appCommand: 'test -f x || node "$MAIN"' }],
])('starts: %s', (_, options) => {
  expect(check(options)).not.toThrow();
});

it.each([
  ['a folder that there is not', { app: '/no-such' }, '--app /no-such: there is no folder /no-such.'],
  ['a file', { job: join(folder, 'main.js') }, 'main.js: it is no folder.'],
  [
    'no start script',
    { app: folder },
    'its package.json has no script "start" (it has: build, dev). Or say how it starts: --app-command "<command>".',
  ],
  ['another script', { app: folder, appCommand: 'npm run serve' }, 'has no script "serve"'],
  ['no package.json', { app: join(folder, '..') }, 'there is no package.json, in which "npm start" looks.'],
  ['a file that was not built', { app: folder, appCommand: 'node dist/main.js' }, 'Build it first.'],
  ['an import that was not built', { job: folder }, 'there is no dist/batch/user-import.js, which "node dist'],
  [
    'a command without a folder',
    { appCommand: 'x', jobCommand: 'x' },
    '--app-command needs --app <folder>.\n--job-command',
  ],
])('is refused before anything starts: %s', (_, options, says) => {
  expect(check(options)).toThrow(says);
});

it('an import is refused where the environment has none, and all problems are reported at once', () => {
  const config = { ...dev, userImport: undefined };
  expect(check({ app: '/no-such', job: folder }, config)).toThrow(
    /^--app \/no-such: .*\n--job: dev has no user import \(lib\/config\/dev\.ts\)\.$/,
  );
});
