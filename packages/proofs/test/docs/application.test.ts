import { Part } from '@infra/commands/app';
import { at, deployed } from '@infra/testing/deployed';
import { type Json, text as textOf } from '@infra/testing/template';
import { runProcess } from '@infra/commands/run-process';
import { codesIn, groupsOf, page } from '@infra/testing/documents';

const stack = deployed('dev');
const web = stack.partAt(Part.webTaskDefinition, 'ContainerDefinitions.0');
const job = stack.partAt(Part.jobDefinition, 'ContainerProperties');
const targetGroup = stack.part(Part.targetGroup).properties;

const PAGES = ['docs/application.md', 'docs/application.ja.md'];

/** Statement of a cell on a container, in both languages. */
const STATEMENTS: Readonly<Record<string, string>> = {
  value: 'value',
  secret: 'secret',
  yes: 'yes',
  no: 'no',
  値: 'value',
  シークレット: 'secret',
  あり: 'yes',
  なし: 'no',
};

/** Names in a list of a container, `Environment` or `Secrets`. */
function namesIn(container: Json | undefined, list: string): string[] {
  return ((at(container, list) ?? []) as { Name: string }[]).map(({ Name }) => Name);
}

/** Kind of a variable in a container. */
function kindIn(container: Json | undefined, name: string): 'value' | 'secret' | 'no' {
  if (namesIn(container, 'Environment').includes(name)) return 'value';
  return namesIn(container, 'Secrets').includes(name) ? 'secret' : 'no';
}

/** `NAME | web task | import job`, as the templates have it. */
function variables(): string[] {
  const containers = [web, job];
  const names = containers.flatMap((container) => [
    ...namesIn(container, 'Environment'),
    ...namesIn(container, 'Secrets'),
  ]);
  return [...new Set(names)].map((name) => `${name} | ${kindIn(web, name)} | ${kindIn(job, name)}`).sort();
}

/** A right of a container: the action, and the resource's name or the end of its ARN. */
interface Right {
  readonly action: string;
  readonly resource: string;
}

