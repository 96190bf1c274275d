import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { removeOwnPath } from '@infra/common/own-paths';
import { temporaryFolder } from '@infra/common/testing';
import { bareEnvironment } from '@infra/common/test/support/bare-environment';
import { until } from '@infra/common/test/support/until';
import { CopyOfApp } from '@infra/testing/copy-of-app';

jest.setTimeout(300_000);

const folder = temporaryFolder('versions-');
/** While this file exists, the application ends. */
const brokenFile = join(temporaryFolder('broken-'), 'broken');
let copy: CopyOfApp;
let session: ChildProcess;
let output = '';

/** Writes a version of the application and of its migration into the folder, as a build does. */
function build(version: string): void {
  const server = `
    console.log('server ${version}', process.env.GREETING);
    const { existsSync, readFileSync } = require('node:fs');
    const endIfBroken = () => existsSync('${brokenFile}') && process.exit(1);
    endIfBroken();
    setInterval(endIfBroken, 100);
    const answer = () => JSON.stringify({ code: '${version}', page: readFileSync('page.html', 'utf8') });
    require('node:http').createServer((_, response) => response.end(answer())).listen(process.env.PORT);`;
  writeFileSync(join(folder, 'server.js'), version === 'broken' ? 'process.exit(1)' : server);
  writeFileSync(join(folder, 'migrate.js'), `console.log('migration ${version}')`);
  writeFileSync(
    join(folder, 'worker.js'),
    `console.log('worker ${version}'); ${version === 'broken worker' ? '' : FOREVER}`,
  );
  writeFileSync(join(folder, 'job.js'), `console.log('job ${version}'); process.exit(7)`);
  writeFileSync(join(folder, 'page.html'), version);
}

const FOREVER = 'setInterval(() => {}, 1000)';

/** A job and a worker, as they are written into lib/config. */
const OTHER_TASKS = `
  jobs: [{ name: 'reminders', command: ['node', 'job.js'], time: '12:00', days: 'weekdays', settings: undefined,
    size: { cpu: 256, memory: Size.mebibytes(512) }, timeout: Duration.minutes(30) }],
  workers: [{ name: 'mails', command: ['node', 'worker.js'], desiredCount: 1, settings: undefined,
    size: { cpu: 256, memory: Size.mebibytes(512) }, stopTimeout: Duration.seconds(2),
    healthCheck: { command: ['node', '--version'], interval: Duration.seconds(5), startPeriod: Duration.seconds(0) } }],`;

/** Waits for a text that the session prints after its first characters. */
async function printed(text: string, after = 0): Promise<void> {
  while (!output.slice(after).includes(text)) {
    if (session.exitCode !== null) throw new Error(`The session has ended:\n${output}`);
    await setTimeout(100);
  }
}

/** Presses r, and waits for a text. */
async function release(text: string): Promise<void> {
  const length = output.length;
  session.stdin?.write('r');
  await printed(text, length);
}

/** A path or URL in the output. */
function found(pattern: RegExp): string {
  const [, match = ''] = pattern.exec(output) ?? [];
  return match;
}

const shellFile = () => found(/^ {2}\. '(.*)'$/m);

/** Runs a command of operators in the shell that the session names; returns what it prints. */
function prooflink(args: string, exitCode = 0): string {
  const program = 'node -r ./packages/common/register.js packages/commands/src/prooflink.ts';
  const { status, stdout, stderr } = copy.run(`. '${shellFile()}' && ${program} ${args}`);
  if (status !== exitCode) throw new Error(stdout + stderr);
  return stdout;
}

async function served(): Promise<unknown> {
  const response = await fetch(found(/^ {2}(http:\/\/localhost:\d+)$/m));
  return await response.json();
}

const version = (name: string) => ({ code: name, page: name });

beforeAll(async () => {
  copy = new CopyOfApp();
  copy.addEverything();
  copy.useTestConfigs();
  const migration = "migration: { command: ['node', 'migrate.js'], timeout: Duration.minutes(5) }";
  copy.write('lib/config/dev.ts', copy.read('lib/config/dev.ts').replace('migration: undefined', migration));
  build('v1');
  const program = ['-r', './packages/common/register.js', 'packages/local/src/deploy-local-program.ts'];
  const options = ['--app', folder, '--app-command', 'node server.js'];
  session = spawn(process.execPath, [...program, ...options], { cwd: copy.directory, env: bareEnvironment() });
  session.stdout?.on('data', (data: Buffer) => (output += data.toString()));
  await printed('there is no import');
});

afterAll(async () => {
  if (session.exitCode === null && session.kill()) await once(session, 'exit');
  copy.remove();
});

// The tests are the life of one session: each begins where the one before has ended.

test('a build in the folder changes nothing of the version that runs', async () => {
  build('v2');
  expect(await served()).toEqual(version('v1'));
});

test('a change of the config restarts the old code, before the migration and the new code', async () => {
  const config = copy
    .read('lib/config/dev.ts')
    .replace('settings: undefined', "settings: { variables: { GREETING: 'hello' }, secrets: [] }");
  copy.write('lib/config/dev.ts', config);
  await release('there is no import');
  expect(output.match(/^(server|migration) .*$/gm)).toEqual([
    'migration v1',
    'server v1 undefined',
    'server v1 hello',
    'migration v2',
    'server v2 hello',
  ]);
  expect(await served()).toEqual(version('v2'));
});

test('a release that fails leaves the code of the tag before, which a restart starts again', async () => {
  build('broken');
  await release('local-3 does not serve');
  prooflink('restart dev');
  expect(await served()).toEqual(version('v2'));
});

test('a rollback brings the code of the older tag', async () => {
  prooflink('release dev --app local-1 --no-migration');
  expect(await served()).toEqual(version('v1'));
});

test('a start right after a fixed crash waits for the next try of ECS', async () => {
  const length = output.length;
  writeFileSync(brokenFile, '');
  // After three failed tasks in a row, a deployment that is underway counts as failed.
  const countFailures = () =>
    Promise.resolve(output.slice(length).match(/unable to consistently start tasks/g)?.length ?? 0);
  await until(countFailures, (count) => count >= 3);
  removeOwnPath(brokenFile);
  prooflink('start dev');
  expect(await served()).toEqual(version('v1'));
});

test('a stop and a start, too', async () => {
  prooflink('stop dev');
  prooflink('start dev');
  expect(await served()).toEqual(version('v1'));
});

test('a job and a worker of the config run the code of the tag', async () => {
  const config = copy.read('lib/config/dev.ts');
  copy.write('lib/config/dev.ts', config.replace('\n  jobs: undefined,\n  workers: undefined,', OTHER_TASKS));
  build('v4');
  await release('there is no import');
  expect(prooflink('run dev reminders', 7)).toContain('job v4');
  expect(prooflink('restart dev mails')).toContain('prooflink-dev-worker-mails: 1 of 1 task running.');
});

test('a worker that crashes fails the release: web tasks, worker and job of the tag before go on', async () => {
  build('broken worker');
  const length = output.length;
  await release(' does not serve');
  expect(output.slice(length)).toMatch(/The last lines of its log:\n+ +worker broken worker\n/);
  expect(await served()).toEqual(version('v4'));
  expect(prooflink('run dev reminders', 7)).toContain('job v4');
});

test('SIGTERM leaves nothing of the versions', async () => {
  const directory = dirname(shellFile());
  expect(existsSync(join(directory, 'versions'))).toBe(true);
  session.kill('SIGTERM');
  await once(session, 'exit');
  await until(
    () => Promise.resolve(existsSync(directory)),
    (exists) => !exists,
  );
});
