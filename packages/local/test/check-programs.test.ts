import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { checkPrograms } from '../src/check-programs';
import { dev } from '@infra/testing/configs';

const folder = temporaryFolder('programs-');
// npm looks above a folder that has neither a package.json nor this one, and there may be one of the machine's.
const bare = join(folder, 'bare');
const SCRIPTS = { build: 'x', dev: 'x' };

beforeAll(() => {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: SCRIPTS }));
  writeFileSync(join(folder, 'main.js'), '');
  mkdirSync(join(bare, 'node_modules'), { recursive: true });
});

const check =
  (options: Parameters<typeof checkPrograms>[1], config = dev) =>
  () => {
    checkPrograms('dev', options, config);
  };

it.each([
  { title: 'the sample application', options: {} },
  { title: 'a script of package.json', options: { app: folder, appCommand: 'npm run dev -- --turbo' } },
  {
    title: 'a file that exists',
    options: { app: folder, appCommand: 'node main', job: folder, jobCommand: 'node main.js' },
  },
  {
    title: 'a command that only the shell understands',
    options: { app: folder, appCommand: 'test -f x || node "$MAIN"' },
  },
])('starts: $title', ({ options }) => {
  expect(check(options)).not.toThrow();
});

describe('a command is refused only if it certainly fails', () => {
  const app = folder;

  it.each([
    { title: 'an option before the name of the script', appCommand: 'npm run -s dev' },
    { title: 'another folder for npm', appCommand: 'npm --prefix web start' },
    { title: 'the other name of npm run', appCommand: 'npm run-script dev' },
    { title: 'the end of a command', appCommand: 'node server.js; sleep 1' },
    { title: 'a pattern of the shell', appCommand: 'node m*.js' },
    { title: 'a file of the home folder', appCommand: 'node ~/x.js' },
    { title: 'a file with an absolute path', appCommand: `node ${join(folder, 'main.js')}` },
  ])('starts: $title, $appCommand', ({ appCommand }) => {
    expect(check({ app, appCommand })).not.toThrow();
  });

  it('starts: a script of a package.json above the folder, in which npm looks, too', () => {
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    expect(check({ app: inner, appCommand: 'npm run dev' })).not.toThrow();
  });

  it.each([
    { title: 'the other name of npm run', appCommand: 'npm run-script serve', script: 'serve' },
    { title: 'the name of what every object has', appCommand: 'npm run constructor', script: 'constructor' },
  ])('is refused: $title, $appCommand', ({ appCommand, script }) => {
    expect(check({ app, appCommand })).toThrow(`its package.json has no script "${script}" (it has: build, dev).`);
  });
});

it.each([
  {
    title: 'a folder that does not exist',
    options: { app: '/no-such' },
    says: '--app /no-such: there is no folder /no-such.',
  },
  { title: 'a file instead of a folder', options: { job: join(folder, 'main.js') }, says: 'main.js: it is no folder.' },
  {
    title: 'a package.json without the script start',
    options: { app: folder },
    says: 'its package.json has no script "start" (it has: build, dev). Or say how it starts: --app-command "<command>".',
  },
  {
    title: 'a script that package.json lacks',
    options: { app: folder, appCommand: 'npm run serve' },
    says: 'has no script "serve"',
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

  it('is refused with npm run dev, which would fail after minutes of deployment', () => {
    expect(check({ app, appCommand: 'npm run dev' })).toThrow('its package.json has no script "dev" (it has none).');
  });
});

it('an import is refused where the environment has none, and all problems are reported at once', () => {
  const config = { ...dev, userImport: undefined };
  const checkBoth = check({ app: '/no-such', job: folder }, config);
  expect(checkBoth).toThrow(/^--app \/no-such: /);
  expect(checkBoth).toThrow(/\n--job: dev has no user import \(lib\/config\/dev\.ts\)\.$/);
});
