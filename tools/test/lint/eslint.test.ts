import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../../..');
const RULES = [
  '@typescript-eslint/no-require-imports',
  '@typescript-eslint/no-shadow',
  'aws/all-pages',
  'aws/client',
  'aws/fetch',
  'aws/reason',
  'no-restricted-imports',
  'no-restricted-syntax',
  'no-warning-comments',
  'own/removals',
  'own/verbs',
  'tools/rooms',
];

/** A program, since Jest loads no ES module. */
const LINT = `
  import { readFileSync } from 'node:fs';
  import { ESLint } from 'eslint';
  import tseslint from 'typescript-eslint';
  const [rules, files] = JSON.parse(readFileSync(0, 'utf8'));
  const eslint = new ESLint({
    overrideConfig: [tseslint.configs.disableTypeChecked],
    ruleFilter: ({ ruleId }) => rules.includes(ruleId),
  });
  const reported = [];
  for (const { file, line } of files) {
    const [{ messages }] = await eslint.lintText(line + '\\n', { filePath: file });
    reported.push(messages.map(({ message }) => message).join());
  }
  console.log(JSON.stringify(reported));
`;

/** A line, as if it were alone in its file. */
interface Row {
  readonly file: string;
  readonly line: string;
  /** Part of its refusal; it is allowed without. */
  readonly message?: string;
}

const refused = (file: string, line: string, message: string): Row => ({ file, line, message });
const allowed = (file: string, line: string): Row => ({ file, line });

const from = (module: string): string => `import { x } from '${module}';`;

const NOT_THE_APP = 'The app knows neither packages';
const NO_ROOM_OF_THE_APP = 'A package knows nothing of the app';
const BY_NAME = 'Import a package by its name';

const IMPORTS: readonly Row[] = [
  refused('lib/constructs/network.ts', from('../../tools/program/steps'), NOT_THE_APP),
  refused('lib/outputs.ts', from('../test/support/config'), NOT_THE_APP),
  refused('lib/outputs.ts', from('@infra/common/words'), NOT_THE_APP),
  refused('lib/outputs.ts', from('aws-cdk-lib'), 'aws-cdk-lib/core'),
  allowed('lib/constructs/network.ts', from('../config/environment')),

  refused('tools/operate/drift/judge.ts', from('../health/render'), 'operate/drift may import from deployed, program'),
  refused('tools/operate/office-hours.ts', from('./health/render'), 'operate/office-hours may import from'),
  refused('tools/operate/drift/judge.ts', from('../commands'), 'operate/drift may import from'),
  refused('tools/operate/drift/judge.ts', from('../../prooflink'), 'operate/drift may import from'),
  refused('tools/operate/drift/judge.ts', from('../../workflows/github'), 'operate/drift may import from'),
  refused('tools/operate/drift/judge.ts', from('../../../lib/outputs'), 'operate/drift may import from'),
  refused('tools/operate/drift/judge.ts', from('../../../test/support/config'), 'operate/drift may import from'),
  refused(
    'tools/operate/health/questions/web/web-tasks.ts',
    from('../../../drift/judge'),
    'operate/health may import from',
  ),
  refused('tools/operate/health/question.ts', from('../rehearse/page'), 'operate/health may import from'),
  allowed('tools/operate/drift/judge.ts', from('@infra/common/words')),
  allowed('tools/operate/drift/judge.ts', from('../../../lib/config/names')),
  allowed('tools/operate/release/serving.ts', from('../../deployed/web-service')),
  allowed('tools/operate/health/questions/web/web-tasks.ts', from('../../../../deployed/web-service')),
  allowed('tools/operate/health/questions/web/web-tasks.ts', from('../../question')),

  refused(
    'tools/deployed/tokyo-time.ts',
    from('../operate/drift/render-drift-issue'),
    'deployed may import from program',
  ),
  refused('tools/program/steps.ts', from('../deployed/tokyo-time'), 'program may import from lib/config'),
  refused('tools/cost/bill.ts', from('../workflows/github'), 'cost may import from'),
  refused(
    'tools/workflows/comment/comment.ts',
    from('../../operate/drift/render-drift-issue'),
    'workflows may import from',
  ),
  refused('tools/local/session.ts', "export * from '../operate/health/health';", 'local may import from'),
  allowed('tools/deployed/tokyo-time.ts', from('../../lib/config')),
  allowed('tools/deployed/web-service.ts', from('../program/steps')),
  allowed('tools/workflows/comment/comment.ts', from('../github')),
  allowed('tools/local/deploy-local.ts', from('@infra/local-aws')),
  allowed('tools/prooflink.ts', from('./operate/commands')),
  allowed('tools/operate/commands.ts', "void import('./health/health');"),
  allowed('tools/operate/commands.ts', "void import('../cost/cost');"),

  refused('tools/workflows/commands.ts', "const x = require('./github');", 'require'),
  refused('tools/workflows/review/review.ts', "void import('../comment/texts');", 'loaded late'),
  allowed('tools/workflows/review/review.ts', "void import('@infra/change-review');"),

  refused('packages/local-aws/src/cdk.ts', from('../../../tools/deployed/tokyo-time'), NO_ROOM_OF_THE_APP),
  refused('packages/change-review/src/judge.ts', from('../../../lib/config'), NO_ROOM_OF_THE_APP),
  refused('packages/local-aws/test/support/jobs.ts', from('../../../../test/support/config'), NO_ROOM_OF_THE_APP),
  refused('packages/change-review/test/network.test.ts', from('../../common/src/words'), BY_NAME),
  refused('tools/local/deploy-local.ts', from('../../packages/local-aws/src/cdk'), BY_NAME),
  refused('test/life-cycle/prod.test.ts', from('../../packages/local-aws/src/cdk'), BY_NAME),
  allowed('packages/local-aws/src/cdk.ts', from('./processes')),
  allowed('packages/local-aws/test/support/jobs.ts', from('../../src/local-aws')),
  allowed('tools/test/life-cycle/prod.test.ts', from('@infra/local-aws')),
];

