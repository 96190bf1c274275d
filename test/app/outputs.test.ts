import { spawnSync } from 'node:child_process';
import { deployed } from '../support/deployed';
import { testEnvironments, type TestEnvironment } from '../support/environments';

const outputs = (Object.keys(testEnvironments) as TestEnvironment[]).flatMap((environment) => {
  const stack = deployed(environment);
  const all = Object.entries(stack.template.Outputs ?? {});
  return all.map(([id, { Description }]) => ({
    environment,
    id,
    Description,
    value: JSON.stringify(stack.output(id)),
  }));
});

test.each(outputs)('$environment $id says what it is for', ({ Description }) => {
  expect(Description).toMatch(/^[A-Z].{10,}[^.]$/);
});

const commands = outputs.filter(({ value }) => /^"(aws|TASK=|psql)/.test(value));

test('every command is ready to paste: a shell reads it', () => {
  const script = commands.map(({ value }) => JSON.parse(value) as string).join('\n');
  const { status, stderr } = spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('every command that asks AWS names the region: the reader’s own may be another', () => {
  const calls = commands.flatMap(({ value }) => value.split(/[|;]/).filter((call) => call.includes('aws ')));
  expect(calls.filter((call) => !call.includes('--region ap-northeast-1'))).toEqual([]);
});

test.each(['dev', 'prod'] as const)('%s: what a team needs on its first day is there', (environment) => {
  const ids = outputs.filter((output) => output.environment === environment).map(({ id }) => id);
  const shell = environment === 'dev' ? ['DatabaseShell', 'DatabaseTunnel', 'Shell'] : [];
  expect([...ids].sort()).toEqual(
    [
      ...['AppLogs', 'AppRepositoryUri', 'ApplicationUrl', 'BatchRepositoryUri', 'BucketName', 'ImportLogs'],
      ...['RegistryLogin', 'SubmitImport', ...shell],
    ].sort(),
  );
});
