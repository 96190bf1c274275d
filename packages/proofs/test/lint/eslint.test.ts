import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../../..');
const RULES = [
  '@typescript-eslint/no-require-imports',
  'aws/all-pages',
  'aws/client',
  'aws/fetch',
  'aws/reason',
  'no-restricted-imports',
  'no-restricted-syntax',
  'own/removals',
  'manifests/manifest',
  'packages/door',
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
const BY_DOOR = 'Import the app through @infra/commands/app';

const IMPORTS: readonly Row[] = [
  refused('lib/constructs/network.ts', from('../../packages/commands/src/steps'), NOT_THE_APP),
  refused('lib/outputs.ts', from('@infra/common/words'), NOT_THE_APP),
  refused('lib/outputs.ts', from('aws-cdk-lib'), 'aws-cdk-lib/core'),
  refused('lib/outputs.ts', from('cdk-nag'), 'package.json does not name cdk-nag, or for development alone'),
  refused('test/app/outputs.test.ts', from('@infra/common/words'), "The app's tests know no package"),
  refused('packages/change-review/src/review.ts', from('../../../lib/config'), BY_DOOR),
  refused('packages/operate/src/app.ts', from('../../../lib/config'), BY_DOOR),
  refused('packages/operate/src/office-hours.ts', from('../../../lib/config'), BY_DOOR),
  refused('packages/operate/test/office-hours.test.ts', from('../../../lib/config'), BY_DOOR),
  refused('packages/operate/src/office-hours.ts', "void import('../../../lib/config');", BY_DOOR),
  refused('packages/commands/src/app.ts', from('../../../bin/prooflink'), BY_DOOR),
  refused('packages/commands/src/app.ts', from('../../../test/support/config'), BY_DOOR),
  refused('packages/local/src/deploy-local.ts', from('../../local-aws/src/cdk'), BY_DOOR),
  refused(
    'packages/cost/src/bill.ts',
    from('@infra/operate/words'),
    'packages/cost/package.json does not name @infra/operate',
  ),
  refused(
    'packages/cost/src/bill.ts',
    from('@infra/local-aws'),
    'packages/cost/package.json does not name @infra/local-aws',
  ),
  refused('packages/operate/src/drift/drift.ts', "const x = require('./words');", 'require'),
  refused('packages/operate/src/drift/drift.ts', "void import('../health/words');", 'loaded late'),
  allowed('packages/commands/src/app.ts', from('../../../lib/config/names')),
  allowed('packages/operate/src/office-hours.ts', from('@infra/commands/app')),
  allowed('packages/operate/test/office-hours.test.ts', from('../../../test/support/config')),
  allowed('packages/operate/src/commands.ts', "void import('./health/health');"),
  allowed('packages/local-aws/test/support/jobs.ts', from('../../src/local-aws')),
];

const TOOL = 'packages/operate/src/health/questions/costs.ts';
const SHARED = 'packages/deployed/src/schedules.ts';
const OUTLASTS = 'It waits for ever';
const PAGES = 'AWS answers a page';

const AWS: readonly Row[] = [
  refused(TOOL, 'new ECSClient({ region });', OUTLASTS),
  refused(SHARED, 'new sdk.S3({});', OUTLASTS),
  refused(SHARED, "await fetch(url, { method: 'POST' });", OUTLASTS),
  refused(TOOL, 'await client.send(new ListTasksCommand({ cluster }));', PAGES),
  refused(TOOL, 'await it.client(ECS).listTasks({ cluster });', PAGES),
  // The SDK has no paginator for these, and AWS answers a page all the same.
  refused(TOOL, 'client.send(new ecs.ListServiceDeploymentsCommand({ cluster }));', PAGES),
  refused(TOOL, 'await client.send(new ListResourceRecordSetsCommand({ HostedZoneId }));', PAGES),
  refused(
    TOOL,
    '// eslint-disable-next-line aws/all-pages\nawait client.send(new ListTasksCommand({ cluster }));',
    'reason',
  ),
  allowed(TOOL, 'awsClient(ECSClient, { region });'),
  allowed(TOOL, 'await fetch(url, { signal: AbortSignal.timeout(1) });'),
  allowed(TOOL, "list(paginateListTasks({ client }, { cluster }), 'taskArns');"),
  // Its answer has a date called `NextRotationDate`.
  allowed(TOOL, 'await client.send(new DescribeSecretCommand({ SecretId }));'),
  allowed(
    TOOL,
    '// eslint-disable-next-line aws/all-pages -- the newest is the first\nnew ListTasksCommand({ cluster });',
  ),
];

const REMOVALS: readonly Row[] = [
  refused('packages/operate/src/drift/drift.ts', "import { rmSync as gone } from 'node:fs';", 'use removeOwnPath'),
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
  refused(
    'packages/operate/src/drift/drift.ts',
    'spawnSync("sh", ["-c", `cd ${x} && rm -rf *`]);',
    'use removeOwnPath',
  ),
  refused('packages/local-aws/src/python.ts', "run(base, ['-m', 'venv', '--clear', folder]);", 'use removeOwnPath'),
  allowed('packages/common/src/own-paths.ts', "import { rmSync } from 'node:fs'; rmSync('x');"),
  allowed('packages/operate/src/drift/drift.ts', "removeOwnPath('rms');"),
];

const BY_CONTAINER_NAME = 'Find a container by its name';

const CONTAINERS: readonly Row[] = [
  refused('packages/deployed/src/containers.ts', 'f(task?.containers?.[0]?.image);', BY_CONTAINER_NAME),
  refused('packages/deployed/src/containers.ts', 'f((task.containers ?? [])[0]);', BY_CONTAINER_NAME),
  refused('packages/deployed/src/containers.ts', 'f(definition.containerDefinitions?.at(0));', BY_CONTAINER_NAME),
  refused(
    'packages/local/src/usage.ts',
    'const [container] = definition?.containerDefinitions ?? [];',
    BY_CONTAINER_NAME,
  ),
  refused('packages/operate/src/release/plan.ts', 'const { containers: [container] = [] } = task;', BY_CONTAINER_NAME),
  allowed('packages/operate/src/release/plan.ts', 'f(applicationContainer(task.containers));'),
];

const BY_PATH = 'Find a part by its construct path';
const A_TEST = 'test/constructs/database.test.ts';

const PARTS: readonly Row[] = [
  refused(TOOL, 'const queue = allPhysicalIds(stack, QUEUE)[0];', BY_PATH),
  refused(TOOL, 'const [queue] = allPhysicalIds(stack, QUEUE);', BY_PATH),
  refused('packages/cost/src/fargate-costs.ts', "const [service] = resources.ofType('AWS::ECS::Service');", BY_PATH),
  refused(TOOL, "const queue = all.find(({ type }) => type === 'AWS::Batch::JobQueue');", BY_PATH),
  refused(SHARED, "const secret = arns.find((arn) => arn.includes('Master'));", BY_PATH),
  refused(A_TEST, "const database = stack.all('AWS::RDS::DBInstance').at(-1);", BY_PATH),
  allowed(TOOL, 'const count = allPhysicalIds(stack, ALARM).length;'),
  allowed(SHARED, 'const queue = physicalIdOf(stack, Part.jobQueue);'),
];

interface RuleAndRows {
  readonly rule: string;
  readonly rows: readonly Row[];
}

const RULES_AND_ROWS: readonly RuleAndRows[] = [
  {
    rule: 'a package imports the app through its door, other packages by name, and nothing that its manifest does not name',
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
    rule: 'a part is found by its construct path, not as the first of its type, nor by a piece of its name',
    rows: PARTS,
  },
  {
    rule: 'a container of a task is found by its name, not as the first: GuardDuty adds one to each task',
    rows: CONTAINERS,
  },
];

/** Messages on each row. */
let messages: ReadonlyMap<Row, string>;

beforeAll(() => {
  const rows = RULES_AND_ROWS.flatMap((rule) => rule.rows);
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
