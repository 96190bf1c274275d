import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CopyOfApp } from '@infra/testing/copy-of-app';

const app = new CopyOfApp();
beforeAll(() => {
  app.addEverything();
});
afterAll(() => {
  app.remove();
});

/** Replaces a piece of a file, wherever it occurs. */
function replace(path: string, piece: string, newPiece: string): void {
  const text = app.read(path);
  if (!text.includes(piece)) throw new Error(`${path} lacks ${piece}`);
  app.write(path, text.replaceAll(piece, newPiece));
}

/** Runs npm run renew; returns what it reports if it fails. */
function renew(): string {
  const { status, stderr } = app.run('npm run --silent renew');
  return status === 0 ? '' : stderr;
}

/** Writes an environment of lib/config with the values of the tests' other one for ARM64, changed further. */
function writeEnvironment(name: string, base: 'dev' | 'prod', changes: Readonly<Record<string, string>>): void {
  const nameOfBase = new RegExp(`\\b${base}(?=[:.])|(?<=prooflink_)${base}`, 'g');
  let text = readFileSync(join(__dirname, '../../../../test/support/configs', `${base}.ts`), 'utf8')
    .replace('../../../lib/config/', './')
    .replaceAll(nameOfBase, name);
  for (const [piece, newPiece] of Object.entries({ "'X86_64'": "'ARM64'", ...changes })) {
    if (text.split(piece).length !== 2) throw new Error(`${base} has ${piece} not once`);
    text = text.replace(piece, newPiece);
  }
  app.write(`lib/config/${name}.ts`, text);
}

interface TestResult {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

/** Results of a file of tests; without any if it could not run, for the reason in its message. */
interface FileResult {
  readonly message: string;
  readonly assertionResults: readonly TestResult[];
}

/** The name of a test, and why it failed. */
function described({ fullName, failureMessages }: TestResult): string {
  return [fullName, ...failureMessages].join('\n').slice(0, 2000);
}

/** Runs what package.json calls the test; returns the names of its tests, and why a file could not run. */
function npmTest(): { failed: string[]; passed: string[] } {
  const { scripts } = JSON.parse(app.read('package.json')) as { scripts: { test: string } };
  const { stdout, stderr } = app.run(`PATH="node_modules/.bin:$PATH"; ${scripts.test} --ci --json`);
  if (!stdout.startsWith('{')) throw new Error(stderr);
  const { testResults: files } = JSON.parse(stdout) as { testResults: readonly FileResult[] };
  const results = files.flatMap(({ assertionResults }) => assertionResults);
  const failed = results.filter(({ status }) => status === 'failed').map(described);
  const passed = results.filter(({ status }) => status === 'passed').map(described);
  const notRun = files.filter(({ assertionResults }) => assertionResults.length === 0);
  return { failed: [...failed, ...notRun.map(({ message }) => message)], passed };
}

test('dev with prod’s values, prod with dev’s, staging, a prod in Osaka and a further stack beside them, GitHub connected: renewed, with a line for each deviation, npm test is green', () => {
  app.addEnvironment('teststaging');
  app.addEnvironment('prodosaka');
  replace('lib/config/prodosaka.ts', 'ap-northeast-1', 'ap-northeast-3');
  replace('lib/config/delivery.ts', '  repository: undefined', "  repository: 'team/infrastructure'");
  replace('lib/config/delivery.ts', 'applicationRepository: undefined', "applicationRepository: 'team/app'");
  replace('.github/CODEOWNERS', '@prooflink/', '@team/');
  replace('lib/create-stacks.ts', 'type App }', 'type App, Stack }');
  const shared = "new Stack(app, 'ProoflinkShared', { env: { account: '123456789012', region: 'ap-northeast-1' } });";
  replace('lib/create-stacks.ts', '  return Object', `  ${shared}\n  return Object`);
  writeEnvironment('dev', 'prod', {
    'account: undefined': "account: '123456789012'",
    "engineVersion: '15'": "engineVersion: '16'",
    'openPorts: [443]': 'openPorts: [80, 443]',
    "'prooflink.example.com'": "'dev.team.co.jp'",
    "'example.com'": "'team.co.jp'",
    'budget: undefined': "budget: { amount: 100, email: 'dev@team.co.jp' }",
    'migration: undefined':
      "migration: { command: ['npx', 'prisma', 'migrate', 'deploy'], timeout: Duration.minutes(30) }",
    'settings: undefined,\n  },\n  alarms':
      "settings: { variables: { SMTP_HOST: 'smtp.example.com' }, secrets: ['SMTP_PASSWORD'] },\n  },\n  alarms",
  });
  writeEnvironment('prod', 'dev', {
    'account: undefined': "account: '210987654321'",
    "'10.0.2.0/24'": "'10.0.3.0/24'",
    "allowedRanges: ['0.0.0.0/0']": "allowedRanges: ['54.249.113.0/24', '13.112.100.7/32']",
    "days: 'every-day'": "days: 'weekdays'",
    'schedule: undefined': "schedule: { time: '10:30', days: 'weekdays', fileKey: 'imports/users.csv' }",
  });
  expect(renew()).toBe('');
  const { stderr } = app.run('npx jest test/guide/guide --ci');
  const lines = new Set(
    [...stderr.matchAll(/'(?:dev|prod): [^']+': '<why>',/g)].map(([line]) => line.replace('<why>', 'tried')),
  );
  expect(lines.size).toBeGreaterThan(20);
  const deviations = 'test/guide/deviations.ts';
  app.write(deviations, app.read(deviations).replace('= {}', `= {\n  ${[...lines].join('\n  ')}\n}`));

  const { failed, passed } = npmTest();
  expect(failed).toEqual([]);
  expect(passed.length).toBeGreaterThan(800);
  expect(passed).toContain(
    'lib/teststaging every role and every policy of a resource is in test/rights/specification.ts',
  );
}, 900_000);