const TOOL = 'tools/operate/health/questions/costs.ts';
const SHARED = 'tools/deployed/schedules.ts';
const OUTLASTS = 'It waits for ever';
const PAGES = 'AWS answers a page';

const AWS: readonly Row[] = [
  refused(TOOL, 'new ECSClient({ region });', OUTLASTS),
  refused(TOOL, 'new ECS({ region });', OUTLASTS),
  refused(SHARED, 'new sdk.S3Client({});', OUTLASTS),
  refused(TOOL, 'new ecs.ECSClient({});', OUTLASTS),
  refused(TOOL, 'await fetch(url);', OUTLASTS),
  refused(SHARED, "await fetch(url, { method: 'POST' });", OUTLASTS),
  refused(TOOL, 'await client.send(new ListTasksCommand({ cluster }));', PAGES),
  refused(TOOL, 'await client.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));', PAGES),
  refused(TOOL, 'await client.send(new GetMetricDataCommand(wanted));', PAGES),
  refused(TOOL, 'await it.client(ECS).listTasks({ cluster });', PAGES),
  refused(SHARED, 'const wanted = new sdk.DescribeLoadBalancersCommand({});', PAGES),
  // The SDK has no paginator for these, and AWS answers a page all the same.
  refused(TOOL, 'client.send(new ecs.ListServiceDeploymentsCommand({ cluster }));', PAGES),
  refused(TOOL, 'await client.send(new ListResourceRecordSetsCommand({ HostedZoneId }));', PAGES),
  refused(TOOL, 'await client.send(new ListObjectVersionsCommand({ Bucket }));', PAGES),
  refused(
    TOOL,
    '// eslint-disable-next-line aws/all-pages\nawait client.send(new ListTasksCommand({ cluster }));',
    'reason',
  ),
  allowed(TOOL, 'awsClient(ECSClient, { region });'),
  allowed(SHARED, 'new Client({ requestHandler });'),
  allowed(TOOL, 'await fetch(url, { signal: AbortSignal.timeout(1) });'),
  allowed(TOOL, "list(paginateListTasks({ client }, { cluster }), 'taskArns');"),
  allowed(TOOL, 'await client.send(new DescribeServicesCommand({ cluster, services }));'),
  allowed(TOOL, 'await it.client(ECS).describeServices({ cluster, services });'),
  allowed(TOOL, "await list(it.client(ECS).paginateListTasks({ cluster }), 'taskArns');"),
  // Its answer has a date called `NextRotationDate`.
  allowed(TOOL, 'await client.send(new DescribeSecretCommand({ SecretId }));'),
  allowed(
    TOOL,
    '// eslint-disable-next-line aws/all-pages -- the newest is the first\nnew ListTasksCommand({ cluster });',
  ),
  allowed('tools/local/sample-app/web/server.js', 'new S3Client({});'),
];

