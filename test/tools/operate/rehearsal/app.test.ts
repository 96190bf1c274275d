import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dev } from '../../../../lib/config';
import { template } from '../../../support/assembly';
import { temporaryFolder } from '@infra/common/testing';
import { workflow } from '../../../workflows/workflow';

const ROOT = join(__dirname, '../../../..');
const folder = temporaryFolder('rehearsal-app-');

test('what the workflow synthesizes is dev as it is, bound to no account: with another one the CLI would not deploy it', () => {
  const [, app = ''] = /npx cdk synth [^"]*--app "([^"]+)"/.exec(workflow('rehearsal.yml').text) ?? [];
  const cdk = join(ROOT, 'node_modules/aws-cdk/bin/cdk');
  const env = { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' };
  const args = [cdk, 'synth', '--app', app, '--strict', '-q', '--no-notices', '-o', folder];
  expect(spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8' })).toMatchObject({ status: 0 });
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>;
  const artifacts = Object.entries(
    read('manifest.json')['artifacts'] as Record<string, { environment?: string; type: string }>,
  );
  const stacks = artifacts.filter(([, { type }]) => type === 'aws:cloudformation:stack');
  expect(stacks.map(([name, { environment }]) => [name, environment])).toEqual([
    ['ProoflinkDev', `aws://unknown-account/${dev.region}`],
  ]);
  if (dev.account === undefined) expect(read('ProoflinkDev.template.json')).toMatchObject(template('dev'));
}, 120_000);
