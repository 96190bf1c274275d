import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { checkPrograms } from '../src/check-programs';
import { dev } from '@infra/testing/configs';

const folder = temporaryFolder('programs-');
const bare = join(folder, 'bare');
const SCRIPTS = { build: 'x', dev: 'x' };

beforeAll(() => {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: SCRIPTS }));
  writeFileSync(join(folder, 'main.js'), '');
  mkdirSync(bare);
});

const check =
  (options: Parameters<typeof checkPrograms>[1], config = dev) =>
  () => {
    checkPrograms('dev', options, config);
  };

describe('a command is refused only if it certainly fails', () => {
  it.each([
    { title: 'the sample application', options: {} },
    { title: 'a script of package.json', options: { app: folder, appCommand: 'npm run dev -- --turbo' } },
    {
      title: 'files that exist',
      options: { app: folder, appCommand: 'node main.js', job: folder, jobCommand: 'node ./main.js' },
    },
    { title: 'another folder for npm', options: { app: folder, appCommand: 'npm --prefix web start' } },
    { title: 'the end of a command', options: { app: folder, appCommand: 'node server.js; sleep 1' } },
    { title: 'a pattern of the shell', options: { app: folder, appCommand: 'node m*.js' } },
    { title: 'a file of the home folder', options: { app: folder, appCommand: 'node ~/x.js' } },
  ])('starts: $title', ({ options }) => {
    expect(check(options)).not.toThrow();
  });

  it('is refused: the name of what every object has', () => {
    expect(check({ app: folder, appCommand: 'npm run constructor' })).toThrow('has no script "constructor"');
  });
});

it.each([
  {
    title: 'a folder that does not exist',
    options: { app: '/no-such' },
    says: '--app /no-such: there is no folder /no-such.',
  },
  {
    title: 'a file instead of a folder',
    options: { job: join(folder, 'main.js') },
    says: 'main.js: there is no folder ',
  },
  {
    title: 'a package.json without the script start',
    options: { app: folder },
    says: 'its package.json has no script "start" (it has: build, dev). Or say how it starts: --app-command "<command>".',
  },
  {
    title: 'a folder without a package.json',
    options: { app: bare },
    says: 'there is no package.json, in which "npm start" looks.',
  },
  {
    title: 'a file that was not built',
    options: { app: folder, appCommand: 'node dist/main.js' },
    says: 'Build it first.',
  },
  {
    title: 'an import that was not built',
    options: { job: folder },
    says: 'there is no dist/batch/user-import.js, which "node dist',
  },
  {
    title: 'a command without a folder',
    options: { appCommand: 'x', jobCommand: 'x' },
    says: '--app-command needs --app <folder>.\n--job-command',
  },
])('is refused before anything starts: $title', ({ options, says }) => {
  expect(check(options)).toThrow(says);
});

describe('a package without scripts that has a server.js', () => {
  const app = join(folder, 'with-server');

  beforeAll(() => {
    mkdirSync(app);
    writeFileSync(join(app, 'package.json'), '{}');
    writeFileSync(join(app, 'server.js'), '');
  });

  it('starts with npm start, which runs server.js', () => {
    expect(check({ app })).not.toThrow();
  });
});

it('an import is refused where the environment has none, and all problems are reported at once', () => {
  const config = { ...dev, userImport: undefined };
  const checkBoth = check({ app: '/no-such', job: folder }, config);
  expect(checkBoth).toThrow(/^--app \/no-such: /);
  expect(checkBoth).toThrow(/\n--job: dev has no user import \(lib\/config\/dev\.ts\)\.$/);
});