const REMOVALS: readonly Row[] = [
  refused('tools/operate/drift/drift.ts', "import { rmSync as gone } from 'node:fs';", 'use removeOwnPath'),
  refused('test/support/synth.ts', "import * as fs from 'node:fs'; fs.unlinkSync('x');", 'use removeOwnPath'),
  refused('lib/outputs.ts', "import fs from 'node:fs/promises'; void fs['rm']('x');", 'use removeOwnPath'),
  refused('lib/constructs/migration/index.js', "const { rmdir } = require('fs'); rmdir('x');", 'use removeOwnPath'),
  refused(
    'packages/local-aws/server/runtime/balancer.mjs',
    "import { unlink } from 'node:fs'; unlink('x');",
    'use removeOwnPath',
  ),
  refused('jest.config.js', "require('fs').rmdirSync('x');", 'use removeOwnPath'),
  refused('packages/common/src/at-exit.ts', "spawnSync('rm', ['-rf', 'x']);", 'use removeOwnPath'),
  refused('tools/operate/drift/drift.ts', 'spawnSync("sh", ["-c", `cd ${x} && rm -rf *`]);', 'use removeOwnPath'),
  refused('packages/local-aws/src/python.ts', "run(base, ['-m', 'venv', '--clear', folder]);", 'use removeOwnPath'),
  allowed('packages/common/src/own-paths.ts', "import { rmSync } from 'node:fs'; rmSync('x');"),
  allowed('tools/operate/drift/drift.ts', "removeOwnPath('rms');"),
];

const COMMENTS: readonly Row[] = [
  refused('lib/outputs.ts', '/** Of a function nobody knows which port it gives. */', 'Unexpected'),
  refused('lib/outputs.ts', '// Whoever goes back must not migrate.', 'Unexpected'),
  refused('lib/outputs.ts', '/** With which ECS calls the function. */', 'Unexpected'),
  refused('lib/outputs.ts', '/** Whether web tasks run. */', 'Unexpected'),
  refused('lib/outputs.ts', '// The alarm tells the operator.', 'such as fix, fire, report'),
  refused('test/app/outputs.test.ts', "test.each([1])('%s is told', () => undefined);", 'such as fix, fire, report'),
  allowed('lib/outputs.ts', '// Intrinsics are unknown at synth: assume the widest range of ports.'),
  allowed('lib/outputs.ts', '/** Role that ECS assumes to invoke the function. */'),
];

const BY_CONTAINER_NAME = 'Find a container by its name';

const CONTAINERS: readonly Row[] = [
  refused('tools/deployed/containers.ts', 'f(task.containers[0]);', BY_CONTAINER_NAME),
  refused('tools/deployed/containers.ts', 'f(task?.containers?.[0]?.image);', BY_CONTAINER_NAME),
  refused('tools/deployed/containers.ts', 'f((task.containers ?? [])[0]);', BY_CONTAINER_NAME),
  refused('tools/deployed/containers.ts', 'f(containers[0]);', BY_CONTAINER_NAME),
  refused('tools/deployed/containers.ts', 'f(definition.containerDefinitions?.at(0));', BY_CONTAINER_NAME),
  refused('tools/local/usage.ts', 'const [container] = definition?.containerDefinitions ?? [];', BY_CONTAINER_NAME),
  refused('tools/local/usage.ts', 'const [container] = task.containers;', BY_CONTAINER_NAME),
  refused('tools/operate/release/plan.ts', 'const { containers: [container] = [] } = task;', BY_CONTAINER_NAME),
  refused('tools/operate/release/plan.ts', 'const f = ({ containers: [container] }) => container;', BY_CONTAINER_NAME),
  allowed('tools/operate/release/plan.ts', 'f(applicationContainer(task.containers));'),
  allowed('tools/operate/release/plan.ts', 'f(tasks[0]);'),
];

