import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { dev } from '../../../support/configs';
import { CopyOfApp } from '../../../support/copy-of-app';
import { workflow } from '../../../workflows/workflow';
import { PLACE } from './rehearsal-stacks';

/** The app that the workflow synthesizes, as a command. */
const [, COMMAND = ''] = /--app "([^"]+)"/.exec(workflow('rehearsal.yml').text) ?? [];

const folder = temporaryFolder('rehearsal-app-');
const app = new CopyOfApp();

beforeAll(() => {
  app.useTestConfigs();
});
afterAll(() => {
  app.remove();
});

/** Synthesizes the app by the CDK CLI. */
function synthesize(...options: string[]) {
  const cdk = require.resolve('aws-cdk/bin/cdk');
  const env = { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' };
  const args = [cdk, 'synth', '--app', COMMAND, '--strict', '-q', '--no-notices', '-o', folder, ...options];
  return spawnSync(process.execPath, args, { cwd: app.directory, env, encoding: 'utf8' });
}

test('its only stack is the rehearsal’s, bound to the account: with another one the CLI would not deploy it', () => {
  expect(synthesize('--context', `account=${PLACE.account}`)).toMatchObject({ status: 0 });
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    readonly artifacts: Readonly<Record<string, { readonly type: string; readonly environment?: string }>>;
  };
  const stacks = Object.entries(manifest.artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  expect(stacks.map(([name, { environment }]) => ({ name, environment }))).toEqual([
    { name: 'ProoflinkRehearsal', environment: `aws://${PLACE.account}/${dev.region}` },
  ]);
}, 120_000);

test('without an account it synthesizes nothing, and says how to name one', () => {
  const { status, stderr } = synthesize();
  expect(stderr).toContain('Which account? Give it to the CDK CLI: -c account=123456789012.');
  expect(status).toBe(1);
}, 120_000);

test('if every environment is protected it says so in a sentence, and synthesizes none', () => {
  app.write('lib/config/index.ts', "export { prod } from './prod';\n");
  const { status, stderr } = synthesize('--context', `account=${PLACE.account}`);
  expect(stderr).toContain('No environment can be rehearsed: terminationProtection is on in every environment');
  expect(status).toBe(1);
}, 120_000);
