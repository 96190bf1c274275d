import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { temporaryFolder } from '@infra/common/testing';
import { bareEnvironment } from '@infra/common/test/support/bare-environment';
import { CopyOfApp } from '@infra/testing/copy-of-app';
import { nodeInTerminal } from '@infra/common/test/support/terminal';
import { until } from '@infra/common/test/support/until';

const folder = temporaryFolder('app-');

/** An application whose first release crashes at each start, as ECS counts failures; each release runs in a copy of the folder. */
const CRASHING_SERVER = `
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const crashing = '${folder}/crashing';
if (!existsSync(crashing)) writeFileSync(crashing, process.cwd());
if (readFileSync(crashing, 'utf8') === process.cwd()) {
  console.error('no such table: users');
  process.exit(1);
}
require('node:http').createServer((request, response) => response.end()).listen(process.env.PORT);`;

/** A migration that hangs in its first run, changes the config and the settings in its second, and fails in its fourth. */
const migration = (configFile: string, settingsFile: string) => `
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
if (run === 4) process.exit(7);`;

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

/** Runs `deploy:local` of a copy of the repository in a terminal, and presses each key once a text is shown. */
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

// One life, since each session takes a minute to its first release.
test('r is a release: it ends a migration that hangs, starts again what crashed, takes up config and settings, and migrates; --keep leaves all running', async () => {
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
  writeFileSync(join(folder, 'server.js'), CRASHING_SERVER);
  writeFileSync(join(folder, 'migrate.js'), migration(join(copy.directory, 'lib/config/dev.ts'), settingsFile));

  const options = ['--app', folder, '--app-command', 'node server.js', '--settings', settingsFile, '--keep'];
  const { output, exitCode } = await runIn(copy.directory, options, [
    ['migration 1 old undefined', 'r'],
    ['r starts it again, q ends', 'r'],
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
    'migration 4 new hello',
  ]);

  // The crash: the log and ECS's events while CloudFormation waits, then why.
  const [beforeFailure = '', afterFailure = ''] = output.split('\nr starts it again, q ends');
  expect(beforeFailure).toMatch(/^no such table: users$/m);
  expect(beforeFailure).toMatch(/deployment failed: tasks failed to start\.$/m);
  expect(beforeFailure).not.toContain('4/4 Wait until it serves');
  const [, report = ''] = beforeFailure.split('dev does not serve what was released.');
  expect(report).toMatch(/\n.*, exit code 1\nThe last lines of its log:\n\n {4}no such table: users\n\n/);
  expect(report).not.toContain('CloudFormation: ');
  expect(report).toMatch(/All that it printed:\n {2}\/.*failed-start\.log\n$/);

  expect(output.match(/^.* Replaced: .*$/gm)).toEqual([expect.stringMatching(/ Replaced: TOKEN\.$/)]);
  expect(afterFailure).toMatch(/has reached a steady state\.\n[^]*\n {2}http:\/\/localhost:\d+\n/);

  expect(output).toContain('The last lines of its log:\n\n    migration 4 new hello\n\n');
  expect(output).toContain('local-4 does not serve: its migration failed with exit code 7.\nlocal-3 serves: http:');
  const [, farewell = ''] = output.split('To start it again, with its code as it was, in that shell:');
  expect(farewell).toMatch(/^\n\n {2}npm run prooflink -- release dev --app local-4\n/);
  expect(exitCode).toBe(0);
}, 400_000);
