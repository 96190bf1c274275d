import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bareEnvironment } from '../../support/bare-environment';
import type { CopyOfApp } from '../../support/copy-of-app';

/** Runs a shell command in a copy of the app, with a home folder of its own. */
export function runIn(app: CopyOfApp, command: string) {
  const home = join(app.directory, 'home');
  mkdirSync(home, { recursive: true });
  return spawnSync(command, {
    shell: true,
    cwd: app.directory,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...bareEnvironment(), HOME: home, PATH: `node_modules/.bin:${process.env['PATH'] ?? ''}` },
  });
}

/** Runs what package.json calls the test; tells the names of its tests, and why a file could not run. */
export function npmTest(app: CopyOfApp): { failed: string[]; passed: string[] } {
  const { scripts } = JSON.parse(app.read('package.json')) as { scripts: { test: string } };
  const { stdout, stderr } = runIn(app, `${scripts.test} --ci --json`);
  if (!stdout.startsWith('{')) throw new Error(stderr);
  const { testResults } = JSON.parse(stdout) as {
    testResults: {
      message: string;
      assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
    }[];
  };
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  const ended = (status: string) =>
    all
      .filter((one) => one.status === status)
      .map(({ fullName, failureMessages }) => [fullName, ...failureMessages].join('\n').slice(0, 2000));
  const broken = testResults.filter(({ assertionResults }) => assertionResults.length === 0);
  return { failed: [...ended('failed'), ...broken.map(({ message }) => message)], passed: ended('passed') };
}
