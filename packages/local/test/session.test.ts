import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { temporaryFolder } from '@infra/common/testing';
import { bareEnvironment } from '@infra/common/test/support/bare-environment';
import { CopyOfApp } from '@infra/testing/copy-of-app';
import { ROOT } from '@infra/testing/prooflink';
import { nodeInTerminal } from '@infra/common/test/support/terminal';
import { until } from '@infra/common/test/support/until';

/** An application whose first release crashes at each start, as ECS counts failures; each release runs in a copy of the folder. */
const crashingServer = (folder: string) => `
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const crashing = '${folder}/crashing';
if (!existsSync(crashing)) writeFileSync(crashing, process.cwd());
if (readFileSync(crashing, 'utf8') === process.cwd()) {
  console.error('no such table: users');
  process.exit(1);
}
require('node:http').createServer((request, response) => response.end()).listen(process.env.PORT);`;

const HEALTHY_SERVER = `
require('node:http').createServer((request, response) => response.end()).listen(process.env.PORT);`;

/** A migration that hangs in its first run, changes the config and the settings in its second, and fails in its third. */
const migration = (folder: string, configFile: string, settingsFile: string) => `
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const runs = '${folder}/runs';
appendFileSync(runs, 'x');
const run = readFileSync(runs, 'utf8').length;
console.log('migration', run, process.env.TOKEN, process.env.GREETING);
if (run === 1) setInterval(() => undefined, 1000);
if (run === 2) {
  const config = readFileSync('${configFile}', 'utf8');
  writeFileSync('${configFile}', config.replace('variables: {}', "variables: { GREETING: 'hello' }"));
  writeFileSync('${settingsFile}', 'TOKEN=new');
}
if (run === 3) process.exit(7);`;

const folders = {
  slow: temporaryFolder('slow-app-'),
  crashing: temporaryFolder('crashing-app-'),
  migrating: temporaryFolder('migrating-app-'),
};

/** Stops what `--keep` has left running by the command that the farewell names, and waits until its folder is gone. */
async function stopEverything(output: string): Promise<void> {
  const [, pid] = /^To stop everything:\n\n {2}kill (\d+)$/m.exec(output) ?? [];
  const [, directory = ''] = /^ {2}\. '(.*)\/shell'$/m.exec(output) ?? [];
  expect(existsSync(directory)).toBe(true);
  // Without a number this throws: it ends no other process.
  process.kill(Number(pid), 'SIGTERM');
  await until(
    () => Promise.resolve(existsSync(directory)),
    (exists) => !exists,
  );
}

type Key = readonly [text: string, key: string];

/** Runs a server by `deploy:local` in a terminal, and presses each key once a text is shown; the session ends by q. */
async function runInSession(folder: string, server: string, ...keys: Key[]) {
  writeFileSync(join(folder, 'server.js'), server);
  return await runIn(
    ROOT,
    ['--app', folder, '--app-command', 'node server.js'],
    [...keys, ['there is no import', 'q']],
  );
}

/** Runs `deploy:local` of this repository, or of a copy, in a terminal, and presses each key once a text is shown. */
async function runIn(directory: string, options: readonly string[], keys: readonly Key[]) {
  const command = [
    '-r',
    join(directory, 'packages/common/register.js'),
    join(directory, 'packages/local/src/deploy-local-program.ts'),
  ];
  const { raw, exitCode } = await nodeInTerminal([...command, ...options], {
    cwd: directory,
    env: { ...bareEnvironment(), TERM: 'xterm' },
    keys,
  });
  return { output: stripVTControlCharacters(raw).replaceAll('\r', ''), exitCode };
}

test('an application that crashes: its log and ECS’s events while CloudFormation waits; r releases it again after the rollback', async () => {
  const { output, exitCode } = await runInSession(folders.crashing, crashingServer(folders.crashing), [
    'r starts it again, q ends',
    'r',
  ]);
  const [beforeFailure = '', afterFailure = ''] = output.split('\nr starts it again, q ends');
  expect(beforeFailure).toMatch(/^no such table: users$/m);
  expect(beforeFailure).toMatch(/deployment failed: tasks failed to start\.$/m);
  expect(beforeFailure).toContain('3/4 Deploy Prooflink');
  expect(beforeFailure).not.toContain('4/4 Wait until it serves');
  const [, report = ''] = beforeFailure.split('dev does not serve what was released.');
  expect(report).toMatch(
    /^\n\nTasks that ended.*\n.*, exit code 1\nThe last lines of \w+:\n\n {4}no such table: users\n\n/,
  );
  expect(report).not.toContain('CloudFormation: ');
  expect(report).toMatch(/All that it printed:\n {2}\/.*failed-start\.log\n$/);
  expect(afterFailure).toContain('4/4 Wait until it serves');
  expect(afterFailure).toMatch(/has reached a steady state\.\n[^]*\n {2}http:\/\/localhost:\d+\n/);
  expect(exitCode).toBe(0);
}, 240_000);

test('r is a release: it ends a migration that hangs, takes up config and settings, and migrates; --keep leaves all running', async () => {
  const folder = folders.migrating;
  const settingsFile = join(folder, 'settings.env');
  const copy = new CopyOfApp();
  copy.addEverything();
  copy.useTestConfigs();
  const config = copy
    .read('lib/config/dev.ts')
    .replace('migration: undefined', "migration: { command: ['node', 'migrate.js'], timeout: Duration.minutes(5) }")
    .replace('settings: undefined', "settings: { variables: {}, secrets: ['TOKEN'] }");
  copy.write('lib/config/dev.ts', config);
  writeFileSync(settingsFile, 'TOKEN=old');
  writeFileSync(join(folder, 'server.js'), HEALTHY_SERVER);
  writeFileSync(join(folder, 'migrate.js'), migration(folder, join(copy.directory, 'lib/config/dev.ts'), settingsFile));

  const options = ['--app', folder, '--app-command', 'node server.js', '--settings', settingsFile, '--keep'];
  const { output, exitCode } = await runIn(copy.directory, options, [
    ['migration 1 old undefined', 'r'],
    ['there is no import', 'r'],
    ['r starts it again, q ends', 'q'],
  ]);
  copy.remove();
  await stopEverything(output);

  expect(output).toContain('The release ends, and its migration with it.');
  expect(output.match(/^migration .*$/gm)).toEqual([
    'migration 1 old undefined',
    'migration 2 old undefined',
    'migration 3 new hello',
  ]);
  expect(output.match(/^.* Replaced: .*$/gm)).toEqual([expect.stringMatching(/ Replaced: TOKEN\.$/)]);
  expect(output).toContain('The last lines of the migration:\n\n    migration 3 new hello\n\n');
  expect(output).toContain('local-3 does not serve: its migration failed with exit code 7.\nlocal-2 serves: http:');
  const [, farewell = ''] = output.split('To start it again, with its code as it was, in that shell:');
  expect(farewell).toMatch(/^\n\n {2}npm run prooflink -- release dev --app local-3\n/);
  expect(exitCode).toBe(0);
}, 240_000);
