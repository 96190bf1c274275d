import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');
const RULES = [
  ...['no-restricted-imports', 'no-restricted-syntax', '@typescript-eslint/no-require-imports', 'own/removals'],
  ...['aws/client', 'aws/fetch', 'aws/all-pages', 'aws/reason', 'no-warning-comments', 'own/verbs'],
];

/** A program, since Jest loads no ES module. */
const LINT = `
  import { ESLint } from 'eslint';
  import tseslint from 'typescript-eslint';
  const [rules, files] = JSON.parse(process.argv[1]);
  const eslint = new ESLint({
    overrideConfig: [tseslint.configs.disableTypeChecked],
    ruleFilter: ({ ruleId }) => rules.includes(ruleId),
  });
  const found = [];
  for (const [file, line] of files) {
    const [{ messages }] = await eslint.lintText(line + '\\n', { filePath: file });
    found.push(messages.map(({ message }) => message).join());
  }
  console.log(JSON.stringify(found));
`;

/** A line, as if it were alone in its file, and words of its refusal; it is allowed without. */
type Row = readonly [file: string, line: string, message?: string];

const from = (module: string): string => `import { x } from '${module}';`;

const IMPORTS: readonly Row[] = [
  ['lib/constructs/network.ts', from('../../tools/shared/words'), 'The app knows neither packages'],
  ['lib/outputs.ts', from('../test/support/config'), 'The app knows neither packages'],
  ['lib/outputs.ts', from('aws-cdk-lib'), 'aws-cdk-lib/core'],
  ['tools/drift/judge.ts', from('../review/report'), 'never from another tool'],
  ['tools/drift/judge.ts', from('../prooflink'), 'never from another tool'],
  ['tools/drift/judge.ts', from('../../lib/outputs'), 'never from another tool'],
  ['tools/drift/judge.ts', from('../../test/support/config'), 'never from another tool'],
  ['lib/outputs.ts', from('@infra/common/words'), 'The app knows neither packages'],
  ['tools/review/comment/run.ts', from('../../drift/render'), 'never from another tool'],
  ['tools/review/command.ts', "const x = require('./run');", 'require'],
  ['tools/review/command.ts', "void import('../review/run');", 'loaded late'],
  ['tools/shared/times.ts', from('../drift/render'), 'What tools share knows none of them'],
  ['tools/environment/web-service.ts', from('../health/run'), 'never from another tool'],
  ['tools/shared/times.ts', from('../environment/web-service'), 'What tools share knows none of them'],
  ['tools/health/questions/web.ts', from('../../drift/judge'), 'never from another tool'],
  ['packages/local-aws/src/cdk.ts', from('../../../tools/shared/times'), 'A package knows nothing of the app'],
  ['packages/change-review/src/judge.ts', from('../../../lib/config'), 'A package knows nothing of the app'],
  ['packages/local-aws/test/support/jobs.ts', from('../../../../test/support/config'), 'A package knows nothing'],
  ['packages/change-review/test/network.test.ts', from('../../common/src/words'), 'Import a package by its name'],
  ['tools/deploy-local/deploy-local.ts', from('../../packages/local-aws/src/cdk'), 'Import a package by its name'],
  ['test/life-cycle/dev.test.ts', from('../../packages/local-aws/src/cdk'), 'Import a package by its name'],
  ['lib/constructs/network.ts', from('../config/environment')],
  ['tools/prooflink.ts', from('./people')],
  ['tools/drift/judge.ts', from('@infra/common/words')],
  ['tools/drift/judge.ts', from('../../lib/config/names')],
  ['tools/deploy-local/deploy-local.ts', from('@infra/local-aws')],
  ['tools/review/comment/run.ts', from('./body')],
  ['tools/review/command.ts', "void import('@infra/change-review');"],
  ['tools/review/command.ts', "void import('./run');"],
  ['tools/shared/times.ts', from('../../lib/config')],
  ['tools/environment/web-service.ts', from('../shared/aws')],
  ['tools/health/questions/web.ts', from('../../environment/web-service')],
  ['tools/release/serving.ts', from('../environment/web-service')],
  ['packages/local-aws/src/cdk.ts', from('./processes')],
  ['packages/local-aws/test/support/jobs.ts', from('../../src/local-aws')],
  ['test/life-cycle/dev.test.ts', from('@infra/local-aws')],
];

const [TOOL, SHARED] = ['tools/health/questions/costs.ts', 'tools/environment/schedules.ts'];
const OUTLASTS = 'It waits for ever';
const PAGES = 'AWS answers a page';

