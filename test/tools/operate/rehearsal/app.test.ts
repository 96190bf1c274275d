import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { CopyOfApp } from '../../../support/copy-of-app';
import { dev } from '../../../support/configs';
import { template } from '../../../support/assembly';
import { workflow } from '../../../workflows/workflow';

/** The app that the workflow synthesizes, as a command. */
const [, command = ''] = /npx cdk synth [^"]*--app "([^"]+)"/.exec(workflow('rehearsal.yml').text) ?? [];

const folder = temporaryFolder('rehearsal-app-');
const app = new CopyOfApp();
beforeAll(() => {
  app.useTestConfigs();
});
afterAll(() => {
  app.remove();
});

test('what the workflow synthesizes is dev as it is, bound to no account: with another one the CLI would not deploy it', () => {
  const cdk = require.resolve('aws-cdk/bin/cdk');
  const env = { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' };
  const args = [cdk, 'synth', '--app', command, '--strict', '-q', '--no-notices', '-o', folder];
  const options = { cwd: app.directory, env, encoding: 'utf8' } as const;
  expect(spawnSync(process.execPath, args, options)).toMatchObject({ status: 0 });
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>;
  const artifacts = Object.entries(
    read('manifest.json')['artifacts'] as Record<string, { environment?: string; type: string }>,
  );
  const stacks = artifacts.filter(([, { type }]) => type === 'aws:cloudformation:stack');
  expect(stacks.map(([name, { environment }]) => [name, environment])).toEqual([
    ['ProoflinkDev', `aws://unknown-account/${dev.region}`],
  ]);
  expect(read('ProoflinkDev.template.json')).toMatchObject(template('dev'));
}, 120_000);

test('where every environment is protected it says so in a sentence, and synthesizes none', () => {
  app.write('lib/config/index.ts', "export { prod } from './prod';\n");
  const { status, stderr } = app.run(command);
  expect(stderr).toBe(
    'No environment can be rehearsed: terminationProtection is on in every environment of lib/config, and a rehearsal ' +
      'deletes what it deployed. Add an environment in which it is off: docs/operating.md, "Adding an environment".\n',
  );
  expect(status).toBe(1);
}, 120_000);
