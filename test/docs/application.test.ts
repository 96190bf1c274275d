import { Part } from '../../lib/contract';
import { at, deployed } from '../support/deployed';
import { type Json, text as textOf } from '../support/template';
import { page } from './documents';

const stack = deployed('dev');
const web = stack.partAt(Part.webTaskDefinition, 'ContainerDefinitions.0');
const job = stack.partAt(Part.jobDefinition, 'ContainerProperties');
const target = stack.part(Part.targetGroup).properties;

const PAGES = ['docs/application.md', 'docs/application.ja.md'];
/** Statement of a cell on a container, in both languages. */
const SAYS: Readonly<Record<string, string>> = { 値: 'value', シークレット: 'secret', あり: 'yes', なし: 'no' };

const names = (container: Json | undefined, list: string) =>
  ((at(container, list) ?? []) as { Name: string }[]).map(({ Name }) => Name);

/** `NAME | web task | import job`, as the templates have it. */
function variables(): string[] {
  const kind = (container: Json | undefined, name: string) => {
    if (names(container, 'Environment').includes(name)) return 'value';
    return names(container, 'Secrets').includes(name) ? 'secret' : 'no';
  };
  const all = [web, job].flatMap((container) => [...names(container, 'Environment'), ...names(container, 'Secrets')]);
  return [...new Set(all)].map((name) => [name, kind(web, name), kind(job, name)].join(' | ')).sort();
}

/** The actions of the roles, but for those of a shell, which only some environments have. */
function rights(): string[] {
  const [ofWeb, ofJob] = ['Web', 'UserImport'].map((construct) =>
    stack
      .all('AWS::IAM::Policy')
      .filter(({ path }) => path.startsWith(`${construct}/Roles/`) && !path.includes('ExecutionRole'))
      .flatMap(({ properties }) => at(properties, 'PolicyDocument.Statement') as { Action: string | string[] }[])
      .flatMap(({ Action }) => Action)
      .filter((action) => !action.startsWith('ssmmessages:')),
  );
  const may = (actions: readonly string[] | undefined, action: string) => (actions?.includes(action) ? 'yes' : 'no');
  const all = new Set([...(ofWeb ?? []), ...(ofJob ?? [])]);
  return [...all].map((action) => [action, may(ofWeb, action), may(ofJob, action)].join(' | ')).sort();
}

/** The rows of a page whose first cell is a code: that, and the cells about a container. */
function rows(text: string, first: RegExp): string[] {
  return [...text.matchAll(/^\| `([^`]+)` +\|(.*)\|$/gm)]
    .filter(([, name = '']) => first.test(name))
    .map(([, name = '', cells = '']) => {
      const said = cells.split('|').map((cell) => SAYS[cell.trim()] ?? cell.trim());
      return [name, ...said.filter((cell) => ['value', 'secret', 'yes', 'no'].includes(cell))].join(' | ');
    })
    .sort();
}

const VARIABLE = /^[A-Z][A-Z\d_]+$/;
const ACTION = /^[a-z\d]+:[A-Z]/;
const isDenied = (row: string) => !row.includes('|');

describe.each(PAGES)('%s', (file) => {
  const { text } = page(file);

  test('names each variable and secret of both containers: what the image waits for in vain is found in AWS only', () => {
    expect(rows(text, VARIABLE)).toEqual(variables());
  });

  test('names each right of both roles, and denies none that they have', () => {
    expect(rows(text, ACTION).filter((row) => !isDenied(row))).toEqual(rights());
    const denied = rows(text, ACTION).filter(isDenied);
    expect(denied).toContain('batch:DescribeJobs');
    expect(denied.filter((action) => rights().some((row) => row.startsWith(`${action} |`)))).toEqual([]);
  });

  test('says what the load balancer asks, and how an import is started', () => {
    const table = [...text.matchAll(/^\| [^|`]+\| ([^|]*`[^|]*) \|$/gm)].map(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code).sort(),
    );
    const { HealthCheckPath, HealthCheckTimeoutSeconds, HealthCheckIntervalSeconds, Matcher } = target;
    expect(table).toEqual([
      [textOf(at(web, 'PortMappings.0.ContainerPort'))],
      [`GET ${textOf(HealthCheckPath)}`, textOf(HealthCheckTimeoutSeconds), textOf(at(Matcher, 'HttpCode'))].sort(),
      [textOf(HealthCheckIntervalSeconds)],
      [textOf(target['HealthyThresholdCount'])],
      [textOf(target['UnhealthyThresholdCount'])],
    ]);
    expect(text).toContain(`\`${(at(job, 'Command') as string[]).join(' ')}\``);
    expect(at(job, 'RetryStrategy')).toBeUndefined();
  });
});