const AWS: readonly Row[] = [
  [TOOL, 'new ECSClient({ region });', OUTLASTS],
  [TOOL, 'new ECS({ region });', OUTLASTS],
  [SHARED, 'new sdk.S3Client({});', OUTLASTS],
  [TOOL, 'new ecs.ECSClient({});', OUTLASTS],
  [TOOL, 'await fetch(url);', OUTLASTS],
  [SHARED, "await fetch(url, { method: 'POST' });", OUTLASTS],
  [TOOL, 'await client.send(new ListTasksCommand({ cluster }));', PAGES],
  [TOOL, 'await client.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));', PAGES],
  [TOOL, 'await client.send(new GetMetricDataCommand(wanted));', PAGES],
  [TOOL, 'await it.client(ECS).listTasks({ cluster });', PAGES],
  [SHARED, 'const wanted = new sdk.DescribeLoadBalancersCommand({});', PAGES],
  // The SDK has no paginator for these, and AWS answers a page all the same.
  [TOOL, 'client.send(new ecs.ListServiceDeploymentsCommand({ cluster }));', PAGES],
  [TOOL, 'await client.send(new ListResourceRecordSetsCommand({ HostedZoneId }));', PAGES],
  [TOOL, 'await client.send(new ListObjectVersionsCommand({ Bucket }));', PAGES],
  [TOOL, '// eslint-disable-next-line aws/all-pages\nawait client.send(new ListTasksCommand({ cluster }));', 'reason'],
  [TOOL, 'awsClient(ECSClient, { region });'],
  [SHARED, 'new Client({ requestHandler });'],
  [TOOL, 'await fetch(url, { signal: AbortSignal.timeout(1) });'],
  [TOOL, "list(paginateListTasks({ client }, { cluster }), 'taskArns');"],
  [TOOL, 'await client.send(new DescribeServicesCommand({ cluster, services }));'],
  [TOOL, 'await it.client(ECS).describeServices({ cluster, services });'],
  [TOOL, "await list(it.client(ECS).paginateListTasks({ cluster }), 'taskArns');"],
  // Its answer has a date called `NextRotationDate`.
  [TOOL, 'await client.send(new DescribeSecretCommand({ SecretId }));'],
  [TOOL, '// eslint-disable-next-line aws/all-pages -- the newest is the first\nnew ListTasksCommand({ cluster });'],
  ['tools/sample-app/web/server.js', 'new S3Client({});'],
];

const REMOVALS: readonly Row[] = [
  ['tools/drift/run.ts', "import { rmSync as gone } from 'node:fs';", 'use removeMade'],
  ['test/support/synth.ts', "import * as fs from 'node:fs'; fs.unlinkSync('x');", 'use removeMade'],
  ['lib/outputs.ts', "import fs from 'node:fs/promises'; void fs['rm']('x');", 'use removeMade'],
  ['lib/constructs/migration/index.js', "const { rmdir } = require('fs'); rmdir('x');", 'use removeMade'],
  [
    'packages/local-aws/server/runtime/balancer.mjs',
    "import { unlink } from 'node:fs'; unlink('x');",
    'use removeMade',
  ],
  ['jest.config.js', "require('fs').rmdirSync('x');", 'use removeMade'],
  ['packages/common/src/at-exit.ts', "spawnSync('rm', ['-rf', 'x']);", 'use removeMade'],
  ['tools/drift/run.ts', 'spawnSync("sh", ["-c", `cd ${x} && rm -rf *`]);', 'use removeMade'],
  ['packages/local-aws/src/python.ts', "run(base, ['-m', 'venv', '--clear', folder]);", 'use removeMade'],
  ['packages/common/src/own-paths.ts', "import { rmSync } from 'node:fs'; rmSync('x');"],
  ['tools/drift/run.ts', "removeMade('rms');"],
];

const COMMENTS: readonly Row[] = [
  ['lib/outputs.ts', '/** Of a function nobody knows which port it gives. */', 'Unexpected'],
  ['lib/outputs.ts', '// Whoever goes back must not migrate.', 'Unexpected'],
  ['lib/outputs.ts', '/** With which ECS calls the function. */', 'Unexpected'],
  ['lib/outputs.ts', '/** Whether web tasks run. */', 'Unexpected'],
  ['lib/outputs.ts', '// The alarm tells the operator.', 'such as fix, fire, report'],
  ['test/app/outputs.test.ts', "test.each([1])('%s is told', () => undefined);", 'such as fix, fire, report'],
  ['lib/outputs.ts', '// Intrinsics are unknown at synth: assume the widest range of ports.'],
  ['lib/outputs.ts', '/** Role that ECS assumes to invoke the function. */'],
];

const TESTS: Readonly<Record<string, readonly Row[]>> = {
  'no import leaves its room but through a door: lib, tools/shared, each tool, each package': IMPORTS,
  'AWS is asked with a deadline, and its lists are read to their ends': AWS,
  'TypeScript and JavaScript remove nothing but through own-paths.ts': REMOVALS,
  'riddles at the start of a comment and house verbs are refused: a reader has to solve them before the code': COMMENTS,
};

/** Messages on each row. */
let said: ReadonlyMap<Row, string>;

beforeAll(() => {
  const rows = Object.values(TESTS).flat();
  const args = ['--input-type=module', '--eval', LINT, JSON.stringify([RULES, rows])];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  expect(stderr).toBe('');
  const found = JSON.parse(stdout) as string[];
  said = new Map(rows.map((row, index) => [row, found[index] ?? 'not linted']));
});

test.each(Object.entries(TESTS))('%s', (_, rows) => {
  const reported = rows.map((row) => [row[1], said.get(row)]);
  expect(reported).toEqual(
    rows.map(([, line, message]) => [line, message ? (expect.stringContaining(message) as string) : '']),
  );
});

test('comments and docstrings of Python follow the same rule', () => {
  const lists = readFileSync('eslint.config.mjs', 'utf8').matchAll(/(?:RIDDLES|QUESTIONS) = \[([^\]]+)\]/g);
  const terms = Array.from(lists, ([, list = '']) => list.match(/[a-z][a-z ]+/g) ?? []).flat();
  const riddle = new RegExp(`(^|\\s)(#:?|"{3})\\s*(${terms.join('|')})\\b`, 'i');
  const bad = [
    '# Of a function',
    'port = 1  #: whose port',
    '    """Nobody reads more."""',
    '"""With which ECS calls it.',
  ];
  expect(bad.filter((line) => !riddle.test(line))).toEqual([]);
  const server = 'packages/local-aws/server';
  const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.py'));
  expect(files.length).toBeGreaterThan(0);
  const lines = files.flatMap((file) => readFileSync(join(server, file), 'utf8').split('\n'));
  expect(lines.filter((line) => riddle.test(line))).toEqual([]);
});