const ONE_AT_A_TIME = 'Declare one thing at a time';
const ELEMENTS = 'Write the elements themselves';

const DENSE: readonly Row[] = [
  refused('lib/outputs.ts', 'const [a, b] = [1, 2];', ONE_AT_A_TIME),
  refused('packages/common/src/words.ts', 'const [a, b] = [1, 2] as const;', ONE_AT_A_TIME),
  refused('tools/program/steps.ts', 'const [a, b] = [1, 2].map(String);', ONE_AT_A_TIME),
  refused('lib/outputs.ts', 'f({ ...{ a: 1 }, b });', ELEMENTS),
  refused('tools/operate/commands.ts', 'f([...[1, 2], 3]);', ELEMENTS),
  refused('tools/deployed/tokyo-time.ts', 'const f = (a) => list.map((a) => a);', "'a' is already declared"),
  allowed('lib/outputs.ts', 'const [a, b] = pair;'),
  allowed('tools/program/steps.ts', 'f([...first, ...second], { ...defaults, b });'),
  allowed('tools/deployed/tokyo-time.ts', 'const f = (a) => list.map((b) => a + b);'),
];

const BY_PATH = 'Find a part by its construct path';
const A_TEST = 'test/constructs/database.test.ts';

const PARTS: readonly Row[] = [
  refused(TOOL, 'const queue = allPhysicalIds(stack, QUEUE)[0];', BY_PATH),
  refused(TOOL, 'const [queue] = allPhysicalIds(stack, QUEUE);', BY_PATH),
  refused(SHARED, 'const queue = allPhysicalIds(stack, QUEUE).find((one) => isOwn(one));', BY_PATH),
  refused('tools/cost/fargate-costs.ts', "const [service] = resources.ofType('AWS::ECS::Service');", BY_PATH),
  refused(TOOL, "const queue = all.find(({ type }) => type === 'AWS::Batch::JobQueue');", BY_PATH),
  refused(SHARED, "const secret = arns.find((arn) => arn.includes('Master'));", BY_PATH),
  refused(A_TEST, "const secret = ids.find((id) => id.endsWith('Secret'));", BY_PATH),
  refused(A_TEST, "const [database] = stack.all('AWS::RDS::DBInstance');", BY_PATH),
  refused(A_TEST, "const database = stack.all('AWS::RDS::DBInstance')[0];", BY_PATH),
  refused(A_TEST, "const database = stack.all('AWS::RDS::DBInstance').at(-1);", BY_PATH),
  refused(A_TEST, "const [, one] = list.find(([, { Type }]) => Type === 'AWS::RDS::DBInstance');", BY_PATH),
  allowed(TOOL, 'const count = allPhysicalIds(stack, ALARM).length;'),
  allowed(SHARED, 'const queue = physicalIdOf(stack, Part.jobQueue);'),
  allowed(A_TEST, "const roles = stack.all('AWS::IAM::Role').filter(({ path }) => path.startsWith('Web/'));"),
  allowed(A_TEST, 'const [first, second] = await Promise.all([one(), other()]);'),
];

interface RuleAndRows {
  readonly rule: string;
  readonly rows: readonly Row[];
}

const RULES_AND_ROWS: readonly RuleAndRows[] = [
  {
    rule: 'no import leaves its room but through a door: lib, each room of tools, each command, each package',
    rows: IMPORTS,
  },
  {
    rule: 'AWS is asked with a deadline, and its lists are read to their ends',
    rows: AWS,
  },
  {
    rule: 'TypeScript and JavaScript remove nothing but through own-paths.ts',
    rows: REMOVALS,
  },
  {
    rule: 'riddles at the start of a comment and house verbs are refused: a reader has to solve them before the code',
    rows: COMMENTS,
  },
  {
    rule: 'a part is found by its construct path, not as the first of its type, nor by a piece of its name',
    rows: PARTS,
  },
  {
    rule: 'a container of a task is found by its name, not as the first: GuardDuty adds one to each task',
    rows: CONTAINERS,
  },
  {
    rule: 'forms that only save lines are refused, and one name has one meaning',
    rows: DENSE,
  },
];

