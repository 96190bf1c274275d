import type { SpawnOptions } from 'node:child_process';
import { AwsTime } from '../support/aws-time';
import { startDev } from '../support/running-dev';
import { importCases } from './import-cases';
import { accessCases } from './access-cases';
import { afterReleases, beforeReleases } from './office-hours-cases';
import { lostAnswerCases } from './lost-answer-cases';
import { releaseCases } from './release-cases';
import { restartCases } from './restart-cases';

// Commands run in this process, with an environment of its own: a program that they start must never get the machine's.
jest.mock('node:child_process', () => {
  const actual = jest.requireActual<typeof import('node:child_process')>('node:child_process');
  const spawn = (program: string, args: string[], options: SpawnOptions = {}) =>
    actual.spawn(program, args, options.env ? options : { ...options, env: process.env, stdio: 'ignore' });
  return { ...actual, spawn };
});

jest.setTimeout(300_000);

AwsTime.use();

let dev: Awaited<ReturnType<typeof startDev>>;

beforeAll(async () => {
  dev = await startDev(true);
});

afterAll(async () => {
  await dev.stop();
});

describe('start and stop, before a release', beforeReleases);
describe('release', () => {
  releaseCases(() => dev);
});
describe('restart', () => {
  restartCases(() => dev);
});
describe('shell and database', () => {
  accessCases(() => dev);
});
describe('import', () => {
  importCases(() => dev);
});
describe('lost answers', () => {
  lostAnswerCases(() => dev);
});
describe('start and stop', () => {
  afterReleases(() => dev);
});