/** Rights of the task role below a construct, but for those of a shell, which only some environments have. */
function rightsOf(construct: string): Right[] {
  const policies = stack.all('AWS::IAM::Policy').filter(({ path }) => {
    return path.startsWith(`${construct}/Roles/`) && !path.includes('ExecutionRole');
  });
  const statements = policies.flatMap(({ properties }) => at(properties, 'PolicyDocument.Statement') as Json[]);
  const allowed = statements.flatMap((statement) => {
    const resources = [at(statement, 'Resource') as string | string[]].flat();
    const actions = [at(statement, 'Action') as string | string[]].flat();
    return actions.flatMap((action) => resources.map((arn) => ({ action, resource: arn.replace(/^arn:[^/]+\//, '') })));
  });
  return allowed.filter(({ action }) => !action.startsWith('ssmmessages:'));
}

/** `action | its resources | web task | import job`, as the roles have it. */
function rights(): string[] {
  const ofWeb = rightsOf('Web');
  const ofJob = rightsOf('UserImport');
  const all = [...ofWeb, ...ofJob];
  const mayIf = (action: string, own: readonly Right[]) =>
    own.some((right) => right.action === action) ? 'yes' : 'no';
  const actions = [...new Set(all.map(({ action }) => action))];
  const rows = actions.map((action) => {
    const resources = new Set(all.filter((right) => right.action === action).map(({ resource }) => resource));
    return [action, [...resources].sort().join(' '), mayIf(action, ofWeb), mayIf(action, ofJob)].join(' | ');
  });
  return rows.sort();
}

/** The rows of a page whose first cell is a code: that, the codes of the second one, and the cells about a container. */
function rowsOf(text: string, code: RegExp): string[] {
  const rows = [...text.matchAll(/^\| `([^`]+)` +\|(.*)\|$/gm)].filter(([, name = '']) => code.test(name));
  const withStatements = rows.map(([, name = '', cells = '']) => {
    const statements = cells.split('|').flatMap((cell) => STATEMENTS[cell.trim()] ?? []);
    const resources = ACTION.test(name) && statements.length > 0 ? [codesIn(cells).sort().join(' ')] : [];
    return [name, ...resources, ...statements].join(' | ');
  });
  return withStatements.sort();
}

const VARIABLE = /^[A-Z][A-Z\d_]+$/;
const ACTION = /^[a-z\d]+:[A-Z]/;

/** True for a row without a statement on a container: neither has the right. */
function isDenied(row: string): boolean {
  return !row.includes('|');
}

/** The code block of a page that has a part. */
function codeWith(text: string, part: string): string {
  const blocks = groupsOf(text, /```js\n([^]*?)```/g);
  return blocks.find((block) => block.includes(part)) ?? '';
}

/** Runs a module with the variables of a web task, and returns what it prints. */
async function printedBy(code: string): Promise<string> {
  const env = {
    PATH: process.env['PATH'],
    AWS_REGION: 'ap-northeast-1',
    AWS_ACCESS_KEY_ID: 'example',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_S3_BUCKET_NAME: 'prooflink-dev-files-123456789012',
  };
  const { exitCode, stdout, stderr } = await runProcess(process.execPath, ['--input-type=module', '-e', code], { env });
  expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout.trim();
}

describe.each(PAGES)('%s', (file) => {
  const { text } = page(file);

  test('names each variable and secret of both containers: what the image waits for in vain is found in AWS only', () => {
    expect(rowsOf(text, VARIABLE)).toEqual(variables());
  });

  test('names each right of both roles', () => {
    expect(rowsOf(text, ACTION).filter((row) => !isDenied(row))).toEqual(rights());
  });

  test('denies no right that the roles have', () => {
    const denied = rowsOf(text, ACTION).filter(isDenied);
    expect(denied).toContain('batch:DescribeJobs');
    expect(denied.filter((action) => rights().some((row) => row.startsWith(`${action} |`)))).toEqual([]);
  });

  test('says what the load balancer asks', () => {
    const rows = groupsOf(text, /^\| [^|`]+\| ([^|]*`[^|]*) \|$/gm).map((cell) => codesIn(cell).sort());
    const question = `GET ${textOf(targetGroup['HealthCheckPath'])}`;
    const timeout = textOf(targetGroup['HealthCheckTimeoutSeconds']);
    const answer = textOf(at(targetGroup, 'Matcher.HttpCode'));
    expect(rows).toEqual([
      [textOf(at(web, 'PortMappings.0.ContainerPort'))],
      [question, timeout, answer].sort(),
      [textOf(targetGroup['HealthCheckIntervalSeconds'])],
      [textOf(targetGroup['HealthyThresholdCount'])],
      [textOf(targetGroup['UnhealthyThresholdCount'])],
    ]);
  });

  test('signs no checksum of an empty body into the URL of an upload', async () => {
    const url = await printedBy(
      `${codeWith(text, 'getSignedUrl')}\nconsole.log(await uploadUrl('imports/users.csv'));`,
    );
    const { pathname, searchParams } = new URL(url);
    expect(pathname).toBe('/imports/users.csv');
    expect([...searchParams.keys()].filter((name) => name.includes('checksum'))).toEqual([]);
  });

  test('keeps the health check of an application with a base path', async () => {
    const healthFile = codeWith(text, 'Server.prototype').replace('<base path>', 'base');
    const paths = await printedBy(`
      import { createRequire } from 'node:module';
      const require = createRequire(process.cwd() + '/');
      ${healthFile}
      const server = require('node:http').createServer((request, response) => response.end(request.url));
      server.listen(0, '127.0.0.1', async () => {
        const origin = 'http://127.0.0.1:' + server.address().port;
        for (const path of ['/api/health', '/other']) console.log(await (await fetch(origin + path)).text());
        process.exit();
      });`);
    expect(paths).toBe('/base/api/health\n/other');
  });

  test('says how an import is started', () => {
    expect(text).toContain(`\`${(at(job, 'Command') as string[]).join(' ')}\``);
  });
});

test('AWS Batch tries an import once, as the pages say: a second try would import the same users again', () => {
  expect(at(job, 'RetryStrategy')).toBeUndefined();
});