/** Folders that have TypeScript, relative to the repository. */
function foldersOfTypeScript(): string[] {
  const folders = ['bin', 'lib', 'packages', 'test', 'tools'].flatMap((folder) => {
    const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
    const sources = files.filter((file) => file.endsWith('.ts') && !file.includes('node_modules'));
    return sources.map((file) => dirname(join(folder, file)));
  });
  return [...new Set(folders)].sort();
}

const REFUSED_FORMS = DENSE.filter(({ message }) => message !== undefined);
/** Every form that a rule on density refuses, each in a scope of its own. */
const DENSE_TEXT = REFUSED_FORMS.map(({ line }) => `{ ${line} }`).join('\n');

/** A dense test and another dense file in a folder. */
function denseFilesIn(folder: string): Row[] {
  return [allowed(`${folder}/dense.test.ts`, DENSE_TEXT), allowed(`${folder}/dense.ts`, DENSE_TEXT)];
}

/** True if every form in a dense file is refused. */
function isRefused(row: Row): boolean {
  const reported = messages.get(row) ?? '';
  return REFUSED_FORMS.every(({ message = '' }) => reported.includes(message));
}

const FOLDERS = foldersOfTypeScript().map((folder) => ({ folder, rows: denseFilesIn(folder) }));

/** Messages on each row. */
let messages: ReadonlyMap<Row, string>;

beforeAll(() => {
  const rows = [...RULES_AND_ROWS.flatMap((rule) => rule.rows), ...FOLDERS.flatMap((folder) => folder.rows)];
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', LINT], {
    cwd: ROOT,
    encoding: 'utf8',
    input: JSON.stringify([RULES, rows]),
  });
  expect(stderr).toBe('');
  const reported = JSON.parse(stdout) as string[];
  messages = new Map(rows.map((row, index) => [row, reported[index] ?? 'not linted']));
});

describe.each(RULES_AND_ROWS)('$rule', ({ rows }) => {
  const refusals = rows.filter(({ message }) => message !== undefined);
  const admissions = rows.filter(({ message }) => message === undefined);

  test.each(refusals)('refused in $file: $line', (row) => {
    expect(messages.get(row)).toContain(row.message);
  });

  test.each(admissions)('allowed in $file: $line', (row) => {
    expect(messages.get(row)).toBe('');
  });
});

test('no folder is excepted from the rules on density: a dense line is rewritten where it stands, and a new exception would let the next ones in', () => {
  const excepted = FOLDERS.filter(({ rows }) => !rows.every(isRefused));
  expect(excepted.map(({ folder }) => folder)).toEqual([]);
});

/** Words that begin no comment, as eslint.config.mjs lists them. */
function forbiddenWords(): string[] {
  const lists = readFileSync('eslint.config.mjs', 'utf8').matchAll(/(?:RIDDLES|QUESTIONS) = \[([^\]]+)\]/g);
  return Array.from(lists, ([, list = '']) => list.match(/[a-z][a-z ]+/g) ?? []).flat();
}

/** A comment, or a docstring, that begins with such a word. */
const PYTHON_RIDDLE = new RegExp(`(^|\\s)(#:?|"{3})\\s*(${forbiddenWords().join('|')})\\b`, 'i');

test.each([
  { line: '# Of a function' },
  { line: 'port = 1  #: whose port' },
  { line: '    """Nobody reads more."""' },
  { line: '"""With which ECS calls it.' },
])('a riddle is seen in Python, too: $line', ({ line }) => {
  expect(line).toMatch(PYTHON_RIDDLE);
});

test('comments and docstrings of Python begin with no riddle', () => {
  const server = 'packages/local-aws/server';
  const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.py'));
  expect(files.length).toBeGreaterThan(0);
  const lines = files.flatMap((file) => readFileSync(join(server, file), 'utf8').split('\n'));
  expect(lines.filter((line) => PYTHON_RIDDLE.test(line))).toEqual([]);
});
