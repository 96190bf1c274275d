import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { dev } from '../../../../test/support/configs';
import { CopyOfApp } from '../../support/copy-of-app';
import { workflow } from '../../github/workflow';
import { PLACE } from './rehearsal-stacks';

/** The app that the workflow synthesizes, as a command. */
const [, COMMAND = ''] = /--app "([^"]+)"/.exec(workflow('rehearsal.yml').text) ?? [];

const folder = temporaryFolder('rehearsal-app-');
const app = new CopyOfApp();

beforeAll(() => {
  app.addEverything();
  app.useTestConfigs();
});
afterAll(() => {
  app.remove();
});

/** Synthesizes the app by the CDK CLI, in a terminal of this locale. */
function synthesize(options: readonly string[], locale = 'C') {
  const cdk = require.resolve('aws-cdk/bin/cdk');
  const env = { ...process.env, LC_ALL: locale, CDK_DISABLE_CLI_TELEMETRY: 'true' };
  const args = [cdk, 'synth', '--app', COMMAND, '--strict', '-q', '--no-notices', '-o', folder, ...options];
  return spawnSync(process.execPath, args, { cwd: app.directory, env, encoding: 'utf8' });
}

const WITH_ACCOUNT = ['--context', `account=${PLACE.account}`];

test('its only stack is the rehearsal’s, bound to the account: with another one the CLI would not deploy it', () => {
  expect(synthesize(WITH_ACCOUNT)).toMatchObject({ status: 0 });
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    readonly artifacts: Readonly<Record<string, { readonly type: string; readonly environment?: string }>>;
  };
  const stacks = Object.entries(manifest.artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  expect(stacks.map(([name, { environment }]) => ({ name, environment }))).toEqual([
    { name: 'ProoflinkRehearsal', environment: `aws://${PLACE.account}/${dev.region}` },
  ]);
}, 120_000);

test.each([
  {
    locale: 'C',
    sentence: 'Which account? Give it to the CDK CLI: -c account=123456789012.',
  },
  {
    locale: 'ja_JP.UTF-8',
    sentence: 'アカウントが指定されていません。CDK CLIに -c account=123456789012 を付けてください。',
  },
])(
  'without an account it synthesizes nothing, and says how to name one in the locale $locale',
  (row) => {
    const { status, stderr } = synthesize([], row.locale);
    expect(stderr).toContain(row.sentence);
    expect(status).toBe(1);
  },
  120_000,
);

describe('if every environment is protected', () => {
  beforeAll(() => {
    app.write('lib/config/index.ts', "export { prod } from './prod';\n");
  });

  test.each([
    {
      locale: 'C',
      sentence: 'No environment can be rehearsed: terminationProtection is on in every environment',
    },
    {
      locale: 'ja_JP.UTF-8',
      sentence: 'リハーサルできる環境がありません。',
    },
  ])(
    'it says so in a sentence in the locale $locale, and synthesizes none',
    (row) => {
      const { status, stderr } = synthesize(WITH_ACCOUNT, row.locale);
      expect(stderr).toContain(row.sentence);
      expect(status).toBe(1);
    },
    120_000,
  );
});
