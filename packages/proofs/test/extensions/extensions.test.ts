import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CopyOfApp } from '@infra/testing/copy-of-app';
import { type Edit, extensions } from './extensions';

const PROOFS = '-c packages/proofs/jest.config.js';

/** Runs of Jest: the app's tests, and those that compare pages with it. */
const TESTS = ['', `${PROOFS} packages/proofs/test/docs`];

/** Those of them whose failures ask for the edits. */
const ASKING_TESTS = [
  'test/app/taken-names test/guide/guide test/rights/',
  `${PROOFS} packages/proofs/test/docs/application.test.ts packages/proofs/test/docs/readme`,
];

/** Half a minute on an idle machine. */
const MINUTES = 300_000;

const app = new CopyOfApp();
beforeAll(() => {
  app.addEverything();
  app.useTestConfigs();
});
afterAll(() => {
  app.remove();
});

/** Copies a construct from here into lib/constructs, from where it imports the app's. */
function addConstruct(file: string): void {
  const source = readFileSync(join(__dirname, 'constructs', file), 'utf8');
  app.write(`lib/constructs/${file}`, source.replaceAll("'../../../../../lib/", "'../"));
}

function apply({ file, text, becomes }: Edit): void {
  const content = app.read(file);
  const count = content.split(text).length - 1;
  if (count !== 1) throw new Error(`${file} has this text ${count} times, not once: ${text}`);
  app.write(
    file,
    content.replace(text, () => becomes),
  );
}

/** Runs tests of the copy; returns why tests fail, each after its file and title. */
function failuresOf(runs: readonly string[], option: '--ci' | '-u'): string[] {
  return runs.flatMap((tests) => failuresOfRun(tests, option));
}

function failuresOfRun(tests: string, option: '--ci' | '-u'): string[] {
  const { stdout, stderr } = app.run(`npx jest ${tests} --json ${option}`, { FORCE_COLOR: '0' });
  if (!stdout.startsWith('{')) throw new Error(stderr);
  const { testResults } = JSON.parse(stdout) as {
    testResults: {
      name: string;
      status: string;
      message: string;
    }[];
  };
  const failed = testResults.filter(({ status }) => status === 'failed');
  return failed.map(({ name, message }) => `${name.slice(app.directory.length + 1)}: ${message}`);
}

test(
  'the extensions of a team synthesize',
  () => {
    for (const { constructs, lib } of extensions) {
      constructs.forEach(addConstruct);
      lib.forEach(apply);
    }
    expect(app.synth()).toEqual({ status: 0, output: '' });
  },
  MINUTES,
);

test(
  'each place that is forgotten is asked for by a failing test',
  () => {
    const failures = failuresOf(ASKING_TESTS, '--ci').join('\n');
    const requested = extensions.flatMap((extension) => extension.requested);
    expect(requested.filter(({ failure }) => !failures.includes(failure))).toEqual([]);
  },
  MINUTES,
);

test(
  'with every place written and the snapshots renewed, no test fails',
  () => {
    for (const { requested } of extensions) requested.forEach(apply);
    expect(failuresOf(TESTS, '-u')).toEqual([]);
  },
  MINUTES,
);
